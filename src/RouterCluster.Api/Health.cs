using System.Text.Json.Serialization;

namespace RouterCluster.Api;

/// <summary>A probe's answer: <c>ok</c> with HTTP 200 or <c>unavailable</c> with 503.</summary>
public sealed record HealthBody(string Status, IReadOnlyList<HealthCheckBody> Checks)
{
    /// <summary>
    /// Of readiness: <c>ok</c>, or <c>degraded</c> while Redis takes no live counters; the node is no less ready then.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Counters { get; init; }
}

/// <summary>One check; <paramref name="Detail"/> describes its fault.</summary>
public sealed record HealthCheckBody(string Name, string Status, string? Detail);
