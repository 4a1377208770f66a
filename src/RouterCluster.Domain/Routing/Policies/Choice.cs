namespace RouterCluster.Domain.Routing.Policies;

/// <summary>No payment is sent into a dead channel, except now and then to find out whether it is back.</summary>
internal static class Choice
{
    /// <summary>The share of payments that may probe half-open breakers, as long as these have permits.</summary>
    private const double ProbeShare = 0.25;

    // Learners put channels that are down or full a hundred or fifty below the others.
    private const double Lowest = -10;

    public const double Unsound = 1000;

    /// <summary>Over channels that are neither down nor full nor a probe; NaN when there is none.</summary>
    public static double BestOf(ReadOnlySpan<Candidate> candidates)
    {
        var best = double.NaN;
        foreach (ref readonly var candidate in candidates)
        {
            if (IsUsable(candidate) && !(candidate.Success <= best))
            {
                best = candidate.Success;
            }
        }

        return best;
    }

    /// <summary>
    /// Works, and is not known to be much worse than the best: one failure among its first payments must not cost a
    /// preferred channel its traffic. The chance in scores does not count here.
    /// </summary>
    public static bool IsSound(in Candidate candidate, double best, double tolerance) =>
        IsUsable(candidate) && candidate.Success + candidate.Doubt >= best - tolerance;

    public static bool IsUsable(in Candidate candidate) => !candidate.IsProbe && candidate.Score > Lowest;

    public static int Of(in RouteQuestion question, ReadOnlySpan<Candidate> candidates, ReadOnlySpan<double> scores) =>
        Probe(question, candidates) ?? Highest(scores);

    /// <summary>Payments above the limit of exploration probe only where the learner has no smaller ones.</summary>
    public static int? Probe(in RouteQuestion question, ReadOnlySpan<Candidate> candidates)
    {
        if (!question.MayExplore)
        {
            return StandIn(candidates);
        }

        // Its own number: a policy that shares out by the draw must not always probe with the same payments.
        var isTurn = new DrawStream(question.Draw).NextDouble() < ProbeShare;
        for (var i = 0; i < candidates.Length; i++)
        {
            if (candidates[i].IsDueForProbe || (candidates[i].IsProbe && isTurn))
            {
                return i;
            }
        }

        return null;
    }

    private static int? StandIn(ReadOnlySpan<Candidate> candidates)
    {
        for (var i = 0; i < candidates.Length; i++)
        {
            if (candidates[i].IsDueForStandIn)
            {
                return i;
            }
        }

        return null;
    }

    private static int Highest(ReadOnlySpan<double> scores)
    {
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            best = scores[i] > scores[best] ? i : best;
        }

        return best;
    }
}
