using RouterCluster.Domain.Routing;

namespace RouterCluster.Replay.Baselines;

internal static class Best
{
    /// <summary>The index of the highest score; a random one among equals.</summary>
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

    /// <summary>The baselines ignore failures by the customer's fault.</summary>
    public static bool IsEvidence(AttemptEnd end) =>
        end is not (AttemptEnd.CustomerFault or AttemptEnd.NoEvidence or AttemptEnd.Undecided);
}
