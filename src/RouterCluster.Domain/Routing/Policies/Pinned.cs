using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Routing.Policies;

/// <summary>One channel, as long as it takes payments and is not down; else the fallback's choice.</summary>
public sealed class Pinned(string name, ChannelId channel, IRoutingPolicy fallback) : IRoutingPolicy
{
    public string Name => name;

    public int Choose(in RouteQuestion question, ReadOnlySpan<Candidate> candidates, Span<double> scores)
    {
        var chosen = fallback.Choose(question, candidates, scores);
        for (var i = 0; i < candidates.Length; i++)
        {
            if (candidates[i].Channel == channel && Choice.IsUsable(candidates[i]))
            {
                return i;
            }
        }

        return chosen;
    }
}
