using System.Text.Json.Serialization;

namespace RouterCluster.Api;

/// <summary>
/// A payment as merchants and operators see it. Amounts are whole minor units; <paramref name="Metadata"/> is the
/// merchant's own, as it was sent.
/// </summary>
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

/// <summary>What may be shown of an account; <paramref name="Number"/> is masked before it gets here.</summary>
public sealed record PaymentAccountBody(string Number, string? Bank);

/// <summary>Why no money moved. Channel and code are null when no channel said so.</summary>
public sealed record FailureBody(string Class, string? Code, string? Channel, string? Message);

/// <summary>
/// One try at one channel. <paramref name="OrderNo"/> is our number there, <paramref name="ChannelOrderNo"/> the
/// channel's own; code and end are null while nothing is known.
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
    /// <summary>What was first told of it, where that was something else: where it went wrong.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FirstOutcomeBody? First { get; init; }
}

/// <summary>Class and code of an attempt's first outcome.</summary>
public sealed record FirstOutcomeBody(string Class, string? Code);
