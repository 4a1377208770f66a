using System.Text.Json.Serialization;

namespace RouterCluster.Api;

/// <summary>
/// A frozen list of payments that people decide as a whole, with the sum of its amounts. The approver sends the <paramref
/// name="Digest"/>.
/// </summary>
public sealed record BulkBody(
    string Id,
    CaseFilterBody Filter,
    string Outcome,
    string By,
    string Reason,
    string Evidence,
    DateTimeOffset At,
    DateTimeOffset ExpiresAt,
    int Count,
    long Amount,
    string Currency,
    string Digest,
    string State,
    SettlementBody? Settled,
    BulkProgressBody Progress);

public sealed record BulkProgressBody(int Waiting, int Decided, int Refused);

/// <summary>One payment of a list; <paramref name="Refusal"/> is the code of the refusal by its book.</summary>
public sealed record BulkItemBody(int No, string Payment, long Amount, string State, string? Refusal)
{
    /// <summary>Null from an older node.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Currency { get; init; }
}

/// <summary>A null does not narrow. <paramref name="OlderThan"/> is seconds since the payments were accepted.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CaseFilterBody(
    string? Channel = null,
    string? Merchant = null,
    string? Reason = null,
    long? OlderThan = null,
    string? Product = null,
    long? MaxAmount = null);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BulkProposalRequest(CaseFilterBody Filter, string Outcome, string Reason, string Evidence);
