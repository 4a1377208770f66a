namespace RouterCluster.Api;

/// <summary>An active alert; <paramref name="Channel"/> is null when it is about the node or the cluster.</summary>
public sealed record AlertBody(
    string Id,
    string Rule,
    string Severity,
    string? Channel,
    string Message,
    DateTimeOffset Since);
