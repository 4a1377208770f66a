using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Cases;

public abstract record DecisionCommand(DateTimeOffset At) : PaymentCommand(At);

public sealed record ProposeDecision(
    DateTimeOffset At, Person By, ProposedOutcome Outcome, string Reason, string Evidence, TimeSpan ExpiresAfter)
    : DecisionCommand(At);

/// <param name="Digest">As the approver was shown it; null: whatever has this number.</param>
public sealed record ApproveDecision(DateTimeOffset At, int No, Person By, string? Digest, string? Reason = null)
    : DecisionCommand(At);

public sealed record RejectDecision(DateTimeOffset At, int No, Person By, string? Reason) : DecisionCommand(At);

public sealed record ExpireDecisions(DateTimeOffset At) : DecisionCommand(At);

public sealed record DecideInBulk(
    DateTimeOffset At, string Bulk, ProposedOutcome Outcome, string Reason, string Evidence, Person Proposer, Person Approver,
    string Content) : DecisionCommand(At);
