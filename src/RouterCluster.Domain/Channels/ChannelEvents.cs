using RouterCluster.Domain.Lanes;

namespace RouterCluster.Domain.Channels;

/// <summary>A stored change of a channel. <c>At</c> is UTC.</summary>
public abstract record ChannelEvent(DateTimeOffset At);

/// <summary>An operator's change. Null fields stayed as they were.</summary>
public sealed record ChannelAdjusted(DateTimeOffset At, string By, string Reason) : ChannelEvent(At)
{
    public ChannelLifecycle? Lifecycle { get; init; }

    public int? SubmitConcurrency { get; init; }

    public double? SubmitRatePerSecond { get; init; }

    public int? QueryConcurrency { get; init; }

    public double? QueryRatePerSecond { get; init; }

    public double? Weight { get; init; }

    /// <summary>The submit lane's breaker, held open by hand.</summary>
    public bool? Isolated { get; init; }

    /// <summary>Removed overrides: the configuration is in force for them again.</summary>
    public OverrideKeys Resets { get; init; }

    /// <summary>The setting's new value; null where the change leaves it alone.</summary>
    public double? ValueOf(OverrideKeys key) => key switch
    {
        OverrideKeys.SubmitConcurrency => SubmitConcurrency,
        OverrideKeys.SubmitRatePerSecond => SubmitRatePerSecond,
        OverrideKeys.QueryConcurrency => QueryConcurrency,
        OverrideKeys.QueryRatePerSecond => QueryRatePerSecond,
        OverrideKeys.Weight => Weight,
        OverrideKeys.None => null,
    };
}

/// <param name="OpenUntil">When an open breaker starts to probe; null in every other state.</param>
public sealed record BreakerMoved(
    DateTimeOffset At, ChannelLane Lane, BreakerState State, DateTimeOffset? OpenUntil) : ChannelEvent(At)
{
    /// <summary>How often it opened since it was last closed; null in events of earlier versions.</summary>
    public int? Openings { get; init; }
}

/// <summary>The channel has announced until when it takes no orders. A later announcement replaces this one.</summary>
public sealed record MaintenanceAnnounced(DateTimeOffset At, DateTimeOffset Until) : ChannelEvent(At);

/// <summary>The channel has refused orders as too many and asked for a pause until then.</summary>
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
