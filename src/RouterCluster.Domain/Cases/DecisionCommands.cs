using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Cases;

/// <summary>What people ask of a payment that they have to decide.</summary>
public abstract record DecisionCommand(DateTimeOffset At) : PaymentCommand(At);

public sealed record ProposeDecision(
    DateTimeOffset At, Person By, ProposedOutcome Outcome, string Reason, string Evidence, TimeSpan ExpiresAfter)
    : DecisionCommand(At);

/// <param name="Digest">The proposal's, as the approver was shown it; null: whatever has this number.</param>
public sealed record ApproveDecision(DateTimeOffset At, int No, Person By, string? Digest) : DecisionCommand(At);

public sealed record RejectDecision(DateTimeOffset At, int No, Person By, string? Reason) : DecisionCommand(At);

/// <summary>Ends the proposals whose time is over.</summary>
public sealed record ExpireDecisions(DateTimeOffset At) : DecisionCommand(At);

/// <summary>One payment of a list that two people have decided as a whole.</summary>
/// <param name="Content">What <see cref="ContentDigest"/> gave when the list was frozen.</param>
public sealed record DecideInBulk(
    DateTimeOffset At, string Bulk, ProposedOutcome Outcome, string Reason, string Evidence, Person Proposer, Person Approver,
    string Content) : DecisionCommand(At);
