using Google.Protobuf;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments.Codec.Stored;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Payments.Codec;

/// <summary>A whole payment, for snapshots and the read model.</summary>
public static class PaymentCodec
{
    public static byte[] Encode(Payment payment) => ToStored(payment).ToByteArray();

    /// <exception cref="InvalidDataException">This version does not know a state, class or reason in it.</exception>
    public static Payment Decode(ReadOnlyMemory<byte> bytes) => ToPayment(StoredPayment.Parser.ParseFrom(bytes.Span));

    internal static StoredPayment ToStored(Payment payment) => new()
    {
        Id = ContentCodec.ToStored(payment.Id),
        Content = ContentCodec.ToStored(payment.Content),
        State = (int)payment.State,
        Failure = payment.Failure is { } failure ? OutcomeCodec.ToStored(failure) : null,
        Attempts = { payment.Attempts.Select(attempt => ToStored(payment.Id, attempt)) },
        Cases = { payment.Cases.Select(ToStored) },
        CreatedAt = payment.CreatedAt.ToStored(),
        UpdatedAt = payment.UpdatedAt.ToStored(),
        ExpiresAt = payment.ExpiresAt.ToStored(),
        Proposals = { payment.Proposals.Select(DecisionCodec.ToStored) },
        CountedChanges = payment.CountedChanges,
    };

    internal static Payment ToPayment(StoredPayment stored)
    {
        var id = ContentCodec.ToId(stored.Id);
        return new Payment(
            id,
            ContentCodec.ToContent(stored.Content),
            stored.State.ToKnown<PaymentState>(),
            stored.Failure is { } failure ? OutcomeCodec.ToFailure(failure) : null,
            [.. stored.Attempts.Select(attempt => ToAttempt(id, attempt))],
            [.. stored.Cases.Select(ToCase)],
            stored.CreatedAt.ToTime(),
            stored.UpdatedAt.ToTime(),
            stored.ExpiresAt.ToTime())
        {
            Proposals = [.. stored.Proposals.Select(DecisionCodec.ToProposal)],
            CountedChanges = stored.CountedChanges,
        };
    }

    private static StoredAttempt ToStored(PaymentId id, Attempt attempt)
    {
        var stored = new StoredAttempt
        {
            No = attempt.No,
            Channel = attempt.Channel.Value,
            State = (int)attempt.State,
            Outcome = OutcomeCodec.ToStored(attempt.Outcome),
            StartedAt = attempt.StartedAt.ToStored(),
            SendBefore = attempt.SendBefore.ToStored(),
            Reasons = ReasonsCodec.ToStored(attempt.Reasons),
            Target = TargetCodec.ToStored(attempt.Target),
            First = OutcomeCodec.OrNull(attempt.First),
            UnknownSeconds = (long)attempt.UnknownFor.TotalSeconds,
        };
        if (attempt.OrderNo != id.AttemptOrderNo(attempt.No))
        {
            stored.OrderNo = attempt.OrderNo;
        }

        if (attempt.Claim is { } claim)
        {
            stored.Claim = OutcomeCodec.ToStored(claim);
        }

        if (attempt.EndedAt.ToStored() is { } endedAt)
        {
            stored.EndedAt = endedAt;
        }

        if (attempt.DecidedBy is { } decidedBy)
        {
            stored.DecidedBy = decidedBy;
        }

        return stored;
    }

    private static Attempt ToAttempt(PaymentId id, StoredAttempt stored) => new(
        stored.No,
        ChannelId.Unchecked(stored.Channel),
        stored.HasOrderNo ? stored.OrderNo : id.AttemptOrderNo(stored.No),
        stored.State.ToKnown<AttemptState>(),
        OutcomeCodec.ToOutcome(stored.Outcome),
        stored.StartedAt.ToTime(),
        stored.HasEndedAt ? stored.EndedAt.ToTime() : null,
        stored.SendBefore.ToTime(),
        ReasonsCodec.ToReasons(stored.Reasons),
        stored.Claim is { } claim ? OutcomeCodec.ToOutcome(claim) : null)
    {
        DecidedBy = stored.HasDecidedBy ? stored.DecidedBy : null,
        Target = TargetCodec.ToTarget(stored.Target),
        First = OutcomeCodec.OrNull(stored.First),
        UnknownFor = TimeSpan.FromSeconds(stored.UnknownSeconds),
    };

    private static StoredCase ToStored(PaymentCase @case)
    {
        var stored = new StoredCase
        {
            Reason = (int)@case.Reason,
            AttemptNo = @case.AttemptNo,
            Evidence = @case.Evidence,
            OpenedAt = @case.OpenedAt.ToStored(),
            Told = OutcomeCodec.OrNull(@case.Told),
            Against = OutcomeCodec.OrNull(@case.Against),
        };
        if (@case.DecidedBy is { } decidedBy)
        {
            stored.DecidedBy = decidedBy;
        }

        return stored;
    }

    private static PaymentCase ToCase(StoredCase stored) =>
        new(stored.Reason.ToKnown<CaseReason>(), stored.AttemptNo, stored.Evidence, stored.OpenedAt.ToTime())
        {
            DecidedBy = stored.HasDecidedBy ? stored.DecidedBy : null,
            Told = OutcomeCodec.OrNull(stored.Told),
            Against = OutcomeCodec.OrNull(stored.Against),
        };
}
