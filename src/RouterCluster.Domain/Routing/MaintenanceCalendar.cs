using System.Collections.Immutable;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Routing;

/// <summary>All channels' maintenance, configured and announced. Mutable, with one owner.</summary>
public sealed class MaintenanceCalendar(IReadOnlyDictionary<ChannelId, ImmutableArray<MaintenanceWindow>> windows)
{
    private readonly Dictionary<ChannelId, DateTimeOffset> _closedUntil = [];
    private IReadOnlyDictionary<ChannelId, ImmutableArray<MaintenanceWindow>> _windows = windows;

    public void Configure(IReadOnlyDictionary<ChannelId, ImmutableArray<MaintenanceWindow>> next) => _windows = next;

    /// <returns>Whether it changes anything; null takes an announcement back.</returns>
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

    public IReadOnlyDictionary<ChannelId, DateTimeOffset> At(DateTimeOffset now)
    {
        var ends = ImmutableDictionary.CreateBuilder<ChannelId, DateTimeOffset>();
        foreach (var (channel, times) in _windows)
        {
            if (MaintenanceWindow.LastEnd(times, now) is { } end)
            {
                ends[channel] = end;
            }
        }

        foreach (var (channel, until) in _closedUntil)
        {
            if (now < until && (!ends.TryGetValue(channel, out var end) || end < until))
            {
                ends[channel] = until;
            }
        }

        return ends.ToImmutable();
    }
}
