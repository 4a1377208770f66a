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
    private static readonly TimeSpan ReleaseEvery = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, Leaving> _leaving = new(StringComparer.Ordinal);

    /// <summary>Leases are valid only while this holds.</summary>
    public bool MayAct => nodes.MaySend && !lost.IsCancellationRequested;

    /// <summary>Fires when this node holds no lease any more.</summary>
    public CancellationToken Lost => lost;

    public static async Task<ClusterLeases> OpenAsync(
        RouterDatabase database, INodeLeases nodes, TimeProvider machine, CancellationToken lost, CancellationToken cancellation)
    {
        await database.CreateAsync(CreateAsync, cancellation).ConfigureAwait(false);
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
        await StayAsync(name).ConfigureAwait(false);
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
            catch (Exception away) when (!isLast && IsAway(away))
            {
                // The database may answer before the limit.
            }

            await Task.Delay(Poll, machine, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Goes on until the database has taken it, or the lease is wanted again: a lease that is left over would keep every other
    /// node from the shard for as long as this node lives.
    /// </summary>
    /// <returns>False: the database has not answered yet.</returns>
    public Task<bool> ReleaseAsync(string name)
    {
        lock (_leaving)
        {
            if (!_leaving.TryGetValue(name, out var leaving) || leaving.Done.IsCompleted)
            {
                var stay = CancellationTokenSource.CreateLinkedTokenSource(lost);
                var first = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                leaving = new Leaving(stay, first.Task, LeaveAsync(name, first, stay.Token));
                _leaving[name] = leaving;
            }

            return leaving.First;
        }
    }

    internal static bool IsAway(Exception fault) => fault is DbException or OperationCanceledException or TimeoutException;

    private async Task LeaveAsync(string name, TaskCompletionSource<bool> first, CancellationToken stay)
    {
        while (!stay.IsCancellationRequested)
        {
            try
            {
                await DeleteAsync(name, stay).ConfigureAwait(false);
                first.TrySetResult(true);
                return;
            }
            catch (Exception away) when (IsAway(away))
            {
                first.TrySetResult(false);
            }

            await Task.Delay(ReleaseEvery, machine, stay).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        first.TrySetResult(false);
    }

    /// <summary>A release that is under way ends, so that it does not end the lease that is taken next.</summary>
    private async Task StayAsync(string name)
    {
        Leaving? leaving;
        lock (_leaving)
        {
            if (!_leaving.Remove(name, out leaving))
            {
                return;
            }
        }

        await leaving.Stay.CancelAsync().ConfigureAwait(false);
        await leaving.Done.ConfigureAwait(false);
        leaving.Stay.Dispose();
    }

    /// <summary>
    /// A statement that was given up may still be carried out, much later. So it names the version of the row (PostgreSQL's
    /// <c>xmin</c>), which changes with every taking of the lease.
    /// </summary>
    private async Task DeleteAsync(string name, CancellationToken stay)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stay);
        limit.CancelAfter(AnswerLimit);
        await database.WriteAsync(
            async connection =>
            {
                var versions = await connection.QueryAsync(
                    "select xmin::text from cluster_lease where name = @name and incarnation = @own",
                    row => row.GetString(0), limit.Token, ("name", name), ("own", nodes.Incarnation));
                return versions.Count > 0 && await connection.ExecuteAsync(
                    "delete from cluster_lease where name = @name and incarnation = @own and xmin::text = @version",
                    limit.Token, ("name", name), ("own", nodes.Incarnation), ("version", versions[0])) == 1;
            },
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

    /// <param name="First">Whether the first try released the lease.</param>
    private sealed record Leaving(CancellationTokenSource Stay, Task<bool> First, Task Done);
}
