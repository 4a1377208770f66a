namespace RouterCluster.Api;

/// <summary>
/// What a person did, when and why; <paramref name="Channel"/> is null when no channel was changed,
/// <paramref name="Payment"/> when it was not about one payment. A proposal that expires is the router's doing.
/// </summary>
public sealed record AuditBody(
    DateTimeOffset At, string By, string What, string? Reason, string? Channel, string? Payment = null, string? Evidence = null);
