using RouterCluster.Domain.Routing;

namespace RouterCluster.Replay.Baselines;

internal static class Best
{
    /// <summary>The place of the highest score; among equal ones, any.</summary>
    public static int Of(ReadOnlySpan<double> scores, ref DrawStream draws)
    {
        var (best, ties) = (0, 1);
        for (var i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
            {
                (best, ties) = (i, 1);
            }
            else if (scores[i] == scores[best] && draws.NextInt(++ties) == 0)
            {
                best = i;
            }
        }

        return best;
    }

    /// <summary>Customers' faults say nothing of a channel to any of the baselines.</summary>
    public static bool IsEvidence(AttemptEnd end) =>
        end is not (AttemptEnd.CustomerFault or AttemptEnd.NoEvidence or AttemptEnd.Undecided);
}
