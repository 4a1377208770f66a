namespace RouterCluster.Api;

/// <summary>A payment that people have to look at.</summary>
public sealed record CaseBody(
    string Id,
    string Payment,
    string Merchant,
    string Reason,
    string? Evidence,
    DateTimeOffset OpenedAt);
