using System.Data.Common;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>
/// This node's row in the database. The node renews it and may send only while its last renewal is young; others take
/// over what it owned after watching the row unrenewed for as long as the node may rely on it, and after fencing it. A node
/// that works alone bears no other living node on its database: both would own every book and channel.
/// </summary>
public sealed class NodeLease
{
    // A node stops sending a little before another may begin: clocks do not run equally fast.
    private const double UsableShare = 0.9;
    private const int LooksPerLease = 10;
    private const int RenewalsPerLease = 5;

    private readonly RouterDatabase? _database;
    private readonly TimeProvider _clock;
    private readonly LeaseTerms _terms;
    private Renewal _last;
    private NodeLeaseRow _row;
    private long _storedBeat;
    private volatile bool _isLost;
    private volatile bool _hasJoined;

    private NodeLease(RouterDatabase? database, LeaseTerms terms, NodeLeaseRow row, Renewal last, TimeProvider clock)
    {
        (_database, _terms, _row, _last, _clock, _storedBeat) = (database, terms, row, last, clock, row.Beat);
    }

    /// <summary>False: another node may take over, or has. Checked last before bytes leave.</summary>
    /// <remarks>A paused machine stops the monotonic clock, a paused process does not: the greater age counts.</remarks>
    public bool MaySend => _database is null || (!_isLost && Age < _terms.Lasts * UsableShare);

    /// <summary>
    /// The row has been ended by another node or belongs to a restored backup, so all that is in memory may be out of date.
    /// </summary>
    public bool IsLost => _isLost;

    public LeaseTerms Terms => _terms;

    public long Epoch => _row.Epoch;

    /// <summary>How often <see cref="RenewAsync"/> is to be called; zero when there is nothing to renew.</summary>
    public TimeSpan RenewEvery => _database is null ? TimeSpan.Zero : _terms.Lasts / RenewalsPerLease;

    private TimeSpan Age => Volatile.Read(ref _last).Age(_clock);

    /// <summary>
    /// Writes the row; SQLite needs none, because the data directory's lock protects its files. A node that works alone first
    /// waits for another one that no longer renews its row, as every node waits for one that works alone, or that belongs to
    /// a cluster of other settings.
    /// </summary>
    /// <exception cref="StorageOwnedException">That other node has renewed its row meanwhile.</exception>
    /// <exception cref="JoinRefusedException">A living node of the cluster has other settings.</exception>
    public static async Task<NodeLease> ClaimAsync(
        RouterDatabase database, LeaseTerms terms, TimeProvider clock, CancellationToken cancellation)
    {
        if (database.Dialect.HasOneWriter)
        {
            return new NodeLease(null, terms, RowOf(terms, epoch: 1), Renewal.Now(clock), clock);
        }

        var watched = new Dictionary<string, (NodeLeaseRow Row, long Since)>();
        while (true)
        {
            var startedAt = Renewal.Now(clock);
            var silent = watched.Values.Where(each => clock.GetElapsedTime(each.Since) >= each.Row.Lasts)
                .Select(each => each.Row).ToHashSet();
            var (rivals, epoch) = await TryEnterAsync(database, terms, silent, cancellation).ConfigureAwait(false);
            if (rivals.Count == 0)
            {
                return new NodeLease(database, terms, RowOf(terms, epoch), startedAt, clock);
            }

            foreach (var rival in rivals)
            {
                if (watched.TryAdd(rival.Incarnation, (rival, clock.GetTimestamp())))
                {
                    continue;
                }

                if (watched[rival.Incarnation].Row != rival)
                {
                    throw terms.IsAlone || rival.IsAlone
                        ? new StorageOwnedException(rival.Owner, rival.Since)
                        : new JoinRefusedException(terms.Stamp.DifferencesFrom(new JoinStamp(rival.Stamp)), rival.Owner);
                }
            }

            await Task.Delay(rivals.Min(rival => rival.Lasts) / LooksPerLease, clock, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Storage that does not answer only lets the lease grow old. A row that another node has ended, or that is older than
    /// the last stored renewal (a restored backup), ends the lease for ever.
    /// </summary>
    /// <returns>All nodes' rows; null: the lease is lost.</returns>
    /// <exception cref="DbException">Storage does not answer.</exception>
    public async Task<IReadOnlyList<NodeLeaseRow>?> RenewAsync(CancellationToken cancellation)
    {
        if (_database is null)
        {
            return [];
        }

        var startedAt = Renewal.Now(_clock);
        _row = _row with { Beat = _row.Beat + 1, HasJoined = _hasJoined };
        var renewed = _row;
        var rows = await _database.WriteAsync(
            async connection => await NodeLeaseTable.RenewAsync(
                connection, _database.Dialect, renewed, _storedBeat, cancellation)
                ? await NodeLeaseTable.ReadAsync(connection, cancellation)
                : null,
            cancellation).ConfigureAwait(false);
        if (rows is null)
        {
            _isLost = true;
            return null;
        }

        _storedBeat = renewed.Beat;
        Volatile.Write(ref _last, startedAt);
        return rows;
    }

    /// <summary>The next renewal says that the node is a member of a cluster.</summary>
    public void Joined() => _hasJoined = true;

    /// <summary>Ends the row of a node that was watched unrenewed in the beat of the row given.</summary>
    /// <returns>False: it has been renewed since, or ended by another node.</returns>
    /// <exception cref="DbException">Storage does not answer.</exception>
    public Task<bool> FenceAsync(NodeLeaseRow silent, CancellationToken cancellation) => _database is null || !MaySend
        ? Task.FromResult(false)
        : _database.WriteAsync(
            connection => NodeLeaseTable.FenceAsync(connection, _database.Dialect, silent, _terms.Owner, cancellation),
            cancellation);

    /// <summary>To be called when nothing is sent any more, so that no successor need wait.</summary>
    public async Task ReleaseAsync(CancellationToken cancellation)
    {
        _isLost = true;
        if (_database is not null)
        {
            await _database.WriteAsync(
                async connection =>
                {
                    await NodeLeaseTable.ReleaseAsync(connection, _terms.Incarnation, cancellation);
                    return true;
                },
                cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The node that has ended this one's row; null: none has.</summary>
    public async Task<string?> FencedByAsync(CancellationToken cancellation) => _database is null
        ? null
        : await _database.ReadAsync(
            connection => NodeLeaseTable.FencedByAsync(connection, _terms.Incarnation, cancellation), cancellation)
            .ConfigureAwait(false);

    /// <param name="silent">Rows that stayed unrenewed for long enough.</param>
    /// <returns>The nodes that may live beside this one no longer; none: the row is written.</returns>
    private static Task<(IReadOnlyList<NodeLeaseRow> Rivals, long Epoch)> TryEnterAsync(
        RouterDatabase database, LeaseTerms terms, HashSet<NodeLeaseRow> silent, CancellationToken cancellation) =>
        database.WriteAsync(
            async connection =>
            {
                await database.Dialect.LockSchemaAsync(connection, cancellation);
                await NodeLeaseTable.PrepareAsync(connection, database.Dialect, cancellation);
                var rows = await NodeLeaseTable.ReadAsync(connection, cancellation);
                var rivals = new List<NodeLeaseRow>();
                foreach (var row in rows.Where(row => !row.IsOver && AreRivals(terms, row)))
                {
                    // The node may have renewed the row since it was read above; then it lives.
                    if (!silent.Contains(row)
                        || !await NodeLeaseTable.FenceAsync(connection, database.Dialect, row, terms.Owner, cancellation))
                    {
                        rivals.Add(row);
                    }
                }

                var epoch = rows.Select(row => row.Epoch).DefaultIfEmpty().Max() + 1;
                if (rivals.Count == 0)
                {
                    await NodeLeaseTable.InsertAsync(connection, database.Dialect, RowOf(terms, epoch), cancellation);
                }

                return ((IReadOnlyList<NodeLeaseRow>)rivals, epoch);
            },
            cancellation);

    private static bool AreRivals(LeaseTerms terms, NodeLeaseRow row) =>
        terms.IsAlone || row.IsAlone || terms.Stamp.DifferencesFrom(new JoinStamp(row.Stamp)).Any();

    private static NodeLeaseRow RowOf(LeaseTerms terms, long epoch) =>
        new(terms.Incarnation, terms.Owner, epoch, 1, terms.Lasts, terms.Since)
        {
            Address = terms.Address,
            IsAlone = terms.IsAlone,
            Stamp = terms.Stamp.Text,
        };

    private sealed record Renewal(long Timestamp, DateTimeOffset Utc)
    {
        public static Renewal Now(TimeProvider clock) => new(clock.GetTimestamp(), clock.GetUtcNow());

        public TimeSpan Age(TimeProvider clock)
        {
            var monotonic = clock.GetElapsedTime(Timestamp);
            var wall = clock.GetUtcNow() - Utc;
            return wall > monotonic ? wall : monotonic;
        }
    }
}
