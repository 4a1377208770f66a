namespace RouterCluster.Domain.Routing;

/// <summary>A policy over fading memories of each channel, as a whole and in each segment.</summary>
public sealed class RememberingRouter(IRoutingPolicy policy, MemoryLimits limits) : IRouter
{
    private readonly PerCell<Evidence> _cells = new();
    private readonly PerCell<Evidence> _channels = new();

    public string Name => policy.Name;

    public int Choose(in RouteQuestion question, Span<Candidate> candidates, Span<double> scores)
    {
        foreach (ref var candidate in candidates)
        {
            var whole = _channels.Find(0, candidate.Index)?.Estimate(limits.Prior, limits.PriorOutcomes, question.Now)
                ?? limits.Prior;
            var success = _cells.Find(question.Segment.Index, candidate.Index)
                ?.Estimate(whole, limits.SegmentPriorOutcomes, question.Now) ?? whole;
            candidate = candidate with { Success = success, Score = success };
        }

        return policy.Choose(question, candidates, scores);
    }

    public void Ended(in RoutedAttempt attempt, AttemptEnd end, TimeSpan now)
    {
        if (end is AttemptEnd.Succeeded or AttemptEnd.ChannelFault or AttemptEnd.Unknown)
        {
            var succeeded = end == AttemptEnd.Succeeded;
            Of(_channels, 0, attempt.Channel).Add(succeeded, now);
            Of(_cells, attempt.Segment.Index, attempt.Channel).Add(succeeded, now);
        }
    }

    /// <summary>A truth that came late counts beside the guess, whose weight fades.</summary>
    public void Corrected(in RoutedAttempt attempt, AttemptEnd truth, TimeSpan now) => Ended(attempt, truth, now);

    private Evidence Of(PerCell<Evidence> memories, int segment, int channel)
    {
        if (memories.Find(segment, channel) is not { } memory)
        {
            memory = new Evidence(limits);
            memories.Set(segment, channel, memory);
        }

        return memory;
    }
}
