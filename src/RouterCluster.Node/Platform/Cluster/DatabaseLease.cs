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
    private volatile bool _isWanted;

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
        (_isWanted, _isHeld) = (false, false);
        await _lost.DisposeAsync().ConfigureAwait(false);
        return await _leases.ReleaseAsync(Settings.LeaseName).ConfigureAwait(false);
    }

    private async Task<bool> AcquireAsync(bool waits)
    {
        _isWanted = true;
        try
        {
            var isTaken = await _leases.AcquireAsync(Settings.LeaseName, waits, Settings.TimeoutSettings.OperationTimeout)
                .ConfigureAwait(false);
            if (isTaken && !_isWanted)
            {
                // Its shard has stopped while it waited.
                await _leases.ReleaseAsync(Settings.LeaseName).ConfigureAwait(false);
                return false;
            }

            _isHeld = isTaken;
            return isTaken;
        }
        catch (Exception away) when (ClusterLeases.IsAway(away))
        {
            throw new LeaseException($"the database did not answer: {away.Message}");
        }
    }
}
