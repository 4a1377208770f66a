using RouterCluster.Api;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Events;

internal sealed class PastEventEndpoints(OperatorAccess access, IEventLog events, RouterClock clock)
{
    public static readonly TextRule Kind = TextRule.OneOf(EventKinds.All);

    public Task ListAsync(HttpContext context, PastEventQuery query) => access.EnterAsync(context, isChange: false, _ =>
    {
        var errors = new FieldErrors();
        var since = PaymentFilterReader.Time(query.Since, "since", clock.Utc, errors) ?? DateTimeOffset.UnixEpoch;
        var until = PaymentFilterReader.Time(query.Until, "until", clock.Utc, errors) ?? DateTimeOffset.MaxValue;
        Check("channel", query.Channel, TextRule.Id);
        Check("kind", query.Kind, Kind);
        return Paging.ShowAsync(query.Limit, errors, async size =>
        {
            var channel = query.Channel is { } id ? ChannelId.Unchecked(id) : (ChannelId?)null;
            var page = await events.ReadAsync(
                new EventFilter(since, query.Kind, channel), until, query.Cursor, size, context.RequestAborted);
            var body = new ListBody<RouterEventBody>([.. page.Items.Select(ToBody)], page.Next);
            await context.JsonAsync(200, body, ApiJson.Default.RouterEventList);
        });

        void Check(string field, string? value, TextRule rule)
        {
            if (value is not null && !rule.Fits(value))
            {
                errors.Add(field, rule.Says);
            }
        }
    });

    private static RouterEventBody ToBody(RouterEvent one) => new(one.At, one.Kind, one.Channel, one.Text, one.Tags);
}

/// <summary>As the request has it.</summary>
internal sealed record PastEventQuery(
    string? Since, string? Until, string? Channel, string? Kind, string? Cursor, string? Limit);
