using System.Collections.Concurrent;
using System.Collections.Immutable;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Node.Commits;

namespace RouterCluster.Node.Routing;

/// <summary>Figures of the policies on this node, written by its router and after its books' commits.</summary>
public sealed class PolicyFigures : ICommitSubscriber
{
    private readonly ConcurrentDictionary<string, ObservedAttempts> _observed = new();
    private volatile object _standings = ImmutableArray<PolicyStanding>.Empty;

    public string Name => "policies";

    public ImmutableArray<PolicyStanding> Standings => (ImmutableArray<PolicyStanding>)_standings;

    /// <summary>Attempts sent by the policy whose outcome says something about their channel.</summary>
    public ObservedAttempts Observed(string policy) => _observed.GetValueOrDefault(policy);

    public void Write(ImmutableArray<PolicyStanding> standings) => _standings = standings;

    public void Happened(CommittedEvent committed)
    {
        if (committed.Event is AttemptEnded ended)
        {
            Ended(committed.After.Attempts[ended.No - 1].Reasons.Policy, ended.Outcome.Class);
        }
        else if (committed.Event is AttemptUnresolved unresolved)
        {
            Ended(committed.After.Attempts[unresolved.No - 1].Reasons.Policy, unresolved.Outcome.Class);
        }
    }

    public void Ended(string policy, OutcomeClass @class)
    {
        if (@class == OutcomeClass.Success || @class.IsChannels())
        {
            var success = @class == OutcomeClass.Success ? 1 : 0;
            _observed.AddOrUpdate(
                policy,
                _ => new ObservedAttempts(1, success),
                (_, sum) => new ObservedAttempts(sum.Attempts + 1, sum.Successes + success));
        }
    }
}

public readonly record struct ObservedAttempts(long Attempts, long Successes)
{
    /// <summary>Null before the first attempt.</summary>
    public double? Success => Attempts == 0 ? null : Successes / (double)Attempts;
}
