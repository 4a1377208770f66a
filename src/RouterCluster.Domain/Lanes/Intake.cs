namespace RouterCluster.Domain.Lanes;

/// <summary>What a lane does with new calls.</summary>
public enum Intake
{
    Open,

    /// <summary>New calls are refused, those in the queue are worked off.</summary>
    Draining,

    /// <summary>New calls and those in the queue are refused; running ones finish.</summary>
    Closed,

    /// <summary>As closed, because the lane's node is being stopped: it does not open again.</summary>
    Stopping,
}
