using System.Text.Json.Serialization;

namespace RouterCluster.Api;

/// <summary>
/// Payments of which nobody knows how they ended. <paramref name="Complete"/> is false when there are more than are counted;
/// <paramref name="Asking"/> are the runs of questions that operators have begun on this node.
/// </summary>
public sealed record UnknownPaymentsBody(
    DateTimeOffset At, bool Complete, long Count, IReadOnlyList<UnknownItemBody> Items, IReadOnlyList<AskRunBody> Asking);

/// <summary>Those of one merchant at one channel in one currency; amounts are whole minor units.</summary>
public sealed record UnknownItemBody(
    string Channel, string Merchant, string Currency, long Count, long Amount, long OldestSeconds, UnknownAgesBody Ages);

/// <summary>By the time since the attempt began: less than a minute, than ten, than sixty, and longer.</summary>
public sealed record UnknownAgesBody(
    [property: JsonPropertyName("under_1m")] UnknownBandBody Under1m,
    [property: JsonPropertyName("under_10m")] UnknownBandBody Under10m,
    [property: JsonPropertyName("under_60m")] UnknownBandBody Under60m,
    UnknownBandBody Longer);

public sealed record UnknownBandBody(long Count, long Amount);

/// <summary>
/// Questions about a channel's unknown payments: of <paramref name="Count"/> so many are <paramref name="Done"/>, and of
/// these so many were <paramref name="Asked"/>; the rest had ended, or a question was on its way already.
/// </summary>
public sealed record AskRunBody(
    string Channel, double RatePerSecond, long Count, long Done, long Asked, string By, DateTimeOffset Since);

/// <summary><paramref name="Asked"/> is false when a question was on its way already: its answer is as good.</summary>
public sealed record AskedBody(string Payment, string Channel, string OrderNo, bool Asked);

public sealed record AskRequest(string? Reason);

/// <summary>Without a rate it is half of what the channel's query lane may do.</summary>
public sealed record AskUnknownRequest(string Channel, double? RatePerSecond, string? Reason);
