namespace RouterCluster.Api;

/// <summary>A probe's answer: <c>ok</c> with HTTP 200 or <c>unavailable</c> with 503.</summary>
public sealed record HealthBody(string Status, IReadOnlyList<HealthCheckBody> Checks);

/// <summary>One check; <paramref name="Detail"/> describes its fault.</summary>
public sealed record HealthCheckBody(string Name, string Status, string? Detail);
