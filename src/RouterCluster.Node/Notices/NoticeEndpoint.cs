using System.Buffers;
using System.Data.Common;
using System.Diagnostics;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Health;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Telemetry.Spans;

namespace RouterCluster.Node.Notices;

/// <summary>
/// Channels' notices. The answer is 200 when the notice's consequences are stored, by the order's book or among the
/// strays; after any other answer the channel sends the notice again.
/// </summary>
internal sealed partial class NoticeEndpoint
{
    /// <summary>The protocols' code for a signed notice that is too old or too new.</summary>
    private const string StaleTimestamp = "stale_timestamp";

    private static readonly TimeSpan SampleEvery = TimeSpan.FromSeconds(10);

    private static readonly NoticeEnd Unreadable =
        new("unreadable", Refusals.Invalid("body", "is no notice of this channel's protocol"));

    private readonly NoticeSources _sources;
    private readonly ClientAddress _addresses;
    private readonly TimeSpan _bodyPatience;
    private readonly IPayments _payments;
    private readonly IStrayNotices _strays;
    private readonly Readiness _readiness;
    private readonly ForeignAddresses _foreign;
    private readonly RouterMetrics _metrics;
    private readonly PaymentSpans _spans;
    private readonly TimeProvider _time;
    private readonly ILogger<NoticeEndpoint> _logger;
    private long _sampledAt;

    public NoticeEndpoint(
        NodeSettings node, HttpSettings settings, NoticeSources sources, IPayments payments, IStrayNotices strays,
        Readiness readiness, RouterMetrics metrics, PaymentSpans spans, ForeignAddresses foreign, TimeProvider time,
        ILogger<NoticeEndpoint> logger)
    {
        _addresses = new ClientAddress(node.TrustedProxies);
        _bodyPatience = settings.NoticeTimeout;
        (_payments, _strays, _readiness, _metrics, _spans) = (payments, strays, readiness, metrics, spans);
        (_sources, _foreign, _time, _logger) = (sources, foreign, time, logger);
    }

    public async Task PostAsync(HttpContext context, string channel)
    {
        if (_sources.Find(channel) is not { } source)
        {
            await context.RefuseAsync(Refusals.NotFound);
            return;
        }

        var (result, refusal) = await TakeAsync(context, source);
        _metrics.Noticed(source.Channel, result);
        if (refusal is not null)
        {
            await context.RefuseAsync(refusal);
        }
    }

    private async Task<NoticeEnd> TakeAsync(HttpContext context, NoticeSource source)
    {
        if (_readiness.IsDraining)
        {
            return new("unavailable", Refusals.ShuttingDown);
        }

        var address = _addresses.Of(context);
        if (!source.Allows(address))
        {
            _foreign.Count(source.Channel, address);
            return new("address", Refusals.AddressNotAllowed);
        }

        if (!source.Requests.TryTake())
        {
            return new("busy", Refusals.Overloaded);
        }

        try
        {
            return await ReadBodyAsync(context) is { } body ? await JudgeAsync(context, source, body)
                : new NoticeEnd("too_large", Refusals.TooLarge(JsonBody.Limit));
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return new("unavailable", Refusals.TooSlow);
        }
        finally
        {
            source.Requests.GiveBack();
        }
    }

    /// <summary>The sender is not verified yet, so it gets little room and little time.</summary>
    private async Task<byte[]?> ReadBodyAsync(HttpContext context)
    {
        using var patience = new CancellationTokenSource(_bodyPatience, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, context.RequestAborted);
        if (await BoundedBody.ReadAsync(context.Request, JsonBody.Limit, limit.Token) is not { } body)
        {
            return null;
        }

        var bytes = body.ToArray();
        context.Request.BodyReader.AdvanceTo(body.End);
        return bytes;
    }

    private async Task<NoticeEnd> JudgeAsync(HttpContext context, NoticeSource source, byte[] body)
    {
        switch (source.Read(context.Request, body))
        {
            case NoticeReading.Forged { Code: StaleTimestamp }:
                Sample(source, StaleTimestamp, _addresses.Of(context)?.ToString());
                return new("stale", NoticeRefusals.StaleTimestamp);
            case NoticeReading.Forged forged:
                Sample(source, forged.Code, _addresses.Of(context)?.ToString());
                return new("forged", NoticeRefusals.BadSignature);
            case NoticeReading.Unreadable unreadable:
                Sample(source, unreadable.Code, _addresses.Of(context)?.ToString());
                return Unreadable;
            case NoticeReading.Told told when !told.Notice.IsStorable():
                Sample(source, "control_character", _addresses.Of(context)?.ToString());
                return Unreadable;
            case NoticeReading.Told told:
                return source.Rate.Take() is { } wait
                    ? new("busy", NoticeRefusals.TooManyNotices(wait))
                    : await StoreAsync(source, told.Notice);
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>From here on it does not matter whether the sender goes away.</summary>
    private async Task<NoticeEnd> StoreAsync(NoticeSource source, ChannelNotice notice)
    {
        if (!notice.Outcome.Speaks())
        {
            return await KeepAsync(source, notice, notice.Outcome.Code == "wrong_merchant" ? "wrong_merchant" : "says_nothing");
        }

        var since = _time.GetTimestamp();
        var answer = await _payments.HearAsync(source.Channel, notice, CancellationToken.None);
        _spans.NoticeHeard(source.Channel, notice, answer, _time.GetElapsedTime(since));
        return answer switch
        {
            BookAnswer.Heard { Fate: NoticeFate.Stored } => new NoticeEnd("stored", null),
            BookAnswer.Heard { Fate: NoticeFate.Known } => new NoticeEnd("known", null),
            BookAnswer.Heard heard => await KeepAsync(source, notice, heard.Fate.Name()),
            _ => new NoticeEnd("unavailable", NoticeRefusals.NoticeNotStored),
        };
    }

    private async Task<NoticeEnd> KeepAsync(NoticeSource source, ChannelNotice notice, string reason)
    {
        var (outcome, amount) = (notice.Outcome, notice.Amount);
        try
        {
            await _strays.KeepAsync(
                new StrayNotice(
                    source.Channel, notice.OrderNo, reason, outcome.Class.Name(), outcome.Code, outcome.Message, amount.Minor,
                    amount.Currency.Value, outcome.ChannelOrderNo, _time.GetUtcNow()),
                CancellationToken.None);
            return new("stray", null);
        }
        catch (DbException refused) when (Refusals.IsOfTheValue(refused))
        {
            LogNotKept(refused, source.Channel.Value);
            return Unreadable;
        }
        catch (DbException lost)
        {
            LogNotKept(lost, source.Channel.Value);
            return new("unavailable", NoticeRefusals.NoticeNotStored);
        }
    }

    /// <summary>Anybody can send invalid notices: all are counted, some are logged.</summary>
    private void Sample(NoticeSource source, string code, string? address)
    {
        var now = _time.GetTimestamp();
        var last = Volatile.Read(ref _sampledAt);
        if ((last == 0 || _time.GetElapsedTime(last, now) >= SampleEvery)
            && Interlocked.CompareExchange(ref _sampledAt, now, last) == last)
        {
            LogRefused(source.Channel.Value, address, code);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Channel {Channel}: a notice from {Address} was refused ({Code}); all are in router_notices_total")]
    private partial void LogRefused(string channel, string? address, string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "Channel {Channel}: a stray notice could not be kept")]
    private partial void LogNotKept(Exception exception, string channel);

    /// <param name="Result">The metric's label.</param>
    /// <param name="Refusal">Null: 200, the notice is stored.</param>
    private readonly record struct NoticeEnd(string Result, Refusal? Refusal);
}
