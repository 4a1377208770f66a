using RouterCluster.Domain.Lanes;

namespace RouterCluster.Domain.Channels;

/// <summary>What a channel remembers of itself, in the order in which it is stored. <c>At</c> is UTC.</summary>
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

    /// <summary>Overrides that were taken back: the configuration is in force for them again.</summary>
    public OverrideKeys Resets { get; init; }

    /// <summary>What the change sets a setting to; null where it does not.</summary>
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

/// <summary>A lane's breaker has a new state.</summary>
/// <param name="OpenUntil">When an open breaker starts to probe; null in every other state.</param>
public sealed record BreakerMoved(
    DateTimeOffset At, ChannelLane Lane, BreakerState State, DateTimeOffset? OpenUntil) : ChannelEvent(At)
{
    /// <summary>How often it opened since it was last closed; null in what earlier versions stored.</summary>
    public int? Openings { get; init; }
}

/// <summary>The channel itself has said until when it takes no orders; what it says later takes the place of it.</summary>
public sealed record MaintenanceAnnounced(DateTimeOffset At, DateTimeOffset Until) : ChannelEvent(At);

/// <summary>The channel has refused orders as too many and asked to be left alone until then.</summary>
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
