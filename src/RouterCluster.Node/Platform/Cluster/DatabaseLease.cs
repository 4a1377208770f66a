using System.Data.Common;
using Akka.Actor;
using Akka.Coordination;
using Akka.DependencyInjection;

namespace RouterCluster.Node.Platform.Cluster;

/// <summary>
/// Akka's lease on <see cref="ClusterLeases"/>. The split brain resolver asks without a callback and wants to know soon whether
/// the other side lives; a shard asks with one and waits for its last owner to let go.
/// </summary>
public sealed class DatabaseLease(LeaseSettings settings, ExtendedActorSystem system) : Lease(settings)
{
    private readonly ClusterLeases _leases = DependencyResolver.For(system).Resolver.GetService<ClusterLeases>();
    private CancellationTokenRegistration _lost;
    private volatile bool _isHeld;

    public override bool CheckLease() => _isHeld && _leases.MayAct;

    public override Task<bool> Acquire() => AcquireAsync(waits: false);

    public override async Task<bool> Acquire(Action<Exception> leaseLostCallback)
    {
        var isHeld = await AcquireAsync(waits: true).ConfigureAwait(false);
        if (isHeld)
        {
            await _lost.DisposeAsync().ConfigureAwait(false);
            _lost = _leases.Lost.Register(() => leaseLostCallback(new LeaseException("the node's row in the database is lost")));
        }

        return isHeld;
    }

    public override async Task<bool> Release()
    {
        _isHeld = false;
        await _lost.DisposeAsync().ConfigureAwait(false);
        try
        {
            await _leases.ReleaseAsync(Settings.LeaseName).ConfigureAwait(false);
            return true;
        }
        catch (Exception away) when (IsAway(away))
        {
            // It ends with this node's row at the latest.
            return false;
        }
    }

    private static bool IsAway(Exception fault) => fault is DbException or OperationCanceledException or TimeoutException;

    private async Task<bool> AcquireAsync(bool waits)
    {
        try
        {
            _isHeld = await _leases.AcquireAsync(Settings.LeaseName, waits, Settings.TimeoutSettings.OperationTimeout)
                .ConfigureAwait(false);
            return _isHeld;
        }
        catch (Exception away) when (IsAway(away))
        {
            throw new LeaseException($"the database did not answer: {away.Message}");
        }
    }
}
