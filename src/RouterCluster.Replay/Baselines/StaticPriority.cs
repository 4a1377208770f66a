using RouterCluster.Domain.Routing;

namespace RouterCluster.Replay.Baselines;

/// <summary>Always the first candidate, in the order of the configuration.</summary>
internal sealed class StaticPriority : IRouter
{
    public int Choose(in RouteQuestion question, Span<Candidate> candidates, Span<double> scores)
    {
        var first = 0;
        for (var i = 0; i < candidates.Length; i++)
        {
            scores[i] = -candidates[i].Index;
            first = scores[i] > scores[first] ? i : first;
        }

        return first;
    }
}
