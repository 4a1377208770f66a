using System.Data.Common;
using System.Globalization;
using RouterCluster.Node.Platform.Health;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>
/// Renews the node's row of the database from before recovery until the last call and write have ended, and stops the
/// node when the row is lost: its memory may be out of date for ever.
/// </summary>
internal sealed class LeaseKeeper(StorageLease lease, TimeSpan lasts, TimeProvider machine) : IReadinessCheck, IAsyncDisposable
{
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopped = new();
    private Task _renewing = Task.CompletedTask;
    private volatile bool _isLost;

    public bool IsLost => _isLost;

    public bool MaySend() => lease.MaySend;

    public string? Problem() => lease.MaySend
        ? null
        : FormattableString.Invariant($"the node's row in the database has not been renewed for {lasts}: nothing is sent");

    /// <summary>Waits for an owner that was killed, at most as long as its row lasts.</summary>
    /// <exception cref="StorageOwnedException">The owner lives.</exception>
    public static async Task<StorageLease> ClaimAsync(
        RouterDatabase database, StorageSettings settings, string url, string incarnation, TimeProvider machine,
        CancellationToken cancellation) =>
        settings.Provider == StorageProvider.Sqlite
            ? StorageLease.OfFiles(machine)
            : await StorageLease.ClaimAsync(
                database,
                new LeaseTerms(NameOf(url), settings.Lease)
                {
                    Since = machine.GetUtcNow(),
                    Incarnation = incarnation,
                },
                machine, cancellation);

    public void Start(IHostApplicationLifetime lifetime, ILogger log) =>
        _renewing = lease.RenewEvery > TimeSpan.Zero ? RenewAsync(lifetime, log) : Task.CompletedTask;

    /// <summary>To be called when nothing is sent or written any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await _renewing;
        try
        {
            using var limit = new CancellationTokenSource(ReleaseLimit);
            await lease.ReleaseAsync(limit.Token);
        }
        catch (Exception away) when (away is DbException or OperationCanceledException or TimeoutException)
        {
            // The next start waits until the row has run out.
        }

        _stopped.Dispose();
    }

    private static string NameOf(string url) => string.Create(
        CultureInfo.InvariantCulture,
        $"node {Environment.MachineName}, process {Environment.ProcessId}, {url}");

    private async Task RenewAsync(IHostApplicationLifetime lifetime, ILogger log)
    {
        using var timer = new PeriodicTimer(lease.RenewEvery, machine);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopped.Token))
            {
                if (!await RenewOnceAsync())
                {
                    _isLost = true;
                    log.LogCritical(
                        "This node's row in the database is lost to {Owner}: it sends nothing more and stops",
                        await OwnerAsync() ?? "a restored backup");
                    lifetime.StopApplication();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private async Task<bool> RenewOnceAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stopped.Token);
        limit.CancelAfter(lasts);
        try
        {
            return await lease.RenewAsync(limit.Token);
        }
        catch (Exception away) when (!_stopped.IsCancellationRequested
            && away is DbException or OperationCanceledException or TimeoutException)
        {
            // The lease grows older meanwhile, which readiness reports.
            return true;
        }
    }

    private async Task<string?> OwnerAsync()
    {
        try
        {
            return await lease.OwnerAsync(_stopped.Token);
        }
        catch (DbException)
        {
            return null;
        }
    }
}
