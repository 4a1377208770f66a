using RouterCluster.Domain.Routing;

namespace RouterCluster.Replay.Baselines;

/// <summary>Each segment's candidates in turn, whatever becomes of the payments.</summary>
internal sealed class RoundRobin : IRouter
{
    private uint[] _next = new uint[64];

    public int Choose(in RouteQuestion question, Span<Candidate> candidates, Span<double> scores)
    {
        var segment = question.Segment.Index;
        if (segment >= _next.Length)
        {
            Array.Resize(ref _next, Math.Max(segment + 1, 2 * _next.Length));
        }

        var chosen = (int)(_next[segment]++ % (uint)candidates.Length);
        scores.Clear();
        scores[chosen] = 1;
        return chosen;
    }
}
