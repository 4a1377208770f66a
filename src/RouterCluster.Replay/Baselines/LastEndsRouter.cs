using RouterCluster.Domain.Routing;

namespace RouterCluster.Replay.Baselines;

/// <summary>
/// The rule of the best known open decision engine: the best of the last 125 outcomes of each channel in the segment, and
/// a share of payments at random.
/// </summary>
internal sealed class LastEndsRouter(double explored) : IRouter
{
    private const int Length = 125;
    private readonly PerCell<LastEnds> _ends = new();

    public int Choose(in RouteQuestion question, Span<Candidate> candidates, Span<double> scores)
    {
        var draws = new DrawStream(question.Draw);
        var explores = draws.NextDouble() < explored;
        for (var i = 0; i < candidates.Length; i++)
        {
            var ends = _ends.Find(question.Segment.Index, candidates[i].Index);
            scores[i] = ends is null ? 1 : ends.Successes / (double)Length;
        }

        return explores ? draws.NextInt(candidates.Length) : Best.Of(scores, ref draws);
    }

    public void Ended(in RoutedAttempt attempt, AttemptEnd end, TimeSpan now)
    {
        if (Best.IsEvidence(end))
        {
            EndsOf(attempt).Add(end == AttemptEnd.Succeeded);
        }
    }

    private LastEnds EndsOf(in RoutedAttempt attempt)
    {
        var ends = _ends.Find(attempt.Segment.Index, attempt.Channel);
        if (ends is null)
        {
            ends = new LastEnds(Length);
            _ends.Set(attempt.Segment.Index, attempt.Channel, ends);
        }

        return ends;
    }
}
