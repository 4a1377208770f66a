using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Routing;

/// <summary>A channel that can take the payment now, as a policy sees it.</summary>
/// <param name="Success">Estimated success rate for this segment, 0–1; the customers' own failures left out.</param>
/// <param name="IsProbe">The breaker is half open and lets a few calls through to find out.</param>
public readonly record struct Candidate(ChannelId Channel, double Weight, double Success, bool IsProbe)
{
    /// <summary>The channel's number, dense from 0, by which routers keep what they learn.</summary>
    public int Index { get; init; }

    /// <summary>Submits chosen and not ended.</summary>
    public int InFlight { get; init; }

    /// <summary>Submits that may be in flight at once.</summary>
    public int Budget { get; init; } = int.MaxValue;

    /// <summary>Standard error of <see cref="Success"/>: large while little is known.</summary>
    public double Doubt { get; init; }

    /// <summary>What a learner ranks by: the success rate with its doubt, far below 0 when down or full.</summary>
    public double Score { get; init; }

    /// <summary>A learner wants one payment sent there, to find out.</summary>
    public bool IsDueForProbe { get; init; }

    /// <summary>The same of a payment that is too large to find out with, since no smaller ones come.</summary>
    public bool IsDueForStandIn { get; init; }
}

/// <summary>Chooses among candidates. A pure function: what it learns from is in the candidates.</summary>
public interface IRoutingPolicy
{
    /// <summary>Name and version, kept with every attempt.</summary>
    string Name { get; }

    /// <summary>The chosen candidate's index. There is at least one candidate.</summary>
    /// <param name="scores">Out, as many as candidates: why; the higher the better.</param>
    int Choose(in RouteQuestion question, ReadOnlySpan<Candidate> candidates, Span<double> scores);
}
