using System.Text.Json.Serialization;

namespace RouterCluster.Api;

/// <summary>A payment that people have to look at, with everything that they decide upon; the id is the payment's.</summary>
public sealed record CaseBody(
    string Id,
    PaymentBody Payment,
    IReadOnlyList<CaseReasonBody> Reasons,
    IReadOnlyList<ProposalBody> Proposals);

/// <summary>
/// Why people have to look. <paramref name="DecidedBy"/> is the proposal that closed it; one that is not open without it
/// was answered by evidence.
/// </summary>
public sealed record CaseReasonBody(
    string Reason,
    int Attempt,
    string Evidence,
    DateTimeOffset OpenedAt,
    bool Open,
    int? DecidedBy);

/// <summary>
/// What one person wants to become of the payment. Who approves sends the <paramref name="Digest"/>: it stands for this
/// proposal and the payment as it was. <paramref name="Current"/> is false once the payment is no longer that.
/// <paramref name="Attempt"/> is the one that moved the money, of a proposed success.
/// </summary>
public sealed record ProposalBody(
    int No,
    string Outcome,
    int? Attempt,
    string By,
    string Reason,
    string Evidence,
    DateTimeOffset At,
    DateTimeOffset ExpiresAt,
    string Digest,
    string State,
    bool Current,
    string? Bulk,
    SettlementBody? Settled);

/// <summary>How a proposal ended; nobody settles one that expires.</summary>
public sealed record SettlementBody(DateTimeOffset At, string? By, string? Reason);

/// <summary>The body of a proposal: <c>succeeded</c>, <c>failed</c>, <c>keep_asking</c> or <c>release</c>, and why.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ProposalRequest(string Outcome, string Reason, string Evidence);

/// <summary>The body of an approval: the digest of what was seen, which a list needs and a single proposal does not.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ApprovalRequest(string? Digest = null);

/// <summary>The body of a rejection; a list needs the reason, a single proposal does not.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RejectionRequest(string? Reason = null);
