using System.Collections.Immutable;
using RouterCluster.Domain.Channels;

namespace RouterCluster.Domain.Routing;

/// <summary>All channels' announced maintenance.</summary>
public sealed class MaintenanceCalendar(IReadOnlyDictionary<ChannelId, ImmutableArray<MaintenanceWindow>> windows)
{
    public IReadOnlySet<ChannelId> At(DateTimeOffset now) => windows
        .Where(channel => channel.Value.Any(window => window.EndOf(now) is not null))
        .Select(channel => channel.Key)
        .ToImmutableHashSet();
}
