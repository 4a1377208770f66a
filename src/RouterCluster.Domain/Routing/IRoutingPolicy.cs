using RouterCluster.Domain.Channels;

namespace RouterCluster.Domain.Routing;

/// <summary>A channel that can take the payment now, as a policy sees it.</summary>
/// <param name="Success">Estimated success rate for this product and bank, 0–1; the customers' own failures left out.</param>
/// <param name="Waiting">Share of the lane's queue that is taken, 0–1.</param>
/// <param name="IsProbe">The breaker is half open and lets a few calls through to find out.</param>
public readonly record struct Candidate(ChannelId Channel, double Weight, double Success, double Waiting, bool IsProbe);

/// <summary>Chooses among candidates. A pure function: what it learns from is in the candidates.</summary>
public interface IRoutingPolicy
{
    /// <summary>Name and version, kept with every attempt.</summary>
    string Name { get; }

    /// <summary>The chosen candidate's index. There is at least one candidate.</summary>
    /// <param name="draw">In [0, 1).</param>
    /// <param name="scores">Out, as many as candidates: why; the higher the better.</param>
    int Choose(ReadOnlySpan<Candidate> candidates, double draw, Span<double> scores);
}
