using System.Text.Json.Serialization;
using RouterCluster.Api;

namespace RouterCluster.Cli.Tail;

/// <summary>Channels that changed; all of them where <paramref name="Full"/>.</summary>
internal sealed record TailChannelsBody(bool Full, IReadOnlyList<ChannelBody> Items);

internal sealed record TailStorageBody(bool Away);

internal sealed record TailBeatBody(DateTimeOffset At);

/// <summary>How often what was learnt of a channel's attempts; counts of another run begin anew.</summary>
internal sealed record TailOutcomesBody(string Channel, string Run, IReadOnlyList<TailOutcomeBody> Items);

/// <param name="Payment">The last one.</param>
internal sealed record TailOutcomeBody(string Class, string Code, long Count, string Payment);

/// <summary>One line of <c>tail --json</c>.</summary>
internal sealed record TailLineBody(DateTimeOffset At, string Kind, string? Channel, string What)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Class { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(UtcMillisecondsConverter)],
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TailChannelsBody))]
[JsonSerializable(typeof(TailStorageBody))]
[JsonSerializable(typeof(TailOutcomesBody))]
[JsonSerializable(typeof(TailBeatBody))]
[JsonSerializable(typeof(TailLineBody))]
internal sealed partial class TailJson : JsonSerializerContext;
