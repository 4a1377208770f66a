namespace RouterCluster.Api;

/// <summary>
/// An action in the audit trail; <paramref name="Channel"/> is null when no channel was changed, <paramref
/// name="Payment"/> when it was not about one payment. The router itself lets proposals expire.
/// </summary>
public sealed record AuditBody(
    DateTimeOffset At, string By, string What, string? Reason, string? Channel, string? Payment = null, string? Evidence = null);
