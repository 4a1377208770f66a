namespace RouterCluster.Node.Events;

internal static class EventKinds
{
    /// <summary>A channel's breaker has moved.</summary>
    public const string Breaker = "breaker";

    /// <summary>The router has concluded that a channel is down or degraded, or that it is not any more.</summary>
    public const string Outage = "outage";

    /// <summary>A company has announced maintenance, or asks for fewer calls.</summary>
    public const string Maintenance = "maintenance";

    /// <summary>A person has changed something; the router has ended a change that was made for a time.</summary>
    public const string Operator = "operator";

    /// <summary>Merchants' routes were changed at run time.</summary>
    public const string Policy = "policy";

    public const string Configuration = "configuration";

    /// <summary>A node has begun, stopped, was lost, or was drained or downed.</summary>
    public const string Node = "node";

    /// <summary>Any other alert has begun or is over.</summary>
    public const string Alert = "alert";

    public static readonly IReadOnlyList<string> All =
        [Breaker, Outage, Maintenance, Operator, Policy, Configuration, Node, Alert];
}
