using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Testing.Scenarios;

/// <summary>
/// One node against one scenario, payment by payment in virtual time: the product's own table of routes, told ten times
/// a second what the product's own lanes have heard. What a channel refuses is sent on to the next.
/// </summary>
public sealed class NodeRun
{
    private const int MostAttempts = 3;
    private const double ReportEveryS = 0.1;
    private const double RefusesAfterS = 0.05;
    private const double TimeoutS = 30;

    // Seconds are no exact measure of ticks, and a lane that is woken a tick too early asks for the same again.
    private const double WakesLateS = 1e-6;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly Outcome Refused = new(OutcomeClass.ChannelMaintenance, Landing.NotLanded, "39");
    private static readonly Outcome TooFast = new(OutcomeClass.ChannelThrottled, Landing.NotLanded, "TOO_FAST");
    private readonly Scenario _scenario;
    private readonly Random _random;
    private readonly Payers _payers;
    private readonly RunFigures _figures;
    private readonly NodeChannel[] _channels;
    private readonly Dictionary<ChannelId, int> _byId;
    private readonly RoutingTable _table;
    private readonly PriorityQueue<Action, double> _due = new();
    private readonly Dictionary<(int Channel, int Second), int> _taken = [];
    private double _nowS;

    private NodeRun(Scenario scenario, int seed)
    {
        _scenario = scenario;
        _random = new Random(seed);
        _payers = new Payers(seed);
        _figures = new RunFigures(scenario.Timeline);
        _channels =
            [.. Enumerable.Range(0, World.Channels).Select(channel => new NodeChannel(new ChannelId($"c{channel:00}")))];
        _byId = Enumerable.Range(0, World.Channels).ToDictionary(channel => _channels[channel].Id);
        _table = new RoutingTable(
            [.. _channels.Select((channel, index) => new RoutedChannel(channel.Id, Terms(index), 1, NodeChannel.Capacity))],
            RouteRules.Of(new SuccessRate()), RoutingLimits.Default);
    }

    private TimeSpan Now => TimeSpan.FromSeconds(_nowS);

    public static RunFigures Of(Scenario scenario, int seed)
    {
        var run = new NodeRun(scenario, seed);
        run.Report();
        var nextS = 0.0;
        while (true)
        {
            nextS += -Math.Log(1 - run._random.NextDouble()) / scenario.World.TotalRate;
            if (nextS >= scenario.Timeline.LengthS)
            {
                return run._figures;
            }

            run.AdvanceTo(nextS);
            run.Pay();
        }
    }

    private static string Bank(int segment) => $"B{segment}";

    /// <summary>X is in segments of both.</summary>
    private static Product ProductOf(int segment) => World.Product(segment) == 1 ? Product.Payout : Product.Withhold;

    private ChannelTerms Terms(int channel) => new(
        [Product.Withhold, Product.Payout],
        [.. Enumerable.Range(0, World.Segments).Where(segment => _scenario.IsEligible(segment, channel, 0)).Select(Bank)],
        1, 1_000_000, [new Currency("CNY")], ChannelMode.Sandbox);

    private void AdvanceTo(double atS)
    {
        while (_due.TryPeek(out var due, out var dueS) && dueS <= atS)
        {
            _due.Dequeue();
            _nowS = Math.Max(_nowS, dueS);
            due();
        }

        _nowS = atS;
    }

    private void After(double seconds, Action action) => _due.Enqueue(action, _nowS + seconds);

    private void Report()
    {
        foreach (var channel in _channels)
        {
            channel.Lane.Advance(Now);
            Follow(channel);
            _table.Fold(channel.Report(Now), Now);
        }

        _table.LookForOutages(Now, DateTimeOffset.UnixEpoch + Now);
        After(ReportEveryS, Report);
    }

    private void Pay()
    {
        var segment = _scenario.World.SegmentAt(_random.NextDouble());
        var source = _payers.Next();
        var payment = new NodePayment(
            segment, ProductOf(segment), Bank(segment), _random.Next(1_000, 100_000), new MerchantId($"m{source.Merchant}"),
            source, []);
        if (Route(payment) is { } channel)
        {
            CountChoice(segment, channel);
        }
    }

    private void CountChoice(int segment, int chosen)
    {
        var best = Enumerable.Range(0, World.Channels).Where(channel => _scenario.IsEligible(segment, channel, _nowS))
            .Max(channel => _scenario.Success(segment, channel, _nowS));
        var isWatched = _scenario.IsWatched(segment);
        _figures.Chosen(
            _nowS, isWatched && chosen == World.X, isWatched && _scenario.IsEligible(segment, World.X, _nowS),
            _scenario.Success(segment, chosen, _nowS), best, 1);
    }

    /// <summary>Null: no channel takes it now, and it is turned away.</summary>
    private int? Route(NodePayment payment)
    {
        var request = new RouteRequest(
            payment.Merchant, payment.Product, new Money(payment.Amount, new Currency("CNY")), payment.Bank, ChannelMode.Sandbox,
            [.. payment.Tried]);
        if (payment.Tried.Count == MostAttempts
            || _table.Choose(request, _random.NextDouble(), Now) is not RouteDecision.Chosen choice)
        {
            return null;
        }

        payment.Tried.Add(choice.Channel);
        var index = _byId[choice.Channel];
        var channel = _channels[index];
        var order = new NodeOrder(payment, index, new Luck(_random));
        channel.Lane.Offer(order, payment.Merchant.Value, Now + Patience, Now);
        Follow(channel);
        return index;
    }

    /// <summary>Does what the lane wants, and remembers when it wants to be looked at.</summary>
    private void Follow(NodeChannel channel)
    {
        foreach (var output in channel.Lane.TakeOutputs().ToImmutableArray())
        {
            switch (output)
            {
                case LaneOutput<NodeOrder>.Start start:
                    channel.Began(start.Call, Now);
                    Send(channel, start.Call, start.Permit);
                    break;
                case LaneOutput<NodeOrder>.Refused refused:
                    _table.Settle(channel.Id, refused.Call.Payment.Merchant, Now);
                    After(0, () => Route(refused.Call.Payment));
                    break;
            }
        }

        if (channel.Lane.NextWake(Now) is { } wake && (channel.WakesAt is not { } known || wake < known || known < Now))
        {
            channel.WakesAt = wake;
            _due.Enqueue(() => Wake(channel), wake.TotalSeconds + WakesLateS);
        }
    }

    private void Wake(NodeChannel channel)
    {
        channel.WakesAt = null;
        channel.Lane.Advance(Now);
        Follow(channel);
    }

    private void Send(NodeChannel channel, NodeOrder order, Permit permit)
    {
        var (segment, at) = (order.Payment.Segment, order.Channel);
        var isRefused = _scenario.Refuses(segment, at, _nowS);
        var isTooFast = !isRefused && IsTooFast(at);
        if (at == World.X)
        {
            _figures.CountAtX(_nowS, isTaken: !isRefused && !isTooFast);
        }

        if (isRefused || isTooFast)
        {
            Answer(channel, order, permit, isRefused ? Refused : TooFast, RefusesAfterS);
            return;
        }

        var truth = Told(_scenario.End(segment, at, _nowS, _scenario.CustomerFault(segment, _nowS), order.Luck));
        if (_scenario.Reply(at, _nowS) is { } reply)
        {
            Answer(channel, order, permit, Told(reply.End), reply.AfterS);
            Correct(channel, order, truth, reply.SettlesAfterS);
            return;
        }

        var luck = order.Luck;
        var latencyS = _scenario.Latency(at, _nowS, luck.Which, luck.Even, luck.Normal);
        var isLate = latencyS > TimeoutS;
        Answer(channel, order, permit, isLate ? Outcome.Unknown("timeout") : truth, Math.Min(latencyS, TimeoutS));
        Correct(channel, order, truth, isLate ? latencyS : null);
    }

    private bool IsTooFast(int channel)
    {
        if (_scenario.MostPerSecond(channel, _nowS) is not { } most)
        {
            return false;
        }

        var second = (channel, (int)_nowS);
        var taken = _taken.GetValueOrDefault(second);
        _taken[second] = taken < most ? taken + 1 : taken;
        return taken >= most;
    }

    private void Answer(NodeChannel channel, NodeOrder order, Permit permit, Outcome outcome, double afterS) =>
        After(afterS, () => End(channel, order, permit, outcome, afterS));

    private void End(NodeChannel channel, NodeOrder order, Permit permit, Outcome outcome, double afterS)
    {
        var news = new CallNews(null, new CallPart(order.Payment.Product, order.Payment.Bank, order.Payment.Amount), null);
        channel.Lane.Complete(permit, outcome.Verdict(), outcome.Class == OutcomeClass.Unknown, 1000 * afterS, Now, news);
        channel.Ended(order, outcome, SignalKind.Ended, Now);
        _table.Settle(channel.Id, order.Payment.Merchant, Now);
        Follow(channel);
        if (outcome.MayTryAnotherChannel())
        {
            Route(order.Payment);
        }
    }

    private void Correct(NodeChannel channel, NodeOrder order, Outcome truth, double? afterS)
    {
        if (afterS is { } later)
        {
            After(later, () => channel.Ended(order, truth, SignalKind.Corrected, Now));
        }
    }

    private static Outcome Told(AttemptEnd end) => end switch
    {
        AttemptEnd.Succeeded => new Outcome(OutcomeClass.Success, Landing.Landed, "ok"),
        AttemptEnd.CustomerFault => new Outcome(OutcomeClass.CustomerFunds, Landing.NotLanded, "funds"),
        AttemptEnd.ChannelFault => Refused,
        AttemptEnd.Undecided => new Outcome(OutcomeClass.Processing, Landing.Maybe, "processing"),
        AttemptEnd.Unknown or AttemptEnd.NoEvidence => Outcome.Unknown("unknown"),
    };
}
