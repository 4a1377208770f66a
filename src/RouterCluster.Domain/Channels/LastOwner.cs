namespace RouterCluster.Domain.Channels;

/// <summary>The numbers are stored: never re-used.</summary>
public enum ClaimState
{
    /// <summary>The owner has not sent yet: it waits for the end of its predecessors' calls.</summary>
    Waiting = 1,

    Open = 2,

    /// <summary>The owner sends nothing more, and all its calls have ended.</summary>
    Released = 3,
}

/// <summary>A channel's claim as it was stored before the next owner wrote its own.</summary>
/// <param name="Incarnation">The run of the node that owned the channel.</param>
/// <param name="LongestCall">From a call's last check until the company must have seen its end.</param>
public sealed record LastOwner(string Incarnation, ClaimState State, TimeSpan LongestCall);
