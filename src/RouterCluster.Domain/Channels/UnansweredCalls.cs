using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Domain.Channels;

/// <summary>
/// Calls of a channel's two lanes since its last proper answer. A channel that is avoided after its first fault gets hardly any
/// orders, and then the questions about that one show best whether it is there.
/// </summary>
/// <param name="Since">Monotonic, the end of the first of them.</param>
public readonly record struct UnansweredCalls(int Count, TimeSpan Since)
{
    /// <summary>A refusal that the channel itself has sent changes nothing: it is there, and takes no orders.</summary>
    public UnansweredCalls After(CallVerdict verdict, TimeSpan now) => verdict switch
    {
        CallVerdict.Success or CallVerdict.Answered => default,
        CallVerdict.Fault => new UnansweredCalls(Count + 1, Count == 0 ? now : Since),
        CallVerdict.Refused or CallVerdict.Throttled or CallVerdict.Neutral => this,
    };
}
