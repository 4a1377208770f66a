namespace RouterCluster.Domain.Payments;

/// <param name="TokenMark">A digest of the operator's token: a renamed operator is still the same person.</param>
public sealed record Person(string Name, string TokenMark)
{
    public bool IsSameAs(Person other) =>
        string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase) || TokenMark == other.TokenMark;
}

/// <param name="AttemptNo">The attempt that moved the money, for a proposed success; else 0.</param>
/// <param name="Digest">Frozen over the payment as the proposer saw it and over the proposal itself.</param>
/// <param name="Bulk">The list that the payment was decided with; null if it was decided alone.</param>
public sealed record Proposal(
    int No, ProposedOutcome Outcome, int AttemptNo, Person By, string Reason, string Evidence, DateTimeOffset At,
    DateTimeOffset ExpiresAt, string Digest, string? Bulk, ProposalState State, Settlement? Settled)
{
    public bool IsPending => State == ProposalState.Pending;
}

public sealed record Settlement(DateTimeOffset At, Person? By, string? Reason);

/// <summary>The numbers are stored: never re-used.</summary>
public enum ProposedOutcome
{
    Succeeded = 1,
    Failed = 2,

    KeepAsking = 3,

    Release = 4,
}

/// <summary>The numbers are stored: never re-used.</summary>
public enum ProposalState
{
    Pending = 1,
    Approved = 2,
    Rejected = 3,
    Expired = 4,
}
