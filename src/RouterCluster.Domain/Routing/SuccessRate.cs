using RouterCluster.Domain.Routing.Policies;

namespace RouterCluster.Domain.Routing;

/// <summary>The best score, by however little. Chance and doubt are in the scores already; a due probe goes first.</summary>
public sealed record SuccessRate : IRoutingPolicy
{
    public string Name => "success-rate/1";

    public int Choose(in RouteQuestion question, ReadOnlySpan<Candidate> candidates, Span<double> scores)
    {
        for (var i = 0; i < candidates.Length; i++)
        {
            scores[i] = candidates[i].Score - (candidates[i].IsProbe ? Choice.Unsound : 0);
        }

        return Choice.Of(question, candidates, scores);
    }
}
