using System.Runtime.InteropServices;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Simulation.Tests.World;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>What operators have decided of each channel, and what each owner of a channel has told the routers.</summary>
internal sealed class ChannelWatch(Life life, LaneWatch lanes, Func<PaymentId, PaymentFacts> payment)
{
    private readonly Dictionary<ChannelId, List<OperatorFacts>> _operators = [];
    private readonly HashSet<(ChannelId Channel, int Exclusion)> _answered = [];
    private readonly List<(ChannelId Channel, ExcludedPart Part, TimeSpan At)> _included = [];

    /// <summary>How many changes operators had decided when the channel last said that it is closed.</summary>
    private readonly Dictionary<ChannelId, int> _closedAfter = [];
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
                decided.Add(decided[^1].After(adjusted, life.Time.Now));
                Note(setup.Id, decided[^2], decided[^1]);
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

    public void Closes(ChannelSetup setup) => _closedAfter[setup.Id] = Operators(setup).Count;

    public void Configured(ChannelSetup setup, ChannelLane lane, LaneConfiguration configuration) =>
        S18OperatorsPrevail.Configured(setup.Id, lane, Operators(setup)[^1], configuration);

    public void Answered(ChannelSetup setup, ChannelChange change, ChannelReport report)
    {
        var decided = Operators(setup);
        // The owner gives exclusions and planned maintenance their numbers.
        var since = decided.FindIndex(facts => ReferenceEquals(facts.Last, change)
            || (IsNumbered(change) && facts.Last is { } last && last with { ExcludeNo = 0, PlanNo = 0 } == change));
        if (since < 0 && (change.Include ?? change.Unplan) is not null)
        {
            // It had been taken back before, so that nothing was stored.
            return;
        }

        if (since >= 0 && change.Exclude is not null)
        {
            _answered.Add((setup.Id, decided[since].Last!.ExcludeNo));
        }

        S18OperatorsPrevail.Answered(
            change,
            report,
            since < 0 ? [] : CollectionsMarshal.AsSpan(decided)[since..],
            mayBeClosed: _closedAfter.GetValueOrDefault(setup.Id) > since,
            lanes.Of(setup.Id, ChannelLane.Submit),
            lanes.Of(setup.Id, ChannelLane.Query));
    }

    /// <summary>Whether such payments are, or lately were, kept away from the channel.</summary>
    public bool MayBelieveExcluded(ChannelId channel, RouteRequest request) =>
        Operators(life.Channel(channel).Setup)[^1].Excluded.Values.Any(part => Has(part, request))
        || _included.Any(was =>
            was.Channel == channel && life.Time.Now - was.At <= LaneWatch.RoutersKnowBy && Has(was.Part, request));

    /// <summary>A router may not have heard of it for a moment.</summary>
    public void Chosen(ChannelId channel, RouteRequest request)
    {
        foreach (var part in Operators(life.Channel(channel).Setup)[^1].Excluded.Values)
        {
            if (life.Time.Now - part.Since > LaneWatch.RoutersKnowBy && Has(part, request))
            {
                S16UnfitIsNeverPicked.ChosenLongAfterExcluding(channel, part, life.Time.Now - part.Since);
            }
        }

        ChosenInMaintenance(channel, request);
    }

    /// <summary>A router looks at the times once a second.</summary>
    private void ChosenInMaintenance(ChannelId channel, RouteRequest request)
    {
        foreach (var planned in Operators(life.Channel(channel).Setup)[^1].Planned.Values)
        {
            if (life.HasTrueClocks && life.Time.Now - planned.Since > LaneWatch.RoutersKnowBy
                && TrueNow - planned.From > LaneWatch.RoutersKnowBy && TrueNow < planned.Until
                && (planned.Plan.Bank is null || planned.Plan.Bank == request.Bank))
            {
                S16UnfitIsNeverPicked.ChosenInMaintenance(channel, planned, TrueNow);
            }
        }
    }

    public void CallStarts(ChannelId channel, SubmitOrder order)
    {
        foreach (var (no, part) in Operators(life.Channel(channel).Setup)[^1].Excluded)
        {
            if (_answered.Contains((channel, no))
                && part.Has(order.Merchant.Value, order.Product, order.Account.Bank, order.Amount.Minor))
            {
                S18OperatorsPrevail.CallStarts(channel, no, part);
            }
        }
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

    private static bool IsNumbered(ChannelChange change) => change.Exclude is not null || change.Plan is not null;

    private static bool Has(ExcludedPart part, RouteRequest request) =>
        part.Has(request.Merchant.Value, request.Product, request.Bank, request.Amount.Minor);

    private void Note(ChannelId channel, OperatorFacts before, OperatorFacts after)
    {
        foreach (var (no, part) in before.Excluded)
        {
            if (!after.Excluded.ContainsKey(no))
            {
                _included.Add((channel, part, life.Time.Now));
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
