using System.Collections.Concurrent;
using System.Data.Common;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Channels.Claims;

/// <summary>
/// This node's claims. On a database that other nodes work on, they are read again and again: a claim that was taken is
/// ended, and one that cannot be read grows old, so that its owner stops sending before the next one begins.
/// </summary>
internal sealed class ChannelClaims(RouterDatabase database, INodeLeases leases, RouterClock machine, bool isShared)
    : BackgroundService, IChannelClaims
{
    private const int LooksPerLease = 5;

    private readonly ConcurrentDictionary<ChannelId, Held> _held = new();
    private readonly ClaimBatches _batches = new(database, machine.Provider, leases.Lasts);

    public async Task<TakenClaim> TakeAsync(ChannelId channel, TimeSpan longestCall, Action onLost)
    {
        var asked = machine.ForClaims();
        var taken = await _batches.WriteAsync(channel.Value, (connection, cancellation) =>
            ClaimTable.TakeAsync(connection, leases.Incarnation, channel, longestCall, cancellation));
        var (epoch, last) = taken ?? throw new TimeoutException("another node took the channel at the same moment");
        var claim = new ChannelClaim(epoch, isShared ? leases.Lasts : TimeSpan.Zero, asked);
        _held[channel] = new Held(claim, onLost);
        return new TakenClaim(claim, last);
    }

    public Task OpenAsync(ChannelId channel, long epoch, TimeSpan longestCall) =>
        MarkAsync(channel, epoch, ClaimState.Open, longestCall);

    public Task ReleaseAsync(ChannelId channel, long epoch)
    {
        if (_held.TryGetValue(channel, out var held) && held.Claim.Epoch == epoch)
        {
            _held.TryRemove(new(channel, held));
        }

        return MarkAsync(channel, epoch, ClaimState.Released, null);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!isShared)
        {
            return;
        }

        using var timer = new PeriodicTimer(leases.Lasts / LooksPerLease, machine.Provider);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LookAsync(stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(leases.Lasts);
        try
        {
            // Only claims that were stored before the rows were read can be missed among them.
            var held = _held.ToArray();
            var asked = machine.ForClaims();
            var stored = (await ClaimTable.OfAsync(database, leases.Incarnation, limit.Token)).ToHashSet();
            foreach (var (channel, one) in held)
            {
                if (stored.Contains((channel, one.Claim.Epoch)))
                {
                    one.Claim.Confirm(asked);
                }
                else if (_held.TryRemove(new(channel, one)))
                {
                    one.Claim.End();
                    one.OnLost();
                }
            }
        }
        catch (Exception away) when (!stopping.IsCancellationRequested
            && away is DbException or OperationCanceledException or TimeoutException)
        {
            // The claims grow old: their channels stop sending.
        }
    }

    private Task MarkAsync(ChannelId channel, long epoch, ClaimState state, TimeSpan? longestCall) => _batches.WriteAsync(
        channel.Value, async (connection, cancellation) =>
        {
            await ClaimTable.MarkAsync(connection, channel, epoch, state, longestCall, cancellation);
            return true;
        });

    private sealed record Held(ChannelClaim Claim, Action OnLost);
}
