using System.Text.Json.Serialization;

namespace RouterCluster.Api;

/// <summary>Amounts are whole minor units; <paramref name="Metadata"/> is the merchant's, as it was sent.</summary>
public sealed record PaymentBody(
    string Id,
    string OrderNo,
    string Merchant,
    string Product,
    long Amount,
    string Currency,
    PaymentAccountBody Account,
    string State,
    string? Channel,
    FailureBody? Failure,
    IReadOnlyList<AttemptBody> Attempts,
    IReadOnlyDictionary<string, string> Metadata,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

/// <summary><paramref name="Number"/> is masked before it gets here.</summary>
public sealed record PaymentAccountBody(string Number, string? Bank);

/// <summary>Channel and code are null when the failure did not come from a channel.</summary>
public sealed record CancelRequest(string Reason);

public sealed record FailureBody(string Class, string? Code, string? Channel, string? Message);

/// <summary>
/// <paramref name="OrderNo"/> is the router's order number, <paramref name="ChannelOrderNo"/> the channel's reference;
/// code and end are null while no outcome is known.
/// </summary>
public sealed record AttemptBody(
    int No,
    string Channel,
    string OrderNo,
    string? ChannelOrderNo,
    string State,
    string? Class,
    string? Code,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt)
{
    /// <summary>The first outcome, if the last one differs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FirstOutcomeBody? First { get; init; }
}

public sealed record FirstOutcomeBody(string Class, string? Code);
