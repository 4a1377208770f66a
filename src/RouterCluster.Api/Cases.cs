using System.Text.Json.Serialization;

namespace RouterCluster.Api;

/// <summary>A payment that people must look at; the id is the payment's.</summary>
public sealed record CaseBody(
    string Id,
    PaymentBody Payment,
    IReadOnlyList<CaseReasonBody> Reasons,
    IReadOnlyList<ProposalBody> Proposals);

/// <summary>
/// A reason for the case. <paramref name="DecidedBy"/> is the proposal that closed it; null in a closed reason means that
/// evidence did.
/// </summary>
public sealed record CaseReasonBody(
    string Reason,
    int Attempt,
    string Evidence,
    DateTimeOffset OpenedAt,
    bool Open,
    int? DecidedBy);

/// <summary>
/// One person's proposal. The approver sends the <paramref name="Digest"/>, which stands for the proposal and the payment
/// as it was; <paramref name="Current"/> is false once the payment has changed. For a proposed success, <paramref
/// name="Attempt"/> is the attempt that moved the money.
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

/// <summary>How a proposal ended; an expired one has no person.</summary>
public sealed record SettlementBody(DateTimeOffset At, string? By, string? Reason);

/// <summary>The outcome is <c>succeeded</c>, <c>failed</c>, <c>keep_asking</c> or <c>release</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ProposalRequest(string Outcome, string Reason, string Evidence);

/// <summary>The digest is required for a list and optional for a single proposal; the reason is optional for both.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ApprovalRequest(
    string? Digest = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null);

/// <summary>The reason is required for a list and optional for a single proposal.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RejectionRequest(string? Reason = null);
