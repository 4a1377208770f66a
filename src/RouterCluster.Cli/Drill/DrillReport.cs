using System.Text.Json;
using System.Text.Json.Serialization;
using RouterCluster.Api;

namespace RouterCluster.Cli.Drill;

/// <summary>
/// One line of the time line. <paramref name="By"/> is <c>drill</c>, <c>router</c>, <c>alerts</c> or <c>operator</c>; <paramref
/// name="AfterSeconds"/> counts from the drill's beginning.
/// </summary>
internal sealed record DrillEntry(DateTimeOffset At, double AfterSeconds, string By, string? Channel, string What);

/// <param name="Accepted">Answered with 2xx.</param>
/// <param name="Refused">Answered otherwise, or not at all.</param>
internal sealed record DrillPayments(int Accepted, int Refused);

/// <summary>Most that was unknown at one moment, over all channels; the amount is whole minor units.</summary>
internal sealed record DrillUnknown(long Count, long Amount);

/// <param name="Missed">Steps whose effect did not come in time; empty after a drill that went as it should.</param>
internal sealed record DrillReport(
    DateTimeOffset StartedAt, double Seconds, bool Interrupted, DrillPayments Payments, DrillUnknown MostUnknown,
    IReadOnlyList<string> Missed, IReadOnlyList<DrillEntry> Items);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcMillisecondsConverter)])]
[JsonSerializable(typeof(DrillReport))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class DrillJson : JsonSerializerContext;
