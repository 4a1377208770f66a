using RouterCluster.Domain.Routing.Learning;

namespace RouterCluster.Domain.Routing;

/// <summary>A policy with a learner of its own, as in the product, for replay and scenarios.</summary>
public sealed class SuccessRouter(IRoutingPolicy policy, SuccessLearner learner) : IRouter
{
    public SuccessRouter()
        : this(new SuccessRate(), new SuccessLearner(LearningLimits.Default))
    {
    }

    public int Choose(in RouteQuestion question, Span<Candidate> candidates, Span<double> scores)
    {
        learner.Rate(question, candidates);
        var chosen = policy.Choose(question, candidates, scores);
        learner.Chosen(question.Segment, candidates[chosen].Index);
        return chosen;
    }

    public void Dispatched(in RoutedAttempt attempt, TimeSpan now) => learner.Dispatched(attempt, now);

    public void Ended(in RoutedAttempt attempt, AttemptEnd end, TimeSpan now) => learner.Ended(attempt, end, now);

    public void Corrected(in RoutedAttempt attempt, AttemptEnd truth, TimeSpan now) =>
        learner.Corrected(attempt, truth, now);
}
