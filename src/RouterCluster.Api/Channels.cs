using System.Text.Json.Serialization;

namespace RouterCluster.Api;

/// <summary>
/// A channel with its two lanes. <paramref name="SuccessRate"/> (of the last 60 s, or the last one there was) is null before
/// anything was counted, <paramref name="Outage"/> while the router sees none, <paramref name="Closed"/> while the channel may
/// get payments, <paramref name="Changed"/> when no operator ever changed the channel,
/// <paramref name="MaintenanceUntil"/>, which is left out then, when its company does not work on its systems.
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
    /// <summary>What the configuration says, whether it is in force or an operator's value is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ConfiguredBody? Configured { get; init; }

    /// <summary>Operators' values that are in force instead of the configured ones; null from an older node.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OverrideBody>? Overrides { get; init; }
}

/// <summary>The settings that operators can override, as the configuration has them.</summary>
public sealed record ConfiguredBody(ConfiguredLaneBody Submit, ConfiguredLaneBody Query, double Weight);

public sealed record ConfiguredLaneBody(int Concurrency, double RatePerSecond);

/// <summary>
/// An operator's value that is in force instead of the configured one. <paramref name="What"/> is the setting, such as
/// <c>submit.concurrency</c>; who and since when are null for one of before they were kept.
/// </summary>
public sealed record OverrideBody(string What, double Value, double Configured, string? By, DateTimeOffset? Since);

/// <summary>A lane: budget is the concurrency allowed now, the latencies are whole milliseconds.</summary>
public sealed record LaneBody(
    string Breaker,
    int InFlight,
    int Budget,
    int Queue,
    double RatePerSecond,
    long P50Ms,
    long P99Ms);

/// <summary>An outage as the router sees it: <c>suspected</c> or <c>down</c>, until the channel is well.</summary>
public sealed record OutageBody(string Level, DateTimeOffset Since);

/// <summary>
/// Why the channel gets no payments: <c>maintenance</c>, <c>throttled</c> or <c>lifecycle</c>; <paramref name="Until"/> is null
/// where nobody knows.
/// </summary>
public sealed record ClosedBody(DateTimeOffset? Until, string Why);

/// <summary>Payments at a channel whose result is not known; the amount is whole minor units.</summary>
public sealed record UnknownBody(long Count, long Amount, long OldestSeconds)
{
    /// <summary>Of the amount; null where the channel takes several currencies, which have no sum.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Currency { get; init; }
}

/// <summary>The last change an operator made.</summary>
public sealed record ChangedBody(DateTimeOffset At, string By, string What, string? Reason);

/// <summary>The body of enable, disable and drain.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ChannelChangeRequest(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null);

/// <summary>The settings to change; what is null stays as it is and is not written.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ChannelPatchRequest(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] LanePatchRequest? Submit = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] LanePatchRequest? Query = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Weight = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Isolated = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null);

/// <summary>The settings of one lane to change.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record LanePatchRequest(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Concurrency = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? RatePerSecond = null);
