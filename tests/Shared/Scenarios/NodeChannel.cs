using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Testing.Scenarios;

/// <summary>One order of a payment at a channel.</summary>
internal sealed record NodeOrder(NodePayment Payment, int Channel, Luck Luck)
{
    /// <summary>Of its channel's submits; known once it is sent.</summary>
    public long Number { get; set; }
}

/// <summary>A payment that is sent on when a channel refuses it.</summary>
internal sealed record NodePayment(
    int Segment, Product Product, string Bank, long Amount, MerchantId Merchant, Source Source, List<ChannelId> Tried);

/// <summary>A channel as a node has it: the product's own lane, and what routers are told of it.</summary>
internal sealed class NodeChannel(ChannelId id)
{
    // As the settings have them, but for the numbers: here channels are fast enough, and a scenario slows them down.
    private static readonly LaneSettings Settings = new(
        2_000, 5_000, 1_000, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1),
        new BreakerSettings(0.5, 20, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), 5));

    private static readonly LaneReport NoQueries = new(BreakerState.Closed, 0, 1, 0, 1, 1, 0, 0, 0);
    private readonly List<(SubmitSignal Signal, TimeSpan At)> _untold = [];
    private long _numbers;
    private long _sequence;

    public ChannelId Id => id;

    public Lane<NodeOrder> Lane { get; } = new(Settings, BreakerMemory.Fresh, TimeSpan.Zero);

    /// <summary>When it is to be looked at next, if that is known already.</summary>
    public TimeSpan? WakesAt { get; set; }

    public static int Capacity => Settings.Concurrency + Settings.Queue;

    public void Began(NodeOrder order, TimeSpan now)
    {
        order.Number = ++_numbers;
        Tell(order, new SubmitSignal(order.Payment.Product, order.Payment.Bank, default, default)
        {
            Kind = SignalKind.Dispatched,
        }, now);
    }

    public void Ended(NodeOrder order, Outcome outcome, SignalKind kind, TimeSpan now) => Tell(
        order,
        new SubmitSignal(order.Payment.Product, order.Payment.Bank, outcome.Verdict(), outcome.Class) { Kind = kind },
        now);

    public ChannelReport Report(TimeSpan now)
    {
        _sequence++;
        var signals = _untold.Select(told => told.Signal with { Age = now - told.At });
        var report = new ChannelReport(
            id, 1, _sequence, ChannelLifecycle.Active, 1, Lane.Report(now), NoQueries, [.. signals]);
        _untold.Clear();
        return report;
    }

    private void Tell(NodeOrder order, SubmitSignal signal, TimeSpan now) =>
        _untold.Add((signal with { Number = order.Number, Source = order.Payment.Source }, now));
}
