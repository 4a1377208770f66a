namespace RouterCluster.Api;

/// <summary>What a person did, when and why; <paramref name="Channel"/> is null when no channel was changed.</summary>
public sealed record AuditBody(DateTimeOffset At, string By, string What, string? Reason, string? Channel);
