using RouterCluster.Api;
using RouterCluster.Domain.Books;
using RouterCluster.Node.Channels;

namespace RouterCluster.Node.Payments;

internal static class UnknownView
{
    /// <summary>A count of what these channels should have answered by then.</summary>
    public static UnknownCount UnknownAt(this IEnumerable<ChannelSettings> channels, DateTimeOffset now)
    {
        var within = channels.ToDictionary(channel => channel.Id, channel => channel.QueryPolicy.SubmitTimeout);
        return new UnknownCount(now, channel => within.GetValueOrDefault(channel));
    }

    /// <summary>Where most is unknown first.</summary>
    public static UnknownPaymentsBody ToBody(
        UnknownCount count, DateTimeOffset at, bool isComplete, IReadOnlyList<ChannelQuestionRun> running)
    {
        UnknownItemBody[] items =
        [
            .. count.Sums.OrderByDescending(known => known.Sum.Count)
                .ThenBy(known => known.Kind.Channel.Value, StringComparer.Ordinal)
                .ThenBy(known => known.Kind.Merchant.Value, StringComparer.Ordinal)
                .Select(known => ToBody(known.Kind, known.Sum)),
        ];
        return new UnknownPaymentsBody(at, isComplete, items.Sum(item => item.Count), items, [.. running.Select(ToBody)]);
    }

    public static AskRunBody ToBody(ChannelQuestionRun run) =>
        new(run.Channel.Value, run.RatePerSecond, run.Total, run.Done, run.Asked, run.By, run.Since);

    private static UnknownItemBody ToBody(UnknownCount.Kind kind, UnknownCount.Sum sum)
    {
        UnknownBandBody[] bands = [.. sum.ByAge.Select(band => new UnknownBandBody(band.Count, band.Amount))];
        return new UnknownItemBody(
            kind.Channel.Value, kind.Merchant.Value, kind.Currency.Value, sum.Count, sum.Amount, (long)sum.Oldest.TotalSeconds,
            new UnknownAgesBody(bands[0], bands[1], bands[2], bands[3]));
    }
}
