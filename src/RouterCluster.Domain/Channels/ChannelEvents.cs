using RouterCluster.Domain.Lanes;

namespace RouterCluster.Domain.Channels;

public abstract record ChannelEvent(DateTimeOffset At);

public sealed record ChannelAdjusted(DateTimeOffset At, ChannelChange Change) : ChannelEvent(At);

/// <param name="OpenUntil">When an open breaker starts to probe; null in every other state.</param>
public sealed record BreakerMoved(
    DateTimeOffset At, ChannelLane Lane, BreakerState State, DateTimeOffset? OpenUntil) : ChannelEvent(At)
{
    /// <summary>Since it was last closed; null in events of earlier versions.</summary>
    public int? Openings { get; init; }
}

public sealed record MaintenanceAnnounced(DateTimeOffset At, DateTimeOffset Until) : ChannelEvent(At);

public sealed record ThrottleAnnounced(DateTimeOffset At, DateTimeOffset Until) : ChannelEvent(At);

/// <summary>The numbers are stored: never re-used.</summary>
public enum ChannelLane
{
    Submit = 1,
    Query = 2,
}

public static class ChannelLaneNames
{
    public static string Name(this ChannelLane lane) => lane switch
    {
        ChannelLane.Submit => "submit",
        ChannelLane.Query => "query",
    };
}
