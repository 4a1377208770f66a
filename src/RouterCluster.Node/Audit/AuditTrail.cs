using System.Data.Common;
using System.Globalization;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Audit;

/// <summary>
/// People's actions on payments, for lists. The payments' own events are authoritative; rows are written in the payment's
/// transaction and never change.
/// </summary>
public sealed class AuditTrail(RouterDatabase database)
{
    private const string Columns = "id, at, by_name, what, reason, evidence, payment";

    internal const string Between =
        $"select {Columns} from audit where id >= @from and id < @to order by id limit @limit";

    /// <summary>Newest first.</summary>
    /// <param name="before">The last one of the page before; null for the first page.</param>
    public Task<IReadOnlyList<AuditEntry>> ListAsync(int limit, AuditPoint? before, CancellationToken cancellation) =>
        database.QueryAsync(
            $"""
            select {Columns} from audit where at < @at or (at = @at and id < @id)
            order by at desc, id desc limit @limit
            """,
            Read,
            cancellation,
            ("at", before?.At.ToStored() ?? long.MaxValue), ("id", before?.Id ?? ""), ("limit", limit));

    /// <summary>Actions that are not about a single payment, newest first.</summary>
    /// <param name="before">Not this one, and none that comes before it in the list.</param>
    public Task<IReadOnlyList<AuditEntry>> OfNoPaymentAsync(
        DateTimeOffset since, AuditPoint before, int limit, CancellationToken cancellation) => database.QueryAsync(
        $"""
        select {Columns} from audit
        where payment is null and at >= @since and at <= @at and (at < @at or id < @id)
        order by at desc, id desc limit @limit
        """,
        Read, cancellation,
        ("since", since.ToStored()), ("at", before.At.ToStored()), ("id", before.Id), ("limit", limit));

    /// <summary>
    /// Actions on a payment and on its webhooks have ids that begin with theirs; those of proposals go on with a digit.
    /// </summary>
    public async Task<IReadOnlyList<AuditEntry>> OfPaymentAsync(
        PaymentId payment, int limit, CancellationToken cancellation)
    {
        var found = new List<AuditEntry>();
        foreach (var (from, to) in new[] { ($"{payment}/a", $"{payment}/{{"), NotificationId.RangeOf(payment) })
        {
            found.AddRange(await database.QueryAsync(
                Between, Read, cancellation, ("from", from), ("to", to), ("limit", limit)).ConfigureAwait(false));
        }

        return [.. found.OrderBy(entry => entry.At).Take(limit)];
    }

    public Task AddAsync(AuditEntry entry, CancellationToken cancellation) => database.WriteAsync(
        async connection =>
        {
            await database.Dialect.UpsertAsync(connection, AuditRow.Table, [new AuditRow(entry, 1)], cancellation);
            return true;
        },
        cancellation);

    private static AuditEntry Read(DbDataReader row) => new(
        row.GetString(0), row.GetInt64(1).ToTime(), row.GetString(2), row.GetString(3),
        row.IsDBNull(4) ? null : row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5),
        row.IsDBNull(6) ? null : row.GetString(6));

    internal static string Statements(SqlDialect dialect) => $"""
        {AuditRow.Table.CreateStatement(dialect)};
        create index if not exists audit_newest on audit (at desc, id desc)
        """;
}

public sealed record AuditPoint(DateTimeOffset At, string Id);

/// <param name="By">A person's name, or the router's when a proposal expired.</param>
/// <param name="Payment">Null for an action on a whole list of payments.</param>
public sealed record AuditEntry(
    string Id, DateTimeOffset At, string By, string What, string? Reason, string? Evidence, string? Payment);

internal sealed record AuditRow(AuditEntry Entry, long Version)
{
    private const string Router = "router";

    public static readonly SqlTable<AuditRow> Table = new(
        "audit",
        [
            new("id", SqlType.Text, row => row.Entry.Id),
            new("at", SqlType.Number, row => row.Entry.At.ToStored()),
            new("by_name", SqlType.Text, row => row.Entry.By),
            new("what", SqlType.Text, row => row.Entry.What),
            new("reason", SqlType.Text, row => row.Entry.Reason),
            new("evidence", SqlType.Text, row => row.Entry.Evidence),
            new("payment", SqlType.Text, row => row.Entry.Payment),
            new("version", SqlType.Number, row => row.Version),
        ],
        Version: "version");

    public static IEnumerable<AuditRow> Of(Payment payment, long version)
    {
        foreach (var proposal in payment.Proposals)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{payment.Id}/{proposal.No:D2}");
            var subject = string.Create(
                CultureInfo.InvariantCulture, $"{proposal.Outcome.Name()} (proposal {proposal.No}{OfBulk(proposal)})");
            yield return new AuditRow(
                new AuditEntry(
                    $"{id}/1", proposal.At, proposal.By.Name, $"proposed {subject}", proposal.Reason, proposal.Evidence,
                    payment.Id.Value),
                version);
            if (proposal.Settled is { } settled)
            {
                yield return new AuditRow(
                    new AuditEntry(
                        $"{id}/2", settled.At, settled.By?.Name ?? Router, $"{proposal.State.Name()} {subject}", settled.Reason,
                        null, payment.Id.Value),
                    version);
            }
        }
    }

    public static IEnumerable<AuditRow> Of(BulkProposal bulk)
    {
        var subject = string.Create(
            CultureInfo.InvariantCulture, $"{bulk.Outcome.Name()} of {bulk.Count} payments ({bulk.Id})");
        yield return new AuditRow(
            new AuditEntry($"{bulk.Id}/1", bulk.At, bulk.By.Name, $"proposed {subject}", bulk.Reason, bulk.Evidence, null), 1);
        if (bulk.Settled is { } settled)
        {
            yield return new AuditRow(
                new AuditEntry(
                    $"{bulk.Id}/2", settled.At, settled.By?.Name ?? Router, $"{bulk.State.Name()} {subject}", settled.Reason,
                    null, null),
                1);
        }
    }

    private static string OfBulk(Proposal proposal) => proposal.Bulk is { } bulk ? $" of {bulk}" : "";
}
