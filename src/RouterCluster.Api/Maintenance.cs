using System.Text.Json.Serialization;

namespace RouterCluster.Api;

/// <summary>
/// Times at which a channel gets no new payments: of one bank, or of all where <paramref name="Bank"/> is null.
/// <paramref name="Source"/> is <c>configured</c>, <c>announced</c> (by the company's own answers) or <c>operator</c>; only the
/// last has an <paramref name="Id"/>, a reason, and who planned it when. <paramref name="From"/> and <paramref name="Until"/> are
/// local times of <paramref name="TimeZone"/>: times of day where there are <paramref name="Days"/>, of which <c>*</c> is every
/// one, and with a date where there are none; null for what was announced, of which only the end is known. <paramref
/// name="StartsAt"/> and <paramref name="EndsAt"/> say when it is open next, or now where <paramref name="Open"/> says so.
/// </summary>
public sealed record MaintenanceBody(
    string? Id, string Channel, string? Bank, string Source, string? From, string? Until, IReadOnlyList<string> Days,
    string? TimeZone, bool Open, DateTimeOffset? StartsAt, DateTimeOffset EndsAt, string? Reason, string? By,
    DateTimeOffset? Since);

/// <summary>Local times: with a date, or times of day together with days. Nulls are not written.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MaintenanceRequest(
    string Channel, string From, string Until, string Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Days = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TimeZone = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Bank = null);

/// <summary>
/// When no channel takes the merchant's payments of <paramref name="Product"/>, because of maintenance: of one bank, or where
/// <paramref name="Bank"/> is null of all but those in <paramref name="Except"/>. <paramref name="StartsAt"/> is null for one
/// that has begun, <paramref name="EndsAt"/> where no end within the next seven days is known.
/// </summary>
public sealed record DowntimeBody(
    string Product, string? Bank, IReadOnlyList<string> Except, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt);
