using System.Globalization;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Benchmarks.Operator;

/// <summary>
/// Operators' actions: they have had a channel asked about one payment in twenty, and two hundred times less often about all that
/// was unknown there.
/// </summary>
internal static class AuditFill
{
    private const int PaymentsOfAsk = 20;
    private const int AsksOfChannel = 200;
    private const string By = "alice";

    public static Task WriteAsync(RouterDatabase database, IReadOnlyList<PastPayment> payments)
    {
        var asked = payments.Where((_, index) => index % PaymentsOfAsk == 0).Select(past => past.Payment).ToList();
        var rows = asked.Select(OfPayment).Concat(asked.Where((_, index) => index % AsksOfChannel == 0).Select(OfChannel));
        return database.WriteAsync(
            async connection =>
            {
                await database.Dialect.UpsertAsync(
                    connection, AuditRow.Table, [.. rows.Select(entry => new AuditRow(entry, 1))], CancellationToken.None);
                return true;
            },
            CancellationToken.None);
    }

    private static AuditEntry OfPayment(Payment payment)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{payment.Id}/ask/{payment.UpdatedAt.ToStored()}/0HN1:00000001");
        return new AuditEntry(
            id, payment.UpdatedAt, By, $"asked {payment.Channel} about it", "the merchant has called", null, payment.Id.Value);
    }

    private static AuditEntry OfChannel(Payment payment)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"ask/{payment.UpdatedAt.ToStored()}/0HN1:00000002");
        var what = $"asked {payment.Channel} about 12 unknown payments at 25 per second";
        return new AuditEntry(id, payment.UpdatedAt, By, what, "it is back", null, null);
    }
}
