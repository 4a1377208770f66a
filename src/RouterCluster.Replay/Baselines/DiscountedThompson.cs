using RouterCluster.Domain.Routing;

namespace RouterCluster.Replay.Baselines;

/// <summary>Thompson sampling whose counts lose 0.2 % with each end in the segment.</summary>
internal sealed class DiscountedThompson : IRouter
{
    private const double Kept = 0.998;
    private readonly PerCell<Counts> _cells = new();

    public int Choose(in RouteQuestion question, Span<Candidate> candidates, Span<double> scores)
    {
        var draws = new DrawStream(question.Draw);
        for (var i = 0; i < candidates.Length; i++)
        {
            var counts = _cells.Find(question.Segment.Index, candidates[i].Index);
            scores[i] = Beta(1 + (counts?.Successes ?? 0), 1 + (counts?.Failures ?? 0), ref draws);
        }

        return Best.Of(scores, ref draws);
    }

    public void Ended(in RoutedAttempt attempt, AttemptEnd end, TimeSpan now)
    {
        if (!Best.IsEvidence(end))
        {
            return;
        }

        if (_cells.Find(attempt.Segment.Index, attempt.Channel) is null)
        {
            _cells.Set(attempt.Segment.Index, attempt.Channel, new Counts());
        }

        foreach (var counts in _cells.Row(attempt.Segment.Index))
        {
            counts?.Fade(Kept);
        }

        _cells.Find(attempt.Segment.Index, attempt.Channel)!.Add(end == AttemptEnd.Succeeded);
    }

    private static double Beta(double a, double b, ref DrawStream draws)
    {
        var x = Gamma(a, ref draws);
        return x / (x + Gamma(b, ref draws));
    }

    /// <summary>Marsaglia and Tsang's method; <paramref name="shape"/> is at least 1.</summary>
    private static double Gamma(double shape, ref DrawStream draws)
    {
        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = draws.NextNormal();
            var v = Math.Pow(1 + (c * x), 3);
            if (v > 0 && Math.Log(1 - draws.NextDouble()) < (x * x / 2) + (d * (1 - v + Math.Log(v))))
            {
                return d * v;
            }
        }
    }

    private sealed class Counts
    {
        public double Successes { get; private set; }

        public double Failures { get; private set; }

        public void Fade(double kept)
        {
            Successes *= kept;
            Failures *= kept;
        }

        public void Add(bool succeeded)
        {
            Successes += succeeded ? 1 : 0;
            Failures += succeeded ? 0 : 1;
        }
    }
}
