namespace RouterCluster.Domain.Routing;

/// <summary>
/// Shares payments out by weight among channels that succeed alike, and away from those that succeed less. Only the
/// rate relative to the best counts, so trouble that all channels have moves nothing.
/// </summary>
/// <param name="Power">How sharply traffic leaves a channel that is worse than the best.</param>
/// <param name="Floor">Share that a channel of mean weight keeps however bad it is, so that its healing is noticed.</param>
/// <param name="ProbeShare">Share of payments that may probe half-open channels while these have permits left.</param>
public sealed record WeightedSuccess(double Power = 6, double Floor = 0.01, double ProbeShare = 0.25) : IRoutingPolicy
{
    // Of more channels each keeps less, so that a crowd of bad ones cannot keep a good part of the traffic.
    private const int MostFloors = 5;

    public string Name => "weighted-success/1";

    /// <param name="scores">Each candidate's probability of being chosen.</param>
    public int Choose(in RouteQuestion question, ReadOnlySpan<Candidate> candidates, Span<double> scores)
    {
        var closed = ScoreClosed(candidates, scores);
        ScoreProbes(candidates, scores, closed);
        Normalise(scores);
        return Pick(scores, question.Draw);
    }

    private double ScoreClosed(ReadOnlySpan<Candidate> candidates, Span<double> scores)
    {
        var (best, weights, count) = (0.0, 0.0, 0);
        foreach (ref readonly var candidate in candidates)
        {
            if (!candidate.IsProbe)
            {
                best = Math.Max(best, candidate.Success);
                weights += candidate.Weight;
                count++;
            }
        }

        var total = 0.0;
        for (var i = 0; i < candidates.Length; i++)
        {
            scores[i] = candidates[i].IsProbe ? 0 : candidates[i].Weight * Merit(candidates[i], best);
            total += scores[i];
        }

        for (var i = 0; i < candidates.Length && weights > 0; i++)
        {
            var floor = candidates[i].IsProbe ? 0 : Floor * total * candidates[i].Weight * Math.Min(count, MostFloors) / weights;
            scores[i] = Math.Max(scores[i], floor);
        }

        return Sum(scores);
    }

    // What waits already in a lane comes first there, so a channel with a queue is slower than its success rate tells.
    private double Merit(in Candidate candidate, double best) =>
        Math.Pow(best > 0 ? candidate.Success / best : 1, Power) * Math.Max(Floor, 1 - candidate.Waiting);

    private void ScoreProbes(ReadOnlySpan<Candidate> candidates, Span<double> scores, double closed)
    {
        var weights = 0.0;
        foreach (ref readonly var candidate in candidates)
        {
            weights += candidate.IsProbe ? candidate.Weight : 0;
        }

        var share = closed > 0 ? closed * ProbeShare / (1 - ProbeShare) : 1;
        for (var i = 0; i < candidates.Length && weights > 0; i++)
        {
            scores[i] = candidates[i].IsProbe ? share * candidates[i].Weight / weights : scores[i];
        }
    }

    /// <summary>Weight 0 means "only if there is nothing else": when all have it, all are alike.</summary>
    private static void Normalise(Span<double> scores)
    {
        var total = Sum(scores);
        foreach (ref var score in scores)
        {
            score = total > 0 ? score / total : 1.0 / scores.Length;
        }
    }

    private static int Pick(ReadOnlySpan<double> scores, double draw)
    {
        var (chosen, passed) = (0, 0.0);
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] > 0)
            {
                // The last one with a score, should rounding leave the sum below the draw.
                chosen = i;
                passed += scores[i];
                if (draw < passed)
                {
                    break;
                }
            }
        }

        return chosen;
    }

    private static double Sum(ReadOnlySpan<double> scores)
    {
        var sum = 0.0;
        foreach (var score in scores)
        {
            sum += score;
        }

        return sum;
    }
}
