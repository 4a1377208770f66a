using System.Globalization;
using System.Text.Json;
using RouterCluster.Api;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Payments;

/// <summary>Shows operators what nobody knows, and has channels asked about it outside the schedule.</summary>
internal sealed partial class UnknownEndpoints(
    OperatorAccess access, IPayments payments, IPaymentHistory history, ListInForce<ChannelSettings> channels, IAuditLog audit,
    ChannelQuestions questions, RouterClock clock, ILogger<UnknownEndpoints> logger)
{
    /// <summary>Open payments that one answer looks at.</summary>
    public const int MostLookedAt = 200_000;

    public const double LeastRate = 0.1;

    private const double UsualShareOfRate = 0.5;
    private static readonly string[] AskNames = ["reason"];
    private static readonly string[] AskAllNames = ["channel", "rate_per_second", "reason"];

    private static readonly Refusal StillSending = new(
        409, "still_sending", "The order may still be on its way to the channel", "Its answer is due within the call's timeout.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    private static readonly Refusal AskingAlready = new(
        409, "asking_already", "The channel is being asked already", "GET /admin/v1/unknown shows how far it is.");

    public Task ShowAsync(HttpContext context) => access.EnterAsync(context, isChange: false, async _ =>
    {
        var count = channels.UnknownAt(clock.Utc);
        var isComplete = await history.ForEachOpenAsync(MostLookedAt, count.Add, context.RequestAborted);
        await context.JsonAsync(
            200, UnknownView.ToBody(count, clock.Utc, isComplete, questions.Running), ApiJson.Default.UnknownPaymentsBody);
        return null;
    });

    public Task AskAsync(HttpContext context, string id) => access.EnterAsync(context, isChange: true, async who =>
    {
        var (request, wrong) = await JsonBody.ReadAsync(context.Request, 0, (json, _, errors) => ReadAsk(json, errors), false);
        if (request is null)
        {
            return wrong;
        }

        var (payment, refusal) = await payments.FindAsync(PaymentId.Parse(id), context.RequestAborted);
        if (payment?.OpenAttempt is not { } open)
        {
            return payment is null ? refusal?.Naming("payment", id) : PaymentRefusals.OfDecision(PaymentRefusal.NothingToAsk);
        }

        await AuditAsync(who.Name, $"asked {open.Channel} about it", request.Reason, payment.Id.Value, context);
        var answer = await payments.AskChannelAsync(payment.Id, context.RequestAborted);
        if (answer is not BookAnswer.Stored stored)
        {
            return answer is BookAnswer.Refused { Why: PaymentRefusal.AttemptStillOpen }
                ? StillSending
                : answer.ToRefusal(outOfReach: Refusals.Unavailable);
        }

        await context.JsonAsync(
            200, new AskedBody(payment.Id.Value, open.Channel.Value, open.OrderNo, stored.IsNew), ApiJson.Default.AskedBody);
        return null;
    });

    public Task AskAllAsync(HttpContext context) => access.EnterAsync(context, isChange: true, async who =>
    {
        var (wanted, wrong) = await JsonBody.ReadAsync(context.Request, channels, ReadAskAll);
        if (wanted is null)
        {
            return wrong;
        }

        if (channels.FirstOrDefault(one => one.Id.Value == wanted.Channel) is not { } channel)
        {
            return Refusals.NoSuch("channel", wanted.Channel, channels.Select(one => one.Id.Value));
        }

        if (questions.IsRunning(channel.Id))
        {
            return AskingAlready;
        }

        var unknown = await UnknownOfAsync(channel.Id, context.RequestAborted);
        var rate = wanted.RatePerSecond ?? channel.Query.RatePerSecond * UsualShareOfRate;
        var what = string.Create(
            CultureInfo.InvariantCulture, $"asked {channel.Id} about {unknown.Count} unknown payments at {rate} per second");
        await AuditAsync(who.Name, what, wanted.Reason, null, context);
        if (questions.TryStart(channel.Id, unknown, rate, who.Name) is not { } run)
        {
            return AskingAlready;
        }

        LogAsking(who.Name, channel.Id.Value, unknown.Count, rate);
        await context.JsonAsync(202, UnknownView.ToBody(run), ApiJson.Default.AskRunBody);
        return null;
    });

    /// <summary>The oldest first: they have waited longest.</summary>
    private async Task<IReadOnlyList<PaymentId>> UnknownOfAsync(ChannelId channel, CancellationToken cancellation)
    {
        var count = channels.UnknownAt(clock.Utc);
        var found = new List<(DateTimeOffset Since, PaymentId Id)>();
        await history.ForEachOpenAsync(
            MostLookedAt,
            payment =>
            {
                if (count.IsUnknown(payment) && payment.OpenAttempt!.Channel == channel)
                {
                    found.Add((payment.OpenAttempt.StartedAt, payment.Id));
                }
            },
            cancellation);
        return [.. found.OrderBy(one => one.Since).Select(one => one.Id)];
    }

    private Task AuditAsync(string by, string what, string? reason, string? payment, HttpContext context) =>
        new OperatorWish("ask", by, what, reason, payment).RecordAsync(audit, clock.Utc, context);

    private static AskRequest? ReadAsk(JsonElement json, FieldErrors errors)
    {
        var reason = new ObjectFields(json, "", AskNames, errors).Text("reason", ChannelChangeReader.Reason, isRequired: false);
        return errors.Any ? null : new AskRequest(reason);
    }

    private static AskUnknownRequest? ReadAskAll(JsonElement json, ListInForce<ChannelSettings> channels, FieldErrors errors)
    {
        var fields = new ObjectFields(json, "", AskAllNames, errors);
        var name = fields.Text("channel", TextRule.Id, isRequired: true);
        var rate = fields.Positive("rate_per_second", ChannelChangeReader.MostRate);
        var reason = fields.Text("reason", ChannelChangeReader.Reason, isRequired: false);
        if (rate < LeastRate)
        {
            errors.Add("rate_per_second", FormattableString.Invariant($"must be at least {LeastRate}"));
        }

        if (channels.FirstOrDefault(one => one.Id.Value == name) is { } channel && rate > channel.Query.RatePerSecond)
        {
            errors.Add(
                "rate_per_second",
                FormattableString.Invariant($"must be at most the query lane's rate, {channel.Query.RatePerSecond}"));
        }

        return errors.Any ? null : new AskUnknownRequest(name!, rate, reason);
    }

    [LoggerMessage(
        Level = LogLevel.Information, Message = "{Operator} has {Channel} asked about {Count} payments at {Rate} per second")]
    private partial void LogAsking(string @operator, string channel, int count, double rate);
}
