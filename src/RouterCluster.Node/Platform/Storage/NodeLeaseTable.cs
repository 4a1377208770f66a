using System.Data.Common;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>The statements on <c>node_lease</c>: one row for each run of a node.</summary>
internal static class NodeLeaseTable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    /// <summary>To be called with the schema locked.</summary>
    public static Task CreateAsync(DbConnection connection, SqlDialect dialect, CancellationToken cancellation)
    {
        var number = dialect.TypeName(SqlType.Number);
        return connection.ExecuteAsync(
            $"""
            create table if not exists node_lease (
              incarnation text primary key, owner text not null, address text not null, alone {number} not null,
              epoch {number} not null, beat {number} not null, lasts {number} not null, since {number} not null,
              renewed_at {number} not null, released {number} not null, fenced_by text not null, stamp text not null,
              joined {number} not null)
            """,
            cancellation);
    }

    /// <summary>To be called with the schema locked. Rows that nobody has renewed for a day go.</summary>
    public static async Task PrepareAsync(DbConnection connection, SqlDialect dialect, CancellationToken cancellation)
    {
        await CreateAsync(connection, dialect, cancellation);
        await connection.ExecuteAsync(
            $"delete from node_lease where renewed_at < {dialect.UnixMilliseconds} - @kept",
            cancellation, ("kept", (long)KeptFor.TotalMilliseconds));
    }

    public static Task<IReadOnlyList<NodeLeaseRow>> ReadAsync(DbConnection connection, CancellationToken cancellation) =>
        connection.QueryAsync(
            """
            select incarnation, owner, epoch, beat, lasts, since, address, alone, released, fenced_by, stamp,
              joined
            from node_lease order by epoch
            """,
            row => new NodeLeaseRow(
                row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3),
                TimeSpan.FromMilliseconds(row.GetInt64(4)), row.GetInt64(5).ToTime())
            {
                Address = row.GetString(6),
                IsAlone = row.GetInt64(7) != 0,
                IsReleased = row.GetInt64(8) != 0,
                IsFenced = row.GetString(9).Length > 0,
                Stamp = row.GetString(10),
                HasJoined = row.GetInt64(11) != 0,
            },
            cancellation);

    /// <summary>Runs of the last day at least, the newest first.</summary>
    public static Task<IReadOnlyList<NodeRun>> RunsAsync(DbConnection connection, int limit, CancellationToken cancellation) =>
        connection.QueryAsync(
            """
            select incarnation, owner, since, renewed_at, released, fenced_by from node_lease order by epoch desc limit @limit
            """,
            row => new NodeRun(row.GetString(0), row.GetString(1), row.GetInt64(2).ToTime(), row.GetInt64(3).ToTime())
            {
                IsReleased = row.GetInt64(4) != 0,
                FencedBy = row.GetString(5) is { Length: > 0 } by ? by : null,
            },
            cancellation, ("limit", limit));

    public static Task InsertAsync(
        DbConnection connection, SqlDialect dialect, NodeLeaseRow row, CancellationToken cancellation) =>
        connection.ExecuteAsync(
            $"""
            insert into node_lease (
              incarnation, owner, address, alone, epoch, beat, lasts, since, renewed_at, released, fenced_by,
              stamp, joined)
            values (
              @incarnation, @owner, @address, @alone, @epoch, @beat, @lasts, @since, {dialect.UnixMilliseconds}, 0, '',
              @stamp, 0)
            """,
            cancellation,
            ("incarnation", row.Incarnation), ("owner", row.Owner), ("address", row.Address),
            ("alone", row.IsAlone ? 1L : 0L), ("epoch", row.Epoch), ("beat", row.Beat),
            ("lasts", (long)row.Lasts.TotalMilliseconds), ("since", row.Since.ToStored()),
            ("stamp", row.Stamp));

    /// <param name="known">The last beat that is known to be stored: an older one comes from a restored backup.</param>
    public static async Task<bool> RenewAsync(
        DbConnection connection, SqlDialect dialect, NodeLeaseRow renewed, long known, CancellationToken cancellation) =>
        await connection.ExecuteAsync(
            $"""
            update node_lease set beat = @beat, joined = @joined, renewed_at = {dialect.UnixMilliseconds}
            where incarnation = @incarnation and released = 0 and fenced_by = '' and beat >= @known and beat < @beat
            """,
            cancellation, ("beat", renewed.Beat), ("joined", renewed.HasJoined ? 1L : 0L),
            ("incarnation", renewed.Incarnation), ("known", known)) == 1;

    public static Task ReleaseAsync(DbConnection connection, string incarnation, CancellationToken cancellation) =>
        connection.ExecuteAsync(
            "update node_lease set released = 1 where incarnation = @incarnation", cancellation, ("incarnation", incarnation));

    /// <summary>
    /// Ends a row that was watched unrenewed, unless it has been renewed since, and the database sessions of its node, so that
    /// no late write of it lands. The sessions end before the row is written: a hanging node may hold locks on the row, and on
    /// tables that others need.
    /// </summary>
    public static async Task<bool> FenceAsync(
        DbConnection connection, SqlDialect dialect, NodeLeaseRow row, string by, CancellationToken cancellation)
    {
        await dialect.EndSessionsAsync(connection, row.Incarnation, cancellation);
        return await connection.ExecuteAsync(
            """
            update node_lease set fenced_by = @by
            where incarnation = @incarnation and beat = @beat and released = 0 and fenced_by = ''
            """,
            cancellation, ("by", by), ("incarnation", row.Incarnation), ("beat", row.Beat)) == 1;
    }

    public static async Task<string?> FencedByAsync(
        DbConnection connection, string incarnation, CancellationToken cancellation) =>
        (await connection.QueryAsync(
            "select fenced_by from node_lease where incarnation = @incarnation", row => row.GetString(0), cancellation,
            ("incarnation", incarnation))).SingleOrDefault(by => by.Length > 0);
}

/// <summary>One run of a node as its row tells it.</summary>
/// <param name="RenewedAt">The last time, by the database's clock: of a run that is over, shortly before its end.</param>
internal sealed record NodeRun(string Incarnation, string Owner, DateTimeOffset Since, DateTimeOffset RenewedAt)
{
    public bool IsReleased { get; init; }

    /// <summary>Who has found that the node renews its row no more; null: nobody.</summary>
    public string? FencedBy { get; init; }
}
