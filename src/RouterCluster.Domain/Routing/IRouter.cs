using RouterCluster.Domain.Channels;

namespace RouterCluster.Domain.Routing;

/// <summary>
/// The same classes run in the product, in the offline replay and in the scenario suite. One owner; no clock and no
/// randomness of its own; nothing is allocated once a channel and segment are known.
/// </summary>
public interface IRouter
{
    /// <summary>Returns the chosen candidate's index. There is at least one candidate.</summary>
    /// <param name="candidates">In: who they are and how busy. Out: the router's estimates.</param>
    /// <param name="scores">Out, one for each candidate; the higher the better.</param>
    int Choose(in RouteQuestion question, Span<Candidate> candidates, Span<double> scores);

    /// <summary>Attempts of a channel come in the order of their numbers.</summary>
    void Dispatched(in RoutedAttempt attempt, TimeSpan now)
    {
    }

    /// <summary>The attempt has ended, or was given up as unknown. Called once for each attempt.</summary>
    void Ended(in RoutedAttempt attempt, AttemptEnd end, TimeSpan now)
    {
    }

    /// <summary>The truth about an attempt that had ended otherwise. A repetition changes nothing.</summary>
    void Corrected(in RoutedAttempt attempt, AttemptEnd truth, TimeSpan now)
    {
    }
}

/// <param name="Number">Grows by one with each attempt of the channel.</param>
public readonly record struct RoutedAttempt(int Channel, Segment Segment, long Number)
{
    public Source Source { get; init; }
}

public enum AttemptEnd
{
    Succeeded = 1,
    ChannelFault = 2,

    /// <summary>The customer's or the issuer's decline, as far as the channel's code can be believed.</summary>
    CustomerFault = 3,

    /// <summary>No usable answer in time. Counts against the channel until the truth is known.</summary>
    Unknown = 4,

    /// <summary>No evidence of the channel: throttled, not sent, our own error, waiting for the customer.</summary>
    NoEvidence = 5,

    /// <summary>Taken by the channel, which decides later. Its decision comes as a correction.</summary>
    Undecided = 6,
}
