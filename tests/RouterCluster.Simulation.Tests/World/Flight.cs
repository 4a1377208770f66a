using RouterCluster.Domain.Lanes;
using RouterCluster.Simulation.Tests.Law;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>One call of a lane, from its permit to its end.</summary>
/// <param name="era">The observer's count of the breaker's states when it started.</param>
internal sealed class Flight<TOrder>(ChannelOwner owner, TOrder order, Permit permit, TimeSpan startedAt, long era)
{
    public ChannelOwner Owner => owner;

    public TOrder Order => order;

    public Permit Permit => permit;

    public TimeSpan StartedAt => startedAt;

    public long Era => era;

    /// <summary>Until when the company says, in its answer, that it takes no orders.</summary>
    public DateTimeOffset? ClosedUntil { get; set; }

    /// <summary>What the company has answered; null: nothing, or nothing yet.</summary>
    public Word? Word { get; set; }

    /// <summary>Bytes are on their way or there.</summary>
    public bool HasLeft { get; set; }

    /// <summary>The lane has its end.</summary>
    public bool HasEnded { get; set; }

    /// <summary>We closed the connection, or its process died.</summary>
    public bool IsCut { get; set; }

    /// <summary>The company counts it: from its headers until the answer's last byte or the close it sees.</summary>
    public bool IsAtPsp { get; set; }
}
