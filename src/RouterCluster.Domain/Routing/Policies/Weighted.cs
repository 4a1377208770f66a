using System.Collections.Frozen;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Routing.Policies;

/// <summary>
/// Fixed weights among the channels that work as well as the best, within a tolerance; the configured weight by default.
/// </summary>
public sealed class Weighted(string name, FrozenDictionary<ChannelId, double> weights, double tolerance) : IRoutingPolicy
{
    public string Name => name;

    public int Choose(in RouteQuestion question, ReadOnlySpan<Candidate> candidates, Span<double> scores)
    {
        var (best, total) = (Choice.BestOf(candidates), 0.0);
        for (var i = 0; i < candidates.Length; i++)
        {
            var weight = weights.GetValueOrDefault(candidates[i].Channel, candidates[i].Weight);
            scores[i] = Choice.IsSound(candidates[i], best, tolerance) ? weight : 0;
            total += scores[i];
        }

        if (total <= 0)
        {
            return Fallback(question, candidates, scores);
        }

        foreach (ref var score in scores)
        {
            score /= total;
        }

        return Choice.Probe(question, candidates) ?? Drawn(question.Draw, scores);
    }

    private static int Fallback(in RouteQuestion question, ReadOnlySpan<Candidate> candidates, Span<double> scores)
    {
        for (var i = 0; i < candidates.Length; i++)
        {
            scores[i] = candidates[i].Score - Choice.Unsound;
        }

        return Choice.Of(question, candidates, scores);
    }

    private static int Drawn(double draw, ReadOnlySpan<double> shares)
    {
        var (chosen, passed) = (0, 0.0);
        for (var i = 0; i < shares.Length && draw >= passed; i++)
        {
            // Keeps the last one with a share, should rounding leave the sum below the draw.
            chosen = shares[i] > 0 ? i : chosen;
            passed += shares[i];
        }

        return chosen;
    }
}
