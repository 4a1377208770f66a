using System.Collections.Immutable;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Alerts;

/// <summary>Requests in a merchant's or channel's name that were refused for their address.</summary>
/// <param name="Merchant">Whose key was shown; null: it was a channel's notice.</param>
/// <param name="Last">The address of the last one.</param>
public readonly record struct ForeignRequests(MerchantId? Merchant, ChannelId? Channel, int Count, string Last);

/// <summary>The requests of the last minutes, of all nodes.</summary>
public sealed class ForeignTally
{
    private static readonly TimeSpan Slot = TimeSpan.FromSeconds(10);
    private const int Slots = 30;

    private readonly Dictionary<(MerchantId?, ChannelId?), (SlidingCount Recent, string Last)> _counts = [];

    public void Count(ForeignRequests requests, TimeSpan now)
    {
        var subject = (requests.Merchant, requests.Channel);
        var recent = _counts.TryGetValue(subject, out var known) ? known.Recent : new SlidingCount(Slot, Slots);
        recent.Add(now, requests.Count);
        _counts[subject] = (recent, requests.Last);
    }

    public ImmutableArray<ForeignRequests> Read(TimeSpan now) =>
    [
        .. _counts.Select(row => new ForeignRequests(row.Key.Item1, row.Key.Item2, row.Value.Recent.Sum(now), row.Value.Last))
            .Where(requests => requests.Count > 0),
    ];
}
