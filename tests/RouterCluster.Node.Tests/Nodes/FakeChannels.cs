using System.Collections.Concurrent;
using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Messages;

namespace RouterCluster.Node.Tests.Nodes;

internal sealed class FakeChannels : IChannels
{
    private static readonly LaneReport Lane = new(BreakerState.Closed, 3, 16, 2, 256, 200, 21.4, 79.6, 0);

    private readonly ConcurrentDictionary<string, ChannelStatus> _all = new(
        new[] { "alpha", "bravo" }.ToDictionary(id => id, id => new ChannelStatus(
            new ChannelId(id), ChannelLifecycle.Active, 1, Lane, Lane with { Breaker = BreakerState.HalfOpen },
            0.97, 0.31, 4, 5000, TimeSpan.FromSeconds(61), null)
        {
            IsOwnedHere = true,
            Products = ImmutableDictionary.CreateRange<Product, ProductStanding>(
                [new(Product.Withhold, new(0.95, 0.4)), new(Product.Payout, new(null, 0.2))]),
        }));

    public ConcurrentQueue<(ChannelId Channel, ChannelChange Change)> Asked { get; } = new();

    public bool IsOwnerSilent { get; set; }

    public ChangeRefusal? Refuses { get; set; }

    public IReadOnlyList<ChannelStatus> All() => [.. _all.Values.OrderBy(status => status.Channel.Value)];

    /// <summary>In place of what was asked.</summary>
    public IReadOnlyList<(ChannelId Channel, OperatorChange Change)>? Made { get; init; }

    public IReadOnlyList<(ChannelId Channel, OperatorChange Change)> Changes() => Made ?? [.. Asked
        .Reverse()
        .Select(asked => (asked.Channel, Carried(asked.Change)))];

    private static OperatorChange Carried(ChannelChange change) =>
        new(DateTimeOffset.UnixEpoch, change.By, "changed", change.Reason);

    public void Set(string id, Func<ChannelStatus, ChannelStatus> change) => _all[id] = change(_all[id]);

    public Task<ChannelChangeResult> ChangeAsync(ChannelId channel, ChannelChange change, CancellationToken cancellation)
    {
        Asked.Enqueue((channel, change));
        if (IsOwnerSilent)
        {
            return Task.FromResult<ChannelChangeResult>(new ChannelChangeResult.NoAnswer());
        }

        if (Refuses is { } why)
        {
            return Task.FromResult<ChannelChangeResult>(new ChannelChangeResult.Refused(why));
        }

        Set(channel.Value, status => status with
        {
            Lifecycle = change.Lifecycle ?? status.Lifecycle,
            Weight = change.Weight ?? status.Weight,
            Submit = status.Submit with { Budget = change.SubmitConcurrency ?? status.Submit.Budget },
            Changed = Carried(change),
            Planned = change.Plan is { } plan
                ? [
                    .. status.Planned,
                    new PlannedMaintenance(
                        status.Planned.Length + 1, plan, DateTimeOffset.UnixEpoch, change.By, change.Reason),
                ]
                : status.Planned,
        });
        return Task.FromResult<ChannelChangeResult>(new ChannelChangeResult.Done(_all[channel.Value]));
    }
}
