using System.Collections.Immutable;
using Akka.Actor;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Routing.Policies;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Messages;

namespace RouterCluster.Node.Routing;

/// <summary>By channel, minor units of payments begun since then that have succeeded.</summary>
public delegate Task<IReadOnlyDictionary<ChannelId, long>> SucceededVolumes(
    DateTimeOffset since, CancellationToken cancellation);

/// <summary>The router's inputs beside its table, and the figures that it writes.</summary>
/// <param name="DayOffset">Added to UTC; a month begins at its midnight.</param>
public sealed record RouterInputs(
    ChannelReports Channels, PolicyFigures Policies, MaintenanceCalendar Calendar, ImmutableArray<VolumeCommitments> Commitments,
    SucceededVolumes SumSince, TimeSpan DayOffset)
{
    /// <summary>The configuration in force; null where it does not change.</summary>
    public Func<RoutingConfiguration>? Configured { get; init; }

    internal async Task<VolumesRead> ReadVolumes(DateTimeOffset now)
    {
        var (start, passed) = VolumeCommitments.MonthAt(now, DayOffset);
        return new VolumesRead(await SumSince(start, CancellationToken.None).ConfigureAwait(false), passed);
    }

    internal void Tell(VolumesRead read)
    {
        foreach (var commitment in Commitments)
        {
            commitment.Tell(read.Volumes, read.MonthPassed);
        }
    }
}

/// <summary>The router's part of the configuration.</summary>
public sealed record RoutingConfiguration(
    ImmutableArray<RoutedChannel> Channels, RouteRules Rules,
    IReadOnlyDictionary<ChannelId, ImmutableArray<MaintenanceWindow>> Windows);

/// <param name="Volumes">Minor units of this month, by channel.</param>
internal sealed record VolumesRead(IReadOnlyDictionary<ChannelId, long> Volumes, double MonthPassed)
    : INoSerializationVerificationNeeded;
