namespace RouterCluster.Domain.Routing;

/// <summary>
/// The best score, by whatever little. Chance and doubt are in the scores already; a probe that is due goes first.
/// </summary>
public sealed record SuccessRate : IRoutingPolicy
{
    public string Name => "success-rate/1";

    public int Choose(in RouteQuestion question, ReadOnlySpan<Candidate> candidates, Span<double> scores)
    {
        var (best, probe) = (0, -1);
        for (var i = 0; i < candidates.Length; i++)
        {
            scores[i] = candidates[i].Score;
            best = scores[i] > scores[best] ? i : best;
            probe = candidates[i].IsDueForProbe ? i : probe;
        }

        return probe >= 0 ? probe : best;
    }
}
