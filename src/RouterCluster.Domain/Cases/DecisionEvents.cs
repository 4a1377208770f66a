using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Cases;

/// <summary>A person's act on a payment. The payment's new state follows as an event of its own.</summary>
public abstract record DecisionEvent(DateTimeOffset At) : PaymentEvent(At);

public sealed record DecisionProposed(
    DateTimeOffset At, int No, ProposedOutcome Outcome, int AttemptNo, Person By, string Reason, string Evidence,
    DateTimeOffset ExpiresAt, string Digest, string? Bulk) : DecisionEvent(At);

public sealed record DecisionApproved(DateTimeOffset At, int No, Person By, string? Reason = null) : DecisionEvent(At);

public sealed record DecisionRejected(DateTimeOffset At, int No, Person By, string Reason) : DecisionEvent(At);

public sealed record DecisionExpired(DateTimeOffset At, int No) : DecisionEvent(At);
