using System.Collections.Immutable;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Routing.Policies;

/// <summary>
/// The first of a list that works as well as the best, within a tolerance. Channels that are not listed come last.
/// </summary>
public sealed class Priority(string name, ImmutableArray<ChannelId> order, double tolerance) : IRoutingPolicy
{
    public string Name => name;

    /// <param name="scores">The higher in the list the higher, and far below when unsound.</param>
    public int Choose(in RouteQuestion question, ReadOnlySpan<Candidate> candidates, Span<double> scores)
    {
        var best = Choice.BestOf(candidates);
        for (var i = 0; i < candidates.Length; i++)
        {
            var place = order.IndexOf(candidates[i].Channel);

            // Among unlisted ones, and among those that are too bad, the better one wins.
            scores[i] = Choice.IsSound(candidates[i], best, tolerance)
                ? (place < 0 ? candidates[i].Score : 1 + order.Length - place)
                : candidates[i].Score - Choice.Unsound;
        }

        return Choice.Of(question, candidates, scores);
    }
}
