using RouterCluster.Domain.Counters;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments.Messages;

namespace RouterCluster.Node.Forecasts;

/// <summary>A channel's stored payments of the last hour, or the newest of them.</summary>
/// <param name="Oldest">When the oldest one was accepted; null: there is none.</param>
/// <param name="Since">The beginning of a minute, unless there were more payments than are looked at.</param>
internal sealed record ForecastTraffic(
    IReadOnlyList<RouteRequest> Payments, DateTimeOffset? Oldest, DateTimeOffset Since, DateTimeOffset Until, bool IsComplete)
{
    public const int MostPayments = 10_000;
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private const int Page = 1_000;

    public TimeSpan Span => Until - Since;

    public static async Task<ForecastTraffic> ReadAsync(
        IPaymentHistory history, ChannelId channel, DateTimeOffset now, CancellationToken cancellation)
    {
        var since = DateTimeOffset.FromUnixTimeSeconds(CounterPeriod.MinuteOf(now - Longest).Start);
        var filter = new PaymentFilter(Channel: channel, Since: since);
        var payments = new List<RouteRequest>();
        DateTimeOffset? oldest = null;
        string? next = null;
        do
        {
            var page = await history.ReadPageAsync(filter, next, Page, cancellation);
            payments.AddRange(page.Items.Select(payment => payment.Content.ToRouteRequest([])));
            oldest = page.Items.Count > 0 ? page.Items[^1].CreatedAt : oldest;
            next = page.Next;
        }
        while (next is not null && payments.Count < MostPayments);
        return next is null || oldest is not { } first || first >= now
            ? new ForecastTraffic(payments, oldest, since, now, next is null)
            : new ForecastTraffic(payments, oldest, first, now, IsComplete: false);
    }
}
