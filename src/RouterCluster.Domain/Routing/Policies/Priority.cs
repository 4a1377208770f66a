using System.Collections.Immutable;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Routing.Policies;

/// <summary>The first of a list that works as well as the best, within a tolerance; unlisted channels come last.</summary>
public sealed class Priority(string name, ImmutableArray<ChannelId> order, double tolerance) : IRoutingPolicy
{
    public string Name => name;

    public int Choose(in RouteQuestion question, ReadOnlySpan<Candidate> candidates, Span<double> scores)
    {
        var best = Choice.BestOf(candidates);
        for (var i = 0; i < candidates.Length; i++)
        {
            var place = order.IndexOf(candidates[i].Channel);

            // Among unlisted channels, and among unsound ones, the better one wins.
            var isSound = Choice.IsSound(candidates[i], best, tolerance);
            var score = candidates[i].Score - (isSound ? 0 : Choice.Unsound);
            scores[i] = isSound && place >= 0 ? 1 + order.Length - place : score;
        }

        return Choice.Of(question, candidates, scores);
    }
}
