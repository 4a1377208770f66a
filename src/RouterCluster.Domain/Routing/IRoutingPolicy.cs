using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Routing;

/// <param name="Success">Estimated success rate for this segment, 0–1, without the customers' own failures.</param>
/// <param name="IsProbe">The breaker is half open and lets a few calls through to find out.</param>
public readonly record struct Candidate(ChannelId Channel, double Weight, double Success, bool IsProbe)
{
    public int Index { get; init; }

    public int InFlight { get; init; }

    public int Budget { get; init; } = int.MaxValue;

    /// <summary>Standard error of <see cref="Success"/>: large while little is known.</summary>
    public double Doubt { get; init; }

    /// <summary>The learner's score: the success rate with its doubt, far below 0 when down or full.</summary>
    public double Score { get; init; }

    public bool IsDueForProbe { get; init; }

    /// <summary>The same for a payment that is too large for probes, when no smaller ones come.</summary>
    public bool IsDueForStandIn { get; init; }
}

/// <summary>A pure function: all learned values are in the candidates.</summary>
public interface IRoutingPolicy
{
    string Name { get; }

    /// <summary>Returns the chosen candidate's index. There is at least one candidate.</summary>
    /// <param name="scores">Out, one for each candidate; the higher the better.</param>
    int Choose(in RouteQuestion question, ReadOnlySpan<Candidate> candidates, Span<double> scores);
}
