namespace RouterCluster.Api;

/// <summary>The answer of a probe: <c>ok</c> with HTTP 200 or <c>unavailable</c> with 503.</summary>
public sealed record HealthBody(string Status, IReadOnlyList<HealthCheckBody> Checks);

/// <summary>One thing that was looked at; <paramref name="Detail"/> says what is wrong with it.</summary>
public sealed record HealthCheckBody(string Name, string Status, string? Detail);
