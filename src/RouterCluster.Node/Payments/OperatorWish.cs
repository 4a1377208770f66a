using System.Globalization;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Payments;

/// <summary>An operator's wish about payments: what is not on record does not happen.</summary>
/// <param name="Payment">Null: it is about several.</param>
internal sealed record OperatorWish(string Verb, string By, string What, string? Reason, string? Payment)
{
    /// <summary>To be awaited before anything is done.</summary>
    public Task RecordAsync(IAuditLog audit, DateTimeOffset now, HttpContext context)
    {
        var subject = Payment is null ? Verb : $"{Payment}/{Verb}";
        var id = string.Create(CultureInfo.InvariantCulture, $"{subject}/{now.ToStored()}/{context.TraceIdentifier}");
        return audit.AddAsync(new AuditEntry(id, now, By, What, Reason, null, Payment), context.RequestAborted);
    }
}
