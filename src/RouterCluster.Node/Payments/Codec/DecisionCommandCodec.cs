using System.Diagnostics;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments.Codec.Stored;
using RouterCluster.Node.Payments.Codec.Wire;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Payments.Codec;

/// <summary>People's commands on their way to a book, which stamps them with its own time: they travel without any.</summary>
internal static class DecisionCommandCodec
{
    public static WireDecision ToWire(DecisionCommand command) => command switch
    {
        ProposeDecision propose => new WireDecision
        {
            Propose = new WirePropose
            {
                By = DecisionCodec.ToStored(propose.By),
                Outcome = (int)propose.Outcome,
                Reason = propose.Reason,
                Evidence = propose.Evidence,
                ExpiresAfter = propose.ExpiresAfter.ToWire(),
            },
        },
        ApproveDecision approve => new WireDecision { Approve = ToWire(approve) },
        RejectDecision reject => new WireDecision { Reject = ToWire(reject) },
        ExpireDecisions => new WireDecision { Expire = new WireNothing() },
        DecideInBulk bulk => new WireDecision
        {
            Bulk = new WireBulkDecision
            {
                Bulk = bulk.Bulk,
                Outcome = (int)bulk.Outcome,
                Reason = bulk.Reason,
                Evidence = bulk.Evidence,
                Proposer = DecisionCodec.ToStored(bulk.Proposer),
                Approver = DecisionCodec.ToStored(bulk.Approver),
                Content = bulk.Content,
            },
        },
        _ => throw new UnreachableException($"{command.GetType().Name} cannot travel."),
    };

    public static DecisionCommand ToCommand(WireDecision wire) => wire.CommandCase switch
    {
        WireDecision.CommandOneofCase.Propose => new ProposeDecision(
            default, ToPerson(wire.Propose.By), wire.Propose.Outcome.ToKnown<ProposedOutcome>(),
            wire.Propose.Reason, wire.Propose.Evidence, wire.Propose.ExpiresAfter.ToDuration()),
        WireDecision.CommandOneofCase.Approve => new ApproveDecision(
            default, wire.Approve.No, ToPerson(wire.Approve.By),
            wire.Approve.HasDigest ? wire.Approve.Digest : null, wire.Approve.HasReason ? wire.Approve.Reason : null),
        WireDecision.CommandOneofCase.Reject => new RejectDecision(
            default, wire.Reject.No, ToPerson(wire.Reject.By), wire.Reject.HasReason ? wire.Reject.Reason : null),
        WireDecision.CommandOneofCase.Expire => new ExpireDecisions(default),
        WireDecision.CommandOneofCase.Bulk => new DecideInBulk(
            default, wire.Bulk.Bulk, wire.Bulk.Outcome.ToKnown<ProposedOutcome>(), wire.Bulk.Reason, wire.Bulk.Evidence,
            ToPerson(wire.Bulk.Proposer), ToPerson(wire.Bulk.Approver), wire.Bulk.Content),
        WireDecision.CommandOneofCase.None =>
            throw new InvalidDataException("A decision is of a kind that this version does not know."),
    };

    private static Person ToPerson(StoredPerson? wire) => DecisionCodec.ToPerson(wire.Required());

    private static WireApprove ToWire(ApproveDecision approve)
    {
        var wire = new WireApprove { No = approve.No, By = DecisionCodec.ToStored(approve.By) };
        if (approve.Digest is { } digest)
        {
            wire.Digest = digest;
        }

        if (approve.Reason is { } reason)
        {
            wire.Reason = reason;
        }

        return wire;
    }

    private static WireReject ToWire(RejectDecision reject)
    {
        var wire = new WireReject { No = reject.No, By = DecisionCodec.ToStored(reject.By) };
        if (reject.Reason is { } reason)
        {
            wire.Reason = reason;
        }

        return wire;
    }
}
