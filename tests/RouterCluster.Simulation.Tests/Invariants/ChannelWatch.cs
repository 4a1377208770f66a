using System.Runtime.InteropServices;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Simulation.Tests.World;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>What operators have decided of each channel, and what each owner of a channel has told the routers.</summary>
internal sealed class ChannelWatch(Life life, LaneWatch lanes, Func<PaymentId, PaymentFacts> payment)
{
    private readonly Dictionary<ChannelId, List<OperatorFacts>> _operators = [];
    private readonly Dictionary<ChannelOwner, SignalFacts> _signals = [];
    private readonly Dictionary<(ChannelId Channel, long Epoch), long> _lastNumbers = [];

    private DateTimeOffset TrueNow => LifeSettings.Birth + life.Time.Now;

    public void Stored(ChannelSetup setup, ChannelEvent @event)
    {
        switch (@event)
        {
            case ChannelAdjusted adjusted:
                var decided = Operators(setup);
                S18OperatorsPrevail.Ended(setup.Id, decided[^1], adjusted, life.HasTrueClocks ? TrueNow : null);
                decided.Add(decided[^1].After(adjusted));
                break;
            case MaintenanceAnnounced announced:
                S18OperatorsPrevail.Announced(setup.Id, announced, setup.Configuration.LongestMaintenance);
                break;
            case BreakerMoved or ThrottleAnnounced:
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    public void Configured(ChannelSetup setup, ChannelLane lane, LaneConfiguration configuration) =>
        S18OperatorsPrevail.Configured(setup.Id, lane, Operators(setup)[^1], configuration);

    public void Answered(ChannelSetup setup, ChannelChange change, ChannelReport report)
    {
        var decided = Operators(setup);
        var since = decided.FindIndex(facts => ReferenceEquals(facts.Last, change));
        S18OperatorsPrevail.Answered(
            change,
            report,
            since < 0 ? [] : CollectionsMarshal.AsSpan(decided)[since..],
            lanes.Of(setup.Id, ChannelLane.Submit),
            lanes.Of(setup.Id, ChannelLane.Query));
    }

    public void LifeEnds()
    {
        foreach (var channel in life.Channels)
        {
            S18OperatorsPrevail.LifeEnds(channel.Setup.Id, Operators(channel.Setup)[^1], TrueNow);
        }
    }

    public void Sent(ChannelOwner owner, string orderNo) => Signals(owner).Sent.Enqueue(orderNo);

    public void Reported(ChannelOwner owner, ChannelReport report)
    {
        if (report.Signals.IsEmpty)
        {
            return;
        }

        var facts = Signals(owner);
        facts.LastNumber = Math.Max(facts.LastNumber, LastNumberBefore(report));
        foreach (var signal in report.Signals)
        {
            switch (signal.Kind)
            {
                case SignalKind.Dispatched:
                    S19SignalsAreTrue.Dispatched(facts, signal);
                    _lastNumbers[(report.Channel, report.Epoch)] = signal.Number;
                    break;
                case SignalKind.Ended:
                    S19SignalsAreTrue.Ended(facts, signal);
                    break;
                case SignalKind.Corrected:
                    var (id, _) = PaymentId.ParseAttempt(S19SignalsAreTrue.OrderNo(facts, signal))!.Value;
                    S19SignalsAreTrue.Corrected(facts, signal, payment(id));
                    break;
            }
        }
    }

    /// <summary>The last number of all earlier owners, so far as their clocks were earlier.</summary>
    private long LastNumberBefore(ChannelReport report)
    {
        var last = 0L;
        foreach (var ((channel, epoch), number) in _lastNumbers)
        {
            last = channel == report.Channel && epoch < report.Epoch ? Math.Max(last, number) : last;
        }

        return last;
    }

    /// <summary>What they had decided at first, and after each change.</summary>
    private List<OperatorFacts> Operators(ChannelSetup setup)
    {
        if (!_operators.TryGetValue(setup.Id, out var decided))
        {
            _operators[setup.Id] = decided = [OperatorFacts.Of(setup)];
        }

        return decided;
    }

    private SignalFacts Signals(ChannelOwner owner)
    {
        if (!_signals.TryGetValue(owner, out var facts))
        {
            _signals[owner] = facts = new SignalFacts($"{owner.Id} on node {owner.Node.Number}");
        }

        return facts;
    }
}
