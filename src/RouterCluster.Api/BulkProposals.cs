using System.Text.Json.Serialization;

namespace RouterCluster.Api;

/// <summary>
/// A frozen list of payments that people decide as a whole. Who approves sends the <paramref name="Digest"/>. The amount
/// is the sum of the list; progress says what has become of its payments since it was approved.
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

/// <summary>One payment of a list; <paramref name="Refusal"/> is the code why it was not decided with the others.</summary>
public sealed record BulkItemBody(int No, string Payment, long Amount, string State, string? Refusal)
{
    /// <summary>Null from an older node.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Currency { get; init; }
}

/// <summary>
/// Which payments; what is null does not narrow. <paramref name="OlderThan"/> is seconds since they were accepted.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CaseFilterBody(
    string? Channel = null,
    string? Merchant = null,
    string? Reason = null,
    long? OlderThan = null,
    string? Product = null,
    long? MaxAmount = null);

/// <summary>The body of a bulk proposal.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BulkProposalRequest(CaseFilterBody Filter, string Outcome, string Reason, string Evidence);
