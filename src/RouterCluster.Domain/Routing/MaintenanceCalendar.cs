using System.Collections.Immutable;
using RouterCluster.Domain.Channels;

namespace RouterCluster.Domain.Routing;

/// <summary>
/// All channels' maintenance: what is configured, and what they announce themselves. Mutable, with one owner.
/// </summary>
public sealed class MaintenanceCalendar(IReadOnlyDictionary<ChannelId, ImmutableArray<MaintenanceWindow>> windows)
{
    private readonly Dictionary<ChannelId, DateTimeOffset> _closedUntil = [];

    /// <summary>Takes the channel's last word; null takes it back.</summary>
    /// <returns>Whether it says anything new.</returns>
    public bool Announce(ChannelId channel, DateTimeOffset? until)
    {
        if (until is not { } end)
        {
            return _closedUntil.Remove(channel);
        }

        var isNew = !_closedUntil.TryGetValue(channel, out var known) || known != end;
        _closedUntil[channel] = end;
        return isNew;
    }

    public IReadOnlySet<ChannelId> At(DateTimeOffset now) => windows
        .Where(channel => MaintenanceWindow.LastEnd(channel.Value, now) is not null)
        .Select(channel => channel.Key)
        .Concat(_closedUntil.Where(closed => now < closed.Value).Select(closed => closed.Key))
        .ToImmutableHashSet();
}
