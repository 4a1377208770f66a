using System.Data.Common;
using System.Globalization;
using RouterCluster.Node.Platform.Health;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>
/// Renews the node's row from before recovery until the last call and write have ended, watches the others' rows, and stops
/// the node when its own is lost: its memory may be out of date for ever.
/// </summary>
internal sealed class LeaseKeeper : INodeLeases, IReadinessCheck, IAsyncDisposable
{
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopped = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly NodeLease _lease;
    private readonly TimeProvider _machine;
    private readonly long _startedAt;
    private readonly NodeLeaseWatch _watch;
    private readonly Lock _watching = new();
    private Task _renewing = Task.CompletedTask;
    private volatile bool _isLost;

    public LeaseKeeper(NodeLease lease, TimeProvider machine)
    {
        (_lease, _machine, _startedAt) = (lease, machine, machine.GetTimestamp());
        _watch = new NodeLeaseWatch(lease.Terms.Incarnation, lease.Terms.Lasts);
    }

    public string Incarnation => _lease.Terms.Incarnation;

    public TimeSpan Lasts => _lease.Terms.Lasts;

    public bool IsLost => _isLost;

    /// <summary>As in this node's row.</summary>
    public string Address => _lease.Terms.Address;

    /// <summary>Whether the rows have been read.</summary>
    public bool HasLooked
    {
        get
        {
            lock (_watching)
            {
                return _watch.HasLooked;
            }
        }
    }

    /// <summary>Fires when the row is lost: what this node has in memory may be out of date.</summary>
    public CancellationToken Lost => _lost.Token;

    public bool MaySend => _lease.MaySend;

    private TimeSpan Now => _machine.GetElapsedTime(_startedAt);

    private bool IsShared => _lease.RenewEvery > TimeSpan.Zero;

    public string? Problem() => _lease.MaySend
        ? null
        : FormattableString.Invariant($"the node's row in the database has not been renewed for {Lasts}: nothing is sent");

    /// <summary>SQLite's files belong to one process at a time, so every other incarnation ended before this one began.</summary>
    public TimeSpan? SilentFor(string incarnation)
    {
        if (!IsShared)
        {
            return incarnation == Incarnation ? null : Now;
        }

        lock (_watching)
        {
            return _watch.SilentFor(incarnation, Now);
        }
    }

    /// <summary>All nodes that may live, this one among them.</summary>
    public IReadOnlyList<LivingNode> Living()
    {
        lock (_watching)
        {
            return _watch.Living(Now);
        }
    }

    public static string NameOf(string url) => string.Create(
        CultureInfo.InvariantCulture,
        $"node {Environment.MachineName}, process {Environment.ProcessId}, {url}");

    public void Joined() => _lease.Joined();

    public void Start(IHostApplicationLifetime lifetime, ILogger log)
    {
        if (IsShared)
        {
            log.LogInformation("This is run {Epoch} of a node on the database: {Incarnation}", _lease.Epoch, Incarnation);
            _renewing = RenewAsync(lifetime, log);
        }
    }

    /// <summary>To be called when nothing is sent or written any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await _renewing;
        try
        {
            using var limit = new CancellationTokenSource(ReleaseLimit);
            await _lease.ReleaseAsync(limit.Token);
        }
        catch (Exception away) when (IsAway(away))
        {
            // A successor waits until the row has run out.
        }

        _stopped.Dispose();
        _lost.Dispose();
    }

    private static bool IsAway(Exception fault) => fault is DbException or OperationCanceledException or TimeoutException;

    private async Task RenewAsync(IHostApplicationLifetime lifetime, ILogger log)
    {
        using var timer = new PeriodicTimer(_lease.RenewEvery, _machine);
        try
        {
            do
            {
                if (!await RenewOnceAsync())
                {
                    _isLost = true;
                    await _lost.CancelAsync();
                    log.LogCritical(
                        "This node's row in the database is lost to {Owner}: it sends nothing more and stops",
                        await FencedByAsync() ?? "a restored backup");
                    lifetime.StopApplication();
                    return;
                }

                await FenceAsync(log);
            }
            while (await timer.WaitForNextTickAsync(_stopped.Token));
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    /// <returns>False: the row is lost.</returns>
    private async Task<bool> RenewOnceAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stopped.Token);
        limit.CancelAfter(Lasts);
        try
        {
            var askedAt = Now;
            var rows = await _lease.RenewAsync(limit.Token);
            lock (_watching)
            {
                _watch.Observe(rows ?? [], askedAt, Now);
            }

            return rows is not null;
        }
        catch (Exception away) when (!_stopped.IsCancellationRequested && IsAway(away))
        {
            // The lease grows older meanwhile, which readiness reports.
            lock (_watching)
            {
                _watch.Interrupted();
            }

            return true;
        }
    }

    private async Task FenceAsync(ILogger log)
    {
        IReadOnlyList<NodeLeaseRow> due;
        lock (_watching)
        {
            due = _watch.DueToFence();
        }

        foreach (var row in due)
        {
            try
            {
                if (await _lease.FenceAsync(row, _stopped.Token))
                {
                    lock (_watching)
                    {
                        _watch.Fenced(row, Now);
                    }

                    log.LogWarning("{Owner} has not renewed its row for {Lasts}: it is fenced", row.Owner, row.Lasts);
                }
            }
            catch (Exception away) when (!_stopped.IsCancellationRequested && IsAway(away))
            {
                // The row is fenced at one of the next looks.
            }
        }
    }

    private async Task<string?> FencedByAsync()
    {
        try
        {
            return await _lease.FencedByAsync(_stopped.Token);
        }
        catch (DbException)
        {
            return null;
        }
    }
}
