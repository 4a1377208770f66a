namespace RouterCluster.Domain.Lanes;

public enum Intake
{
    Open,

    /// <summary>New calls are refused; calls in the queue are still sent.</summary>
    Draining,

    /// <summary>New calls and calls in the queue are refused; running calls finish.</summary>
    Closed,

    /// <summary>
    /// Like closed, until the calls of the channel's earlier owners have ended. The lane then opens with an empty bucket.
    /// </summary>
    Waiting,

    /// <summary>Like closed, because the lane's node is being stopped: it does not open again.</summary>
    Stopping,
}
