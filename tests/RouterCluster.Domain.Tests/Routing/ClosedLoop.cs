using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Routing.RoutingFixtures;

namespace RouterCluster.Domain.Tests.Routing;

/// <summary>
/// One router and channels that answer after 50 ms and report ten times a second, in virtual time from one seed. The
/// channels' lanes hold back nothing; whether they have breakers is the test's choice.
/// </summary>
internal sealed class ClosedLoop
{
    private const double AnswersAfter = 0.05;
    private readonly Random _random;
    private readonly double _perSecond;
    private readonly RoutingTable _table;
    private readonly SimulatedChannel[] _channels;
    private readonly PriorityQueue<(SimulatedChannel Channel, SubmitSignal Signal), double> _running = new();
    private long _payments;
    private long _submits;
    private long _sequence;

    public ClosedLoop(int seed, double perSecond, bool breakers, params ChannelId[] ids)
    {
        _random = new Random(seed);
        _perSecond = perSecond;
        _channels = [.. ids.Select(id => new SimulatedChannel(id, breakers))];
        _table = Table(ids);
        ReportAll();
    }

    private double Now => _payments / _perSecond;

    public SimulatedChannel this[ChannelId id] => _channels.Single(channel => channel.Id == id);

    /// <summary>Runs so long; gives the share of choices that went to the channel meanwhile.</summary>
    public double Run(double seconds, ChannelId observed)
    {
        var (chosen, asked) = (0, 0);
        for (var end = Now + seconds; Now < end; asked++)
        {
            Advance();
            if (_table.Choose(Request, _random.NextDouble(), At(Now)) is RouteDecision.Chosen choice)
            {
                chosen += choice.Channel == observed ? 1 : 0;
                Submit(this[choice.Channel]);
            }
        }

        return chosen / (double)asked;
    }

    private void Submit(SimulatedChannel channel)
    {
        channel.InFlight++;
        var submit = Success with { Number = ++_submits, Kind = SignalKind.Dispatched };
        channel.Tell(submit);
        _running.Enqueue((channel, channel.Answer(_random) with { Number = submit.Number }), Now + AnswersAfter);
    }

    private void Advance()
    {
        _payments++;
        while (_running.TryPeek(out var call, out var ends) && ends <= Now)
        {
            _running.Dequeue();
            call.Channel.InFlight--;
            call.Channel.Ended(call.Signal, Now);
            _table.Settle(call.Channel.Id, Shop, At(Now));
        }

        if ((long)(Now * 10) > (long)((Now - (1 / _perSecond)) * 10))
        {
            ReportAll();
        }
    }

    private void ReportAll()
    {
        _sequence++;
        foreach (var channel in _channels)
        {
            _table.Fold(channel.Report(_sequence, Now), At(Now));
        }
    }
}

/// <summary>A channel whose breaker opens after ten faults in a row for five seconds and closes after three successes.</summary>
internal sealed class SimulatedChannel(ChannelId id, bool hasBreaker)
{
    private const int Probes = 3;
    private readonly List<SubmitSignal> _told = [];
    private double _openUntil;
    private int _run;
    private BreakerState _breaker;

    public ChannelId Id => id;

    public double SuccessRate { get; set; } = 0.97;

    public double CustomerFailureRate { get; set; }

    public int InFlight { get; set; }

    public SubmitSignal Answer(Random random) =>
        random.NextDouble() < CustomerFailureRate ? Declined : random.NextDouble() < SuccessRate ? Success : Fault;

    public void Tell(SubmitSignal signal) => _told.Add(signal);

    public void Ended(SubmitSignal signal, double now)
    {
        _told.Add(signal);
        var good = signal.Class == OutcomeClass.Success;
        _run = good == _run > 0 ? _run + (good ? 1 : -1) : good ? 1 : -1;
        if (hasBreaker && (_breaker, _run) is (BreakerState.Closed, <= -10) or (BreakerState.HalfOpen, < 0))
        {
            (_breaker, _openUntil) = (BreakerState.Open, now + 5);
        }
        else if ((_breaker, _run) is (BreakerState.HalfOpen, >= Probes))
        {
            _breaker = BreakerState.Closed;
        }
    }

    public ChannelReport Report(long sequence, double now)
    {
        if (_breaker is BreakerState.Open && now >= _openUntil)
        {
            (_breaker, _run) = (BreakerState.HalfOpen, 0);
        }

        var lane = IdleLane with
        {
            Breaker = _breaker,
            Budget = 64,
            QueueLimit = 64,
            InFlight = InFlight,
            ProbePermits = _breaker is BreakerState.HalfOpen ? Math.Max(0, Probes - InFlight) : 0,
        };
        var report = RoutingFixtures.Report(id, sequence, lane, _told);
        _told.Clear();
        return report;
    }
}
