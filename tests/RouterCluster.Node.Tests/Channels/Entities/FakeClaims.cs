using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Claims;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Tests.Payments;

namespace RouterCluster.Node.Tests.Channels.Entities;

/// <summary>One channel's row in memory.</summary>
internal sealed class FakeClaims : IChannelClaims
{
    private long _epoch;
    private Action? _onLost;

    /// <summary>The last owner, as the next one finds it.</summary>
    public LastOwner? Row { get; set; }

    /// <summary>Storage does not answer.</summary>
    public bool IsAway { get; set; }

    public int Asked { get; private set; }

    public Task<TakenClaim> TakeAsync(ChannelId channel, TimeSpan longestCall, Action onLost)
    {
        Asked++;
        if (IsAway)
        {
            return Task.FromException<TakenClaim>(new TimeoutException("no answer"));
        }

        var last = Row;
        var isFree = last is null or { State: ClaimState.Released };
        Row = new LastOwner("self", isFree ? ClaimState.Open : ClaimState.Waiting, longestCall);
        _onLost = onLost;
        var claim = new ChannelClaim(++_epoch, TimeSpan.Zero, new ClaimTime(PaymentSamples.At, TimeSpan.Zero));
        return Task.FromResult(new TakenClaim(claim, last));
    }

    public Task OpenAsync(ChannelId channel, long epoch, TimeSpan longestCall) => MarkAsync(epoch, ClaimState.Open);

    public Task ReleaseAsync(ChannelId channel, long epoch) => MarkAsync(epoch, ClaimState.Released);

    public void Lose() => _onLost?.Invoke();

    private Task MarkAsync(long epoch, ClaimState state)
    {
        Row = epoch == _epoch ? Row! with { State = state } : Row;
        return Task.CompletedTask;
    }
}

/// <summary>The rows of other nodes, as the test says.</summary>
internal sealed class FakeLeases : INodeLeases
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    public string Incarnation { get; init; } = "self";

    public TimeSpan Lasts { get; init; } = Lease;

    public bool MaySend { get; set; } = true;

    public TimeSpan? Silent { get; set; }

    public TimeSpan? SilentFor(string incarnation) => Silent;
}
