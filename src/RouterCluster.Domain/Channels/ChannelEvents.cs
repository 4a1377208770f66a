using RouterCluster.Domain.Lanes;

namespace RouterCluster.Domain.Channels;

public abstract record ChannelEvent(DateTimeOffset At);

/// <summary>Null fields stayed as they were.</summary>
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

    public OverrideKeys Resets { get; init; }

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
    /// <summary>Since it was last closed; null in events of earlier versions.</summary>
    public int? Openings { get; init; }
}

/// <summary>Replaces an earlier announcement.</summary>
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
