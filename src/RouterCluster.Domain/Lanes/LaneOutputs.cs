namespace RouterCluster.Domain.Lanes;

/// <summary>What a lane wants done. Every offered call ends in exactly one <c>Start</c> or <c>Refused</c>.</summary>
public abstract record LaneOutput<TCall>
{
    private LaneOutput()
    {
    }

    /// <summary>Send it now, and hand the permit back with <c>Lane.Complete</c> however the call ends.</summary>
    public sealed record Start(TCall Call, Permit Permit) : LaneOutput<TCall>
    {
        /// <summary>It has been in the queue.</summary>
        public bool HasWaited { get; init; }
    }

    /// <summary>The call waits in the queue; a <c>Start</c> or <c>Refused</c> follows.</summary>
    public sealed record Waits(TCall Call) : LaneOutput<TCall>;

    /// <summary>The call was never sent, and this lane will not send it.</summary>
    public sealed record Refused(TCall Call, LaneRefusal Refusal) : LaneOutput<TCall>;

    /// <summary>What has to survive a restart from now on.</summary>
    public sealed record BreakerChanged(BreakerMemory Memory) : LaneOutput<TCall>;

    /// <summary>The channel says that it takes no orders at all for so long.</summary>
    public sealed record Closed(TimeSpan For) : LaneOutput<TCall>;
}

public enum LaneRefusal
{
    /// <summary>No room in the queue, or the place went to a merchant who had fewer calls waiting.</summary>
    Full,

    /// <summary>It waited as long as it may.</summary>
    Deadline,
    BreakerOpen,
    Isolated,

    /// <summary>The channel wants to be left alone for longer than the call may wait.</summary>
    Paused,
    Disabled,
    Draining,

    /// <summary>The lane's node is being stopped.</summary>
    Stopping,

    /// <summary>Whoever offered it has taken it back.</summary>
    Withdrawn,
}
