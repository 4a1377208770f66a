using System.Text.Json.Serialization;

namespace RouterCluster.Node.Console;

/// <summary>Who is signed in where; <paramref name="Operator"/> is null for nobody.</summary>
internal sealed record SessionBody(string Mode, string Environment, OperatorBody? Operator);

internal sealed record OperatorBody(string Name, IReadOnlyList<string> Roles);

/// <param name="Rates">Of each channel, the oldest first; null where nothing was counted.</param>
internal sealed record HistoryBody(int EverySeconds, int Points, IReadOnlyDictionary<string, IReadOnlyList<double?>> Rates);

/// <summary>Sent while nothing changes, so that a page can tell quiet from cut off.</summary>
internal sealed record BeatBody(DateTimeOffset At);

/// <param name="IsAway">Alerts, cases and audit are as they were before the storage went away.</param>
internal sealed record StorageBody([property: JsonPropertyName("away")] bool IsAway);

/// <summary>How often what was learnt of a channel's attempts, since this run of the node, while somebody looked.</summary>
/// <param name="Run">Counts of another run begin anew.</param>
internal sealed record OutcomesBody(string Channel, string Run, IReadOnlyList<OutcomeCountBody> Items);

/// <param name="Payment">The last one.</param>
internal sealed record OutcomeCountBody(string Class, string Code, long Count, string Payment);

/// <summary>Bodies that nobody but the console's page and routerctl tail read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(Api.UtcMillisecondsConverter)])]
[JsonSerializable(typeof(SessionBody))]
[JsonSerializable(typeof(HistoryBody))]
[JsonSerializable(typeof(BeatBody))]
[JsonSerializable(typeof(StorageBody))]
[JsonSerializable(typeof(OutcomesBody))]
internal sealed partial class ConsoleJson : JsonSerializerContext;
