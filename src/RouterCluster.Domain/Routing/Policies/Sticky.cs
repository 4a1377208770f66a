namespace RouterCluster.Domain.Routing.Policies;

/// <summary>
/// A customer stays on one channel while it works as well as the best, within a tolerance. Nothing is remembered: hash and
/// weight order the channels for each customer, so every node agrees and a customer who had to leave a channel comes back.
/// </summary>
public sealed class Sticky(string name, double tolerance) : IRoutingPolicy
{
    public string Name => name;

    public int Choose(in RouteQuestion question, ReadOnlySpan<Candidate> candidates, Span<double> scores)
    {
        var best = Choice.BestOf(candidates);
        for (var i = 0; i < candidates.Length; i++)
        {
            scores[i] = Choice.IsSound(candidates[i], best, tolerance)
                ? Attachment(question.Key, candidates[i])
                : candidates[i].Score - Choice.Unsound;
        }

        return Choice.Of(question, candidates, scores);
    }

    /// <summary>Weighted rendezvous hashing: 0–1, and the highest with a probability in proportion to the weight.</summary>
    private static double Attachment(ulong customer, in Candidate candidate)
    {
        var hash = StableHash.Of(candidate.Channel.Value, customer);
        var unit = ((hash >> 11) + 0.5) * (1.0 / (1UL << 53));
        return candidate.Weight > 0 ? Math.Pow(unit, 1 / candidate.Weight) : 0;
    }
}
