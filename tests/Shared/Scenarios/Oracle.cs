using RouterCluster.Domain.Routing;

namespace RouterCluster.Testing.Scenarios;

/// <summary>Knows the truth, and still has to live with full channels.</summary>
internal sealed class Oracle : IRouter
{
    private Scenario? _scenario;
    private int _segment;
    private double _nowS;

    public void LookAt(Scenario scenario, int segment, double nowS) => (_scenario, _segment, _nowS) = (scenario, segment, nowS);

    public int Choose(in RouteQuestion question, Span<Candidate> candidates, Span<double> scores)
    {
        var best = 0;
        for (var i = 0; i < candidates.Length; i++)
        {
            scores[i] = _scenario!.Success(_segment, candidates[i].Index, _nowS);
            best = scores[i] > scores[best] ? i : best;
        }

        return best;
    }
}
