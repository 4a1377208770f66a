namespace RouterCluster.Domain.Lanes;

/// <summary>Every offered call ends in exactly one <c>Start</c> or <c>Refused</c>.</summary>
public abstract record LaneOutput<TCall>
{
    private LaneOutput()
    {
    }

    /// <summary>The permit must come back with <c>Lane.Complete</c>, however the call ends.</summary>
    public sealed record Start(TCall Call, Permit Permit) : LaneOutput<TCall>
    {
        /// <summary>In the queue; null: it started at once.</summary>
        public TimeSpan? Waited { get; init; }
    }

    public sealed record Waits(TCall Call) : LaneOutput<TCall>;

    /// <summary>The call was never sent, and this lane will not send it.</summary>
    public sealed record Refused(TCall Call, LaneRefusal Refusal) : LaneOutput<TCall>;

    public sealed record BreakerChanged(BreakerMemory Memory) : LaneOutput<TCall>;

    public sealed record Closed(TimeSpan For) : LaneOutput<TCall>;
}

public enum LaneRefusal
{
    /// <summary>The queue is full, or the place went to a merchant with fewer waiting calls.</summary>
    Full,

    Deadline,
    BreakerOpen,
    Isolated,

    Paused,
    Disabled,
    Draining,

    /// <summary>An operator keeps such calls away from the channel.</summary>
    Excluded,

    /// <summary>Calls of the channel's earlier owners may still run.</summary>
    NoOwner,

    Stopping,

    Withdrawn,
}
