using System.Data.Common;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Platform.Cluster;

/// <summary>
/// Named leases in the database. A lease is held for as long as its holder's node row lives, so that it costs no renewal of
/// its own: nobody takes it from a node that may still act.
/// </summary>
public sealed class ClusterLeases(
    RouterDatabase database, INodeLeases nodes, TimeProvider machine, CancellationToken lost)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(2);

    /// <summary>Leases are valid only while this holds.</summary>
    public bool MayAct => nodes.MaySend && !lost.IsCancellationRequested;

    /// <summary>Fires when this node holds no lease any more.</summary>
    public CancellationToken Lost => lost;

    public static async Task<ClusterLeases> OpenAsync(
        RouterDatabase database, INodeLeases nodes, TimeProvider machine, CancellationToken lost, CancellationToken cancellation)
    {
        await database.WriteAsync(
            async connection =>
            {
                await database.Dialect.LockSchemaAsync(connection, cancellation);
                await CreateAsync(connection, database.Dialect, cancellation);
                return true;
            },
            cancellation).ConfigureAwait(false);
        return new ClusterLeases(database, nodes, machine, lost);
    }

    /// <summary>To be called with the schema locked.</summary>
    internal static Task CreateAsync(DbConnection connection, SqlDialect dialect, CancellationToken cancellation)
    {
        var text = dialect.TypeName(SqlType.Text);
        return connection.ExecuteAsync(
            $"create table if not exists cluster_lease (name {text} primary key, incarnation {text} not null)", cancellation);
    }

    /// <param name="waits">Waits for a living holder to release the lease; else only for a silent one to be fenced.</param>
    /// <returns>False: another node holds the lease.</returns>
    /// <exception cref="DbException">The database did not answer until the limit.</exception>
    public async Task<bool> AcquireAsync(string name, bool waits, TimeSpan limit)
    {
        var startedAt = machine.GetTimestamp();
        Holder? first = null;
        while (true)
        {
            var isLast = machine.GetElapsedTime(startedAt) >= limit;
            try
            {
                var holder = await TryTakeAsync(name, first).ConfigureAwait(false);
                if (holder is null)
                {
                    return true;
                }

                first = first is not null && first.Incarnation == holder.Incarnation ? first : holder;
                if (isLast || (!waits && holder.Beat > first.Beat))
                {
                    return false;
                }
            }
            catch (Exception away) when (!isLast && away is DbException or OperationCanceledException or TimeoutException)
            {
                // The database may answer before the limit.
            }

            await Task.Delay(Poll, machine, CancellationToken.None).ConfigureAwait(false);
        }
    }

    public async Task ReleaseAsync(string name)
    {
        using var limit = new CancellationTokenSource(AnswerLimit, machine);
        await database.WriteAsync(
            connection => connection.ExecuteAsync(
                "delete from cluster_lease where name = @name and incarnation = @own",
                limit.Token, ("name", name), ("own", nodes.Incarnation)),
            limit.Token).ConfigureAwait(false);
    }

    /// <param name="seen">The holder that was seen before, whose row may be gone for ever.</param>
    /// <returns>Null: the lease is this node's.</returns>
    private async Task<Holder?> TryTakeAsync(string name, Holder? seen)
    {
        using var limit = new CancellationTokenSource(AnswerLimit, machine);
        var silent = seen is not null && nodes.SilentFor(seen.Incarnation) is not null ? seen.Incarnation : "";
        return await database.WriteAsync(
            async connection => await TakeAsync(connection, name, silent, limit.Token)
                ? null
                : await HolderAsync(connection, name, limit.Token),
            limit.Token).ConfigureAwait(false);
    }

    private async Task<bool> TakeAsync(DbConnection connection, string name, string silent, CancellationToken cancellation) =>
        await connection.ExecuteAsync(
            """
            insert into cluster_lease (name, incarnation)
            select @name, incarnation from node_lease where incarnation = @own and released = 0 and fenced_by = ''
            on conflict (name) do update set incarnation = excluded.incarnation
            where cluster_lease.incarnation = excluded.incarnation or cluster_lease.incarnation = @silent
              or exists (
                select 1 from node_lease
                where node_lease.incarnation = cluster_lease.incarnation and (released = 1 or fenced_by <> ''))
            """,
            cancellation, ("name", name), ("own", nodes.Incarnation), ("silent", silent)) == 1;

    /// <summary>A lease that was released in between has nobody's beat, and is tried for again.</summary>
    private static async Task<Holder> HolderAsync(DbConnection connection, string name, CancellationToken cancellation) =>
        (await connection.QueryAsync(
            """
            select cluster_lease.incarnation, coalesce(beat, 0) from cluster_lease
            left join node_lease on node_lease.incarnation = cluster_lease.incarnation where name = @name
            """,
            row => new Holder(row.GetString(0), row.GetInt64(1)), cancellation, ("name", name))).SingleOrDefault()
        ?? new Holder("", 0);

    private sealed record Holder(string Incarnation, long Beat);
}
