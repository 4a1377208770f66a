using System.Data.Common;
using System.Security.Cryptography;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>
/// The one row that says which node works on a database. Two nodes outside one cluster would both own every book and
/// channel: writes would fail and budgets be spent twice. The owner renews the row and may send only while its last
/// renewal is young. A newcomer takes the row after watching it unrenewed for as long as the owner may rely on it, by its
/// own monotonic clock: wall clocks of two machines are never compared.
/// </summary>
public sealed class StorageLease
{
    // An owner stops sending a little before a newcomer may begin: clocks do not run equally fast.
    private const double UsableShare = 0.9;
    private const int LooksPerLease = 10;

    private readonly RouterDatabase? _database;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _lasts;
    private readonly string _incarnation;
    private Renewal _last;
    private long _beat;
    private volatile bool _isLost;

    private StorageLease(
        RouterDatabase? database, LeaseTerms terms, long beat, Renewal last, TimeProvider clock)
    {
        (_database, _clock, _lasts, _incarnation, _beat) = (database, clock, terms.Lasts, terms.Incarnation, beat);
        (_last, LastBeat) = (last, beat);
    }

    /// <summary>False: another node may own the database, or will soon. Checked last before bytes leave.</summary>
    /// <remarks>A paused machine stops the monotonic clock, a paused process does not: the greater age counts.</remarks>
    public bool MaySend => _database is null || (!_isLost && Age(Volatile.Read(ref _last)) < _lasts * UsableShare);

    /// <summary>
    /// The row belongs to another node or to a restored backup, so all that is in memory may be out of date.
    /// </summary>
    public bool IsLost => _isLost;

    /// <summary>How often <see cref="RenewAsync"/> is to be called; zero when there is nothing to renew.</summary>
    public TimeSpan RenewEvery => _lasts / 5;

    private long LastBeat { get; set; }

    /// <summary>For SQLite, whose files the data directory's lock protects.</summary>
    public static StorageLease OfFiles(TimeProvider clock) =>
        new(null, new LeaseTerms("", TimeSpan.Zero), 0, new Renewal(0, default), clock);

    /// <summary>Takes the row, after waiting for an owner that no longer renews it.</summary>
    /// <exception cref="StorageOwnedException">The owner has renewed the row meanwhile.</exception>
    public static async Task<StorageLease> ClaimAsync(
        RouterDatabase database, LeaseTerms terms, TimeProvider clock, CancellationToken cancellation)
    {
        LeaseRow? watched = null;
        var watchedSince = clock.GetTimestamp();
        while (true)
        {
            var startedAt = new Renewal(clock.GetTimestamp(), clock.GetUtcNow());
            var isOver = watched is not null && clock.GetElapsedTime(watchedSince) >= watched.Lasts;
            var (row, isTaken) = await TryTakeAsync(database, terms, isOver ? watched : null, cancellation)
                .ConfigureAwait(false);
            if (isTaken)
            {
                return new StorageLease(database, terms, row.Beat, startedAt, clock);
            }

            if (watched is not null && watched != row)
            {
                throw new StorageOwnedException(row.Owner, row.Since);
            }

            if (watched is null)
            {
                (watched, watchedSince) = (row, clock.GetTimestamp());
            }

            await Task.Delay(row.Lasts / LooksPerLease, clock, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Storage that does not answer only lets the lease grow old. A row that another node has taken, or that is older
    /// than the last stored renewal (a restored backup), ends the lease for ever.
    /// </summary>
    /// <returns>False: the lease is lost.</returns>
    /// <exception cref="DbException">Storage does not answer.</exception>
    public async Task<bool> RenewAsync(CancellationToken cancellation)
    {
        if (_database is null)
        {
            return true;
        }

        var startedAt = new Renewal(_clock.GetTimestamp(), _clock.GetUtcNow());
        var beat = ++_beat;
        var changed = await _database.WriteAsync(
            connection => connection.ExecuteAsync(
                """
                update storage_lease set beat = @beat, renewed_at = @at
                where id = 1 and incarnation = @incarnation and beat >= @known and beat < @beat
                """,
                cancellation,
                ("beat", beat), ("at", startedAt.Utc.ToStored()), ("incarnation", _incarnation), ("known", LastBeat)),
            cancellation).ConfigureAwait(false);
        if (changed != 1)
        {
            _isLost = true;
            return false;
        }

        LastBeat = beat;
        Volatile.Write(ref _last, startedAt);
        return true;
    }

    /// <summary>To be called when nothing is sent any more, so that the next node need not wait.</summary>
    public Task ReleaseAsync(CancellationToken cancellation)
    {
        _isLost = true;
        return _database is null
            ? Task.CompletedTask
            : _database.WriteAsync(
                connection => connection.ExecuteAsync(
                    "update storage_lease set released = 1 where id = 1 and incarnation = @incarnation",
                    cancellation, ("incarnation", _incarnation)),
                cancellation);
    }

    public async Task<string?> OwnerAsync(CancellationToken cancellation)
    {
        if (_database is null)
        {
            return null;
        }

        var row = await _database.ReadAsync(connection => ReadAsync(connection, cancellation), cancellation)
            .ConfigureAwait(false);
        return row?.Owner;
    }

    private TimeSpan Age(Renewal renewal)
    {
        var monotonic = _clock.GetElapsedTime(renewal.Timestamp);
        var wall = _clock.GetUtcNow() - renewal.Utc;
        return wall > monotonic ? wall : monotonic;
    }

    /// <param name="dead">The row that stayed unrenewed for long enough; null: none.</param>
    private static Task<(LeaseRow Row, bool IsTaken)> TryTakeAsync(
        RouterDatabase database, LeaseTerms terms, LeaseRow? dead, CancellationToken cancellation) =>
        database.WriteAsync(
            async connection =>
            {
                await database.Dialect.LockSchemaAsync(connection, cancellation);
                await connection.ExecuteAsync(CreateStatement(database.Dialect), cancellation);
                var row = await ReadAsync(connection, cancellation);
                if (row is { IsReleased: false } && row != dead)
                {
                    return (row, false);
                }

                // Before the row is written: a hanging node may hold locks on the row, and on tables that the start needs.
                if (row is not null)
                {
                    await database.Dialect.EndSessionsAsync(connection, row.Incarnation, cancellation);
                }

                var taken = new LeaseRow(
                    terms.Owner, terms.Incarnation, (row?.Epoch ?? 0) + 1, 1, terms.Lasts, terms.Since, false);
                var changed = await connection.ExecuteAsync(
                    """
                    insert into storage_lease (id, owner, incarnation, epoch, beat, lasts, since, renewed_at, released)
                    values (1, @owner, @incarnation, @epoch, 1, @lasts, @since, @since, 0)
                    on conflict (id) do update set owner = excluded.owner, incarnation = excluded.incarnation,
                      epoch = excluded.epoch, beat = 1, lasts = excluded.lasts, since = excluded.since,
                      renewed_at = excluded.renewed_at, released = 0
                    where storage_lease.incarnation = @seen and storage_lease.beat = @seen_beat
                    """,
                    cancellation,
                    ("owner", taken.Owner), ("incarnation", taken.Incarnation), ("epoch", taken.Epoch),
                    ("lasts", (long)taken.Lasts.TotalMilliseconds), ("since", taken.Since.ToStored()),
                    ("seen", row?.Incarnation ?? ""), ("seen_beat", row?.Beat ?? 0));

                // The owner may have renewed the row since it was read above; then it lives.
                return changed == 1 || row is null ? (taken, true) : (row, false);
            },
            cancellation);

    private static async Task<LeaseRow?> ReadAsync(DbConnection connection, CancellationToken cancellation) =>
        (await connection.QueryAsync(
            "select owner, incarnation, epoch, beat, lasts, since, released from storage_lease where id = 1",
            row => new LeaseRow(
                row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3),
                TimeSpan.FromMilliseconds(row.GetInt64(4)), row.GetInt64(5).ToTime(), row.GetInt64(6) != 0),
            cancellation)).SingleOrDefault();

    private static string CreateStatement(SqlDialect dialect)
    {
        var number = dialect.TypeName(SqlType.Number);
        return $"""
            create table if not exists storage_lease (
              id {number} primary key, owner text not null, incarnation text not null, epoch {number} not null,
              beat {number} not null, lasts {number} not null, since {number} not null, renewed_at {number} not null,
              released {number} not null)
            """;
    }

    private sealed record Renewal(long Timestamp, DateTimeOffset Utc);

    private sealed record LeaseRow(
        string Owner, string Incarnation, long Epoch, long Beat, TimeSpan Lasts, DateTimeOffset Since, bool IsReleased);
}

/// <param name="Owner">Host, process and address, to be named to a node that comes second.</param>
/// <param name="Lasts">How long a renewal lasts, and so how long a start after a kill waits at most.</param>
public sealed record LeaseTerms(string Owner, TimeSpan Lasts)
{
    public DateTimeOffset Since { get; init; }

    /// <summary>Unique to this run of the node.</summary>
    public string Incarnation { get; init; } = NewIncarnation();

    public static string NewIncarnation() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}

public sealed class StorageOwnedException(string owner, DateTimeOffset since) : Exception(
    $"router.storage.connection-string: (hidden), allowed is a database that no other node works on; "
    + FormattableString.Invariant($"{owner}, started {since.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}, works on it and lives"));
