using System.Text.Json.Serialization;

namespace RouterCluster.Api;

/// <summary>
/// A channel with its two lanes. <paramref name="SuccessRate"/> (of the last 60 s, or the last known) is null before
/// anything was counted, <paramref name="Outage"/> while the router sees none, <paramref name="Closed"/> while the
/// channel may get payments, <paramref name="Changed"/> if no operator ever changed the channel, and <paramref
/// name="MaintenanceUntil"/>, which is then left out, without maintenance.
/// </summary>
public sealed record ChannelBody(
    string Id,
    bool Enabled,
    string Lifecycle,
    IReadOnlyList<string> Products,
    double Weight,
    LaneBody Submit,
    LaneBody Query,
    double? SuccessRate,
    double TrafficShare,
    OutageBody? Outage,
    ClosedBody? Closed,
    UnknownBody Unknown,
    ChangedBody? Changed,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? MaintenanceUntil = null)
{
    /// <summary>
    /// For how long the channel has sent nothing because no node owns it, or because its new owner waits until the calls of the
    /// last one have ended. Left out while an owner sends.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? NoOwnerSeconds { get; init; }

    /// <summary>The configured values, whether they or an operator's are in force.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ConfiguredBody? Configured { get; init; }

    /// <summary>Operators' values that are in force instead of the configured ones; null from an older node.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OverrideBody>? Overrides { get; init; }

    /// <summary>What operators have taken the channel out of traffic with; null from an older node.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SwitchBody>? Switches { get; init; }

    /// <summary>Parts of the channel that operators have switched off; null from an older node.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChannelExclusionBody>? Exclusions { get; init; }

    /// <summary>What ends by itself, the next one first; null from an older node.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<EndBody>? Ends { get; init; }
}

/// <summary>
/// <paramref name="What"/> is <c>lifecycle</c>, with <c>disabled</c> or <c>draining</c>, or <c>isolated</c>, with <c>on</c>;
/// person and time are null for a change older than its record.
/// </summary>
public sealed record SwitchBody(string What, string Value, string? By, DateTimeOffset? Since);

/// <summary>
/// Payments that get no new orders at the channel: those that have all of what is not null. Amounts are whole minor units,
/// inclusive; <paramref name="EndsAt"/> is null where nothing ends it but an operator.
/// </summary>
public sealed record ChannelExclusionBody(
    int No, string? Bank, string? Product, string? Merchant, long? MinAmount, long? MaxAmount, string Reason, string By,
    DateTimeOffset Since, DateTimeOffset? EndsAt);

/// <summary>
/// An operator's change that ends by itself. <paramref name="What"/> is <c>lifecycle</c>, <c>isolated</c> or a setting such as
/// <c>weight</c>; <paramref name="Value"/> is in force until <paramref name="At"/> and <paramref name="Then"/> after it, both as
/// people write them.
/// </summary>
public sealed record EndBody(string What, string Value, DateTimeOffset At, string Then, string By, DateTimeOffset Since);

public sealed record ConfiguredBody(ConfiguredLaneBody Submit, ConfiguredLaneBody Query, double Weight);

public sealed record ConfiguredLaneBody(int Concurrency, double RatePerSecond);

/// <summary>
/// An operator's value that is in force instead of the configured one. <paramref name="What"/> is the setting, such as
/// <c>submit.concurrency</c>; person and time are null for overrides older than their record.
/// </summary>
public sealed record OverrideBody(string What, double Value, double Configured, string? By, DateTimeOffset? Since);

/// <summary>The budget is the concurrency allowed now; latencies are whole milliseconds.</summary>
public sealed record LaneBody(
    string Breaker,
    int InFlight,
    int Budget,
    int Queue,
    double RatePerSecond,
    long P50Ms,
    long P99Ms);

/// <summary>An outage in the router's view: <c>suspected</c> or <c>down</c>.</summary>
public sealed record OutageBody(string Level, DateTimeOffset Since);

/// <summary>
/// Why the channel gets no payments: <c>maintenance</c>, <c>throttled</c> or <c>lifecycle</c>; <paramref name="Until"/>
/// is null when the end is not known.
/// </summary>
public sealed record ClosedBody(DateTimeOffset? Until, string Why);

/// <summary>Payments at a channel without a known outcome; the amount is whole minor units.</summary>
public sealed record UnknownBody(long Count, long Amount, long OldestSeconds)
{
    /// <summary>Null when the channel takes several currencies, whose amounts have no sum.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Currency { get; init; }
}

public sealed record ChangedBody(DateTimeOffset At, string By, string What, string? Reason);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ChannelChangeRequest(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? For = null);

/// <summary>At least one of bank, product, merchant and amounts; nulls are not written.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ExclusionRequest(
    string Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Bank = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Product = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Merchant = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? MinAmount = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? MaxAmount = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? For = null);

/// <summary>A null leaves the setting unchanged and is not written.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ChannelPatchRequest(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] LanePatchRequest? Submit = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] LanePatchRequest? Query = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Weight = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Isolated = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? For = null);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record LanePatchRequest(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Concurrency = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? RatePerSecond = null);
