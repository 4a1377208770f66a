using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Routing.Policies;

/// <summary>Candidates as a learner rates them, and questions that probe nothing by chance.</summary>
internal static class PolicyFixtures
{
    public static readonly ChannelId Alpha = new("alpha");
    public static readonly ChannelId Bravo = new("bravo");
    public static readonly ChannelId Charlie = new("charlie");

    public static readonly RouteQuestion Question = new(default, 10_000, 7, MayExplore: true, 0.5, TimeSpan.Zero);

    public static Candidate Works(ChannelId channel, double success) =>
        new(channel, 1, success, IsProbe: false) { Score = success };

    public static Candidate Down(ChannelId channel) => new(channel, 1, 0.05, IsProbe: false) { Score = -99.9 };

    public static Candidate HalfOpen(ChannelId channel) => new(channel, 1, 0.9, IsProbe: true) { Score = 0.9 };

    public static ChannelId Chosen(this IRoutingPolicy policy, params Candidate[] candidates) =>
        policy.Chosen(Question, candidates);

    public static ChannelId Chosen(this IRoutingPolicy policy, RouteQuestion question, params Candidate[] candidates) =>
        candidates[policy.Choose(question, candidates, new double[candidates.Length])].Channel;

    public static double[] Scores(this IRoutingPolicy policy, params Candidate[] candidates)
    {
        var scores = new double[candidates.Length];
        policy.Choose(Question, candidates, scores);
        return scores;
    }

    /// <summary>Shares over evenly spread draws.</summary>
    public static double ShareOf(this IRoutingPolicy policy, ChannelId channel, params Candidate[] candidates) =>
        Enumerable.Range(0, 2000).Count(i => policy.Chosen(Question with { Draw = i / 2000.0 }, candidates) == channel) / 2000.0;
}
