using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>
/// One life of a channel on one node: its two lanes, what they keep for the books, and the reports to all routers.
/// Carries production lanes as the channel's actors do.
/// </summary>
internal sealed class ChannelOwner
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Life _life;
    private readonly SimulatedChannel _channel;
    private readonly SimulatedLane<SubmitOrder> _submit;
    private readonly SimulatedLane<QueryOrder> _query;
    private readonly HashSet<string> _withdrawn = [];
    private readonly Dictionary<(PaymentId, int), (AttemptReport Report, TimeSpan SentAt)> _untaken = [];
    private readonly List<SubmitSignal> _signals = [];
    private readonly long _epoch;
    private long _sequence;

    public ChannelOwner(Life life, SimulatedChannel channel, Node node)
    {
        _life = life;
        _channel = channel;
        Node = node;
        _epoch = node.Utc.ToUnixTimeMilliseconds();
        var state = channel.State;
        _submit = new SimulatedLane<SubmitOrder>(
            life, this, new SubmitCalls(life, channel), With(channel.Setup.Submit, state.Submit),
            state.SubmitBreaker.ToMemory(state.Isolated, node.Utc));
        _query = new SimulatedLane<QueryOrder>(
            life, this, new QueryCalls(life, channel), With(channel.Setup.Query, state.Query),
            state.QueryBreaker.ToMemory(false, node.Utc));
    }

    public Node Node { get; }

    public ChannelId Id => _channel.Setup.Id;

    public Chance Chance => _channel.Chance;

    public bool IsStopped { get; private set; }

    public void Open()
    {
        Configure();
        Report();
    }

    public void Submit(SubmitOrder order) => _submit.Offer(order);

    public void Query(QueryOrder order) => _query.Offer(order);

    public void Taken(AttemptReport report) => _untaken.Remove((report.Payment, report.AttemptNo));

    /// <summary>The calls end with it; what they would have said is asked about.</summary>
    public void Stop(string why)
    {
        if (!IsStopped)
        {
            _life.Story?.Tell($"channel {Id} stops on node {Node.Number}: {why}");
            IsStopped = true;
            _submit.CutAll();
            _query.CutAll();
            _channel.Lost(this);
        }
    }

    public void Configure()
    {
        var state = _channel.State;
        var intake = state.Lifecycle switch
        {
            ChannelLifecycle.Active => Intake.Open,
            ChannelLifecycle.Draining => Intake.Draining,
            ChannelLifecycle.Disabled or ChannelLifecycle.NoOwner or ChannelLifecycle.Retired => Intake.Closed,
        };
        _submit.Configure(With(_channel.Setup.Submit, state.Submit), intake, state.Isolated);
        _query.Configure(With(_channel.Setup.Query, state.Query), Intake.Open, false);
        TellRouters();
    }

    public void ToBook(AttemptReport report)
    {
        if (report.Source == ReportSource.Submit)
        {
            _untaken[(report.Payment, report.AttemptNo)] = (report, _life.Time.Now);
        }

        _life.Network.Deliver(report);
    }

    public void Withdraw(string orderNo)
    {
        _withdrawn.Add(orderNo);
        _submit.Withdraw(order => order.OrderNo == orderNo);
    }

    public bool IsWithdrawn(string orderNo) => _withdrawn.Contains(orderNo);

    public void Tell(SubmitSignal signal) => _signals.Add(signal);

    public long NextNumber() => _channel.NextNumber();

    public void BreakerChanged(ChannelLane lane, BreakerMemory memory)
    {
        var until = memory.State == BreakerState.Open ? Node.Utc + memory.OpenFor : (DateTimeOffset?)null;
        _channel.Remember(new BreakerMoved(Node.Utc, lane, memory.State, until) { Openings = memory.Openings });
        TellRouters();
    }

    /// <summary>L5: after the world has been quiet.</summary>
    public IEnumerable<(ChannelLane Lane, LaneReport Report, int Running)> Lanes()
    {
        yield return (ChannelLane.Submit, _submit.Report, _submit.Running);
        yield return (ChannelLane.Query, _query.Report, _query.Running);
    }

    private void Report()
    {
        if (IsStopped)
        {
            return;
        }

        SendAgain();
        TellRouters();
        _life.Time.After(_life.IsQuiet ? 5 : 0.5, Report);
    }

    private void SendAgain()
    {
        if (_untaken.Count == 0)
        {
            return;
        }

        foreach (var (key, (report, sentAt)) in _untaken)
        {
            if (_life.Time.Now - sentAt >= Patience)
            {
                _untaken[key] = (report, _life.Time.Now);
                _life.Network.Deliver(report);
            }
        }
    }

    private void TellRouters()
    {
        if (IsStopped)
        {
            return;
        }

        var state = _channel.State;
        var report = new ChannelReport(
            Id, _epoch, ++_sequence, state.Lifecycle, state.Weight ?? _channel.Setup.Routed.Weight, _submit.Report, _query.Report,
            [.. _signals]);
        _signals.Clear();
        foreach (var node in _life.Nodes)
        {
            if (!_life.Faults.Strike(FaultKind.HealthLost, _channel.Chance, 0.02))
            {
                var isLate = _life.Faults.Strike(FaultKind.HealthLate, _channel.Chance, 0.02);
                var router = node.Router;
                _life.Time.After(isLate ? _channel.Chance.Seconds(0, 3) : 0.001, () => router.Fold(report));
            }
        }
    }

    private static LaneSettings With(LaneSettings configured, LaneOverrides overrides) => configured with
    {
        Concurrency = overrides.Concurrency ?? configured.Concurrency,
        RatePerSecond = overrides.RatePerSecond ?? configured.RatePerSecond,
    };
}
