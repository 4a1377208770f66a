using System.Text.Json.Serialization;
using RouterCluster.Api;

namespace RouterCluster.Cli.Tail;

/// <summary>Channels that changed; all of them where <paramref name="Full"/>.</summary>
internal sealed record TailChannelsBody(bool Full, IReadOnlyList<ChannelBody> Items);

internal sealed record TailStorageBody(bool Away);

internal sealed record TailBeatBody(DateTimeOffset At);

/// <summary>One line of <c>tail --json</c>.</summary>
internal sealed record TailLineBody(DateTimeOffset At, string Kind, string? Channel, string What);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(UtcMillisecondsConverter)],
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TailChannelsBody))]
[JsonSerializable(typeof(TailStorageBody))]
[JsonSerializable(typeof(TailBeatBody))]
[JsonSerializable(typeof(TailLineBody))]
internal sealed partial class TailJson : JsonSerializerContext;
