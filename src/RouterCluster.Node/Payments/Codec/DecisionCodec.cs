using System.Diagnostics;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments.Codec.Stored;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Payments.Codec;

internal static class DecisionCodec
{
    public static Entry ToStored(DecisionEvent @event) => @event switch
    {
        DecisionProposed proposed => new Entry
        {
            DecisionProposed = new DecisionProposedEvent { Proposal = ToStored(AsMade(proposed)) },
        },
        DecisionApproved approved => new Entry { DecisionApproved = Settled(approved.No, approved.By, approved.Reason) },
        DecisionRejected rejected => new Entry { DecisionRejected = Settled(rejected.No, rejected.By, rejected.Reason) },
        DecisionExpired expired => new Entry { DecisionExpired = new DecisionSettledEvent { No = expired.No } },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no stored form."),
    };

    public static DecisionApproved ToApproved(DateTimeOffset at, DecisionSettledEvent settled) =>
        new(at, settled.No, ToPerson(settled.By), settled.HasReason ? settled.Reason : null);

    public static DecisionProposed ToProposed(DateTimeOffset at, StoredProposal made) => new(
        at, made.No, made.Outcome.ToKnown<ProposedOutcome>(), made.AttemptNo, ToPerson(made.By), made.Reason, made.Evidence,
        made.ExpiresAt.ToTime(), made.Digest, made.HasBulk ? made.Bulk : null);

    public static StoredProposal ToStored(Proposal proposal)
    {
        var stored = new StoredProposal
        {
            No = proposal.No,
            Outcome = (int)proposal.Outcome,
            AttemptNo = proposal.AttemptNo,
            By = ToStored(proposal.By),
            Reason = proposal.Reason,
            Evidence = proposal.Evidence,
            At = proposal.At.ToStored(),
            ExpiresAt = proposal.ExpiresAt.ToStored(),
            Digest = proposal.Digest,
            State = (int)proposal.State,
            Settled = proposal.Settled is { } settled ? ToStored(settled) : null,
        };
        if (proposal.Bulk is { } bulk)
        {
            stored.Bulk = bulk;
        }

        return stored;
    }

    public static Proposal ToProposal(StoredProposal stored) => new(
        stored.No, stored.Outcome.ToKnown<ProposedOutcome>(), stored.AttemptNo, ToPerson(stored.By), stored.Reason,
        stored.Evidence, stored.At.ToTime(), stored.ExpiresAt.ToTime(), stored.Digest, stored.HasBulk ? stored.Bulk : null,
        stored.State.ToKnown<ProposalState>(), stored.Settled is { } settled ? ToSettlement(settled) : null);

    public static Person ToPerson(StoredPerson stored) => new(stored.Name, stored.TokenMark);

    public static StoredPerson ToStored(Person person) => new() { Name = person.Name, TokenMark = person.TokenMark };

    public static StoredSettlement ToStored(Settlement settled)
    {
        var stored = new StoredSettlement
        {
            At = settled.At.ToStored(),
            By = settled.By is { } by ? ToStored(by) : null,
        };
        if (settled.Reason is { } reason)
        {
            stored.Reason = reason;
        }

        return stored;
    }

    public static Settlement ToSettlement(StoredSettlement stored) => new(
        stored.At.ToTime(), stored.By is { } by ? ToPerson(by) : null, stored.HasReason ? stored.Reason : null);

    private static Proposal AsMade(DecisionProposed made) => new(
        made.No, made.Outcome, made.AttemptNo, made.By, made.Reason, made.Evidence, made.At, made.ExpiresAt, made.Digest,
        made.Bulk, ProposalState.Pending, null);

    private static DecisionSettledEvent Settled(int no, Person by, string? reason)
    {
        var stored = new DecisionSettledEvent { No = no, By = ToStored(by) };
        if (reason is not null)
        {
            stored.Reason = reason;
        }

        return stored;
    }
}
