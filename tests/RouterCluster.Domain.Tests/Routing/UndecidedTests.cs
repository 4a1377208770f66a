using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Routing.RoutingFixtures;

namespace RouterCluster.Domain.Tests.Routing;

/// <summary>
/// A channel that takes everything at once and decides nothing, or decides late: two channels, answers at once, a hundred
/// payments a second, in virtual time. Alpha is the better one.
/// </summary>
public sealed class UndecidedTests
{
    private const double PerSecond = 100;
    private readonly RoutingTable _table = Ready(Alpha, Bravo);
    private readonly Random _random = new(11);
    private readonly PriorityQueue<SubmitSignal, double> _decisions = new();
    private readonly List<SubmitSignal> _ofAlpha = [];
    private readonly List<SubmitSignal> _ofBravo = [];
    private double _nowS;
    private readonly Dictionary<ChannelId, long> _numbers = new() { [Alpha] = 0, [Bravo] = 0 };
    private long _sequence = 1;

    [Fact]
    public void A_channel_that_decides_nothing_loses_its_traffic_within_fifteen_seconds()
    {
        var before = Run(120, decidesAfter: 0);
        Run(15, decidesAfter: null);

        Assert.InRange(Run(30, decidesAfter: null), 0, 0.2 * before);
        Assert.InRange(Run(300, decidesAfter: null), 0, 0.05);
    }

    [Fact]
    public void It_gets_its_traffic_back_when_it_decides_again()
    {
        var before = Run(120, decidesAfter: 0);
        Run(300, decidesAfter: null);

        Run(90, decidesAfter: 0.5);

        Assert.InRange(Run(30, decidesAfter: 0.5), 0.8 * before, 1);
    }

    [Fact]
    public void A_channel_that_always_decides_after_twenty_seconds_keeps_its_traffic()
    {
        Run(400, decidesAfter: 20);

        Assert.InRange(Run(60, decidesAfter: 20), 0.7, 1);
        Assert.Null(Outage());
    }

    [Fact]
    public void A_few_slow_decisions_cost_a_channel_nothing()
    {
        var before = Run(120, decidesAfter: 0);

        Run(60, decidesAfter: 30, share: 0.05);

        Assert.InRange(Run(120, decidesAfter: 30, share: 0.05), before - 0.05, 1);
        Assert.InRange(_table.Standing(Alpha, At(_nowS)).SuccessRate!.Value, 0.9, 1);
    }

    [Fact]
    public void Its_outage_is_seen_and_its_figure_falls_and_both_stay_while_the_traffic_is_away()
    {
        Run(120, decidesAfter: 0);
        Assert.InRange(_table.Standing(Alpha, At(_nowS)).SuccessRate!.Value, 0.95, 1);
        var began = Utc;

        Run(8, decidesAfter: null);
        Assert.Equal(OutageLevel.Suspected, Outage()?.Level);
        Run(32, decidesAfter: null);
        Assert.Equal(OutageLevel.Down, Outage()?.Level);
        Assert.InRange(_table.Standing(Alpha, At(_nowS)).SuccessRate!.Value, 0, 0.9);

        Run(300, decidesAfter: null);
        Assert.Equal(OutageLevel.Down, Outage()?.Level);
        Assert.InRange(_table.Standing(Alpha, At(_nowS)).SuccessRate!.Value, 0, 0.3);
        Assert.InRange(Outage()!.Value.Since - began, TimeSpan.Zero, At(10));

        Run(120, decidesAfter: 0);
        Assert.Null(Outage());
        Assert.InRange(_table.Standing(Alpha, At(_nowS)).SuccessRate!.Value, 0.9, 1);
    }

    [Fact]
    public void A_decision_gives_the_figure_back_what_its_lateness_took()
    {
        Run(60, decidesAfter: 0);
        Run(5, decidesAfter: 40);
        Run(35, decidesAfter: 0);
        var during = _table.Standing(Alpha, At(_nowS)).SuccessRate!.Value;

        Run(10, decidesAfter: 0);

        Assert.True(_table.Standing(Alpha, At(_nowS)).SuccessRate > during, $"{during}");
    }

    [Fact]
    public void A_new_owner_is_not_held_to_what_its_predecessor_left_undecided()
    {
        var before = Run(120, decidesAfter: 0);
        Run(4, decidesAfter: null);
        _numbers[Alpha] += 1L << 30;

        Run(60, decidesAfter: 0);

        Assert.InRange(Run(30, decidesAfter: 0), 0.8 * before, 1);
    }

    private DateTimeOffset Utc => DateTimeOffset.UnixEpoch.AddSeconds(_nowS);

    private OutageStanding? Outage() => _table.Standing(Alpha, At(_nowS)).Products[Product.Withhold].Outage;

    /// <summary>Gives Alpha's share. Bravo always answers at once.</summary>
    /// <param name="decidesAfter">
    /// Seconds until Alpha decides what it took at once; 0: it does not say "processing"; null: never.
    /// </param>
    /// <param name="share">Of Alpha's payments that are late; the others are decided at once.</param>
    private double Run(double seconds, double? decidesAfter, double share = 1)
    {
        var (toAlpha, payments) = (0, 0);
        for (var end = _nowS + seconds; _nowS < end; payments++)
        {
            _nowS += 1 / PerSecond;
            if (payments % 10 == 0)
            {
                Tell();
            }

            var chosen = _table.ChosenBy(_random.NextDouble(), _nowS);
            _table.Settle(chosen, Shop, At(_nowS));
            toAlpha += chosen == Alpha ? 1 : 0;
            Pay(chosen, chosen == Alpha && _random.NextDouble() < share ? decidesAfter : 0);
        }

        return toAlpha / (double)payments;
    }

    private void Pay(ChannelId channel, double? decidesAfter)
    {
        var signals = channel == Alpha ? _ofAlpha : _ofBravo;
        var submit = Success with { Number = ++_numbers[channel], Kind = SignalKind.Dispatched };
        var isGood = _random.NextDouble() < (channel == Alpha ? 0.98 : 0.93);
        var truth = (isGood ? Success : Fault) with { Number = submit.Number };
        signals.Add(submit);
        if (decidesAfter == 0)
        {
            signals.Add(truth);
            return;
        }

        signals.Add(Signal(CallVerdict.Answered, OutcomeClass.Processing) with { Number = submit.Number });
        if (decidesAfter is { } later)
        {
            _decisions.Enqueue(truth with { Kind = SignalKind.Corrected }, _nowS + later);
        }
    }

    private void Tell()
    {
        while (_decisions.TryPeek(out var decision, out var at) && at <= _nowS)
        {
            _ofAlpha.Add(_decisions.Dequeue());
        }

        _sequence++;
        _table.Fold(Report(Alpha, _sequence, signals: _ofAlpha), At(_nowS));
        _table.Fold(Report(Bravo, _sequence, signals: _ofBravo), At(_nowS));
        _table.LookForOutages(At(_nowS), Utc);
        _ofAlpha.Clear();
        _ofBravo.Clear();
    }
}
