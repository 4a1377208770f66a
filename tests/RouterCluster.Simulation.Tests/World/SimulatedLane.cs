using RouterCluster.Domain.Payments;
using System.Collections.Immutable;
using System.Diagnostics;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Orders;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Simulation.Tests.Law;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>How a lane's orders travel to the company and back.</summary>
internal interface ICalls<TOrder>
{
    ILaneOrders<TOrder> Orders { get; }

    /// <summary>Sends it; <paramref name="end"/> may be called never, or when nobody listens any more.</summary>
    void Send(Flight<TOrder> flight, Action<Outcome> end);

    /// <summary>The company sees that we closed the connection.</summary>
    void Closed(Flight<TOrder> flight);

    /// <summary>What the company has answered.</summary>
    void Heard(TOrder order, Word word);

    /// <summary>What the protocol makes of the call's end.</summary>
    CallEnd End(Flight<TOrder> flight, Outcome outcome, bool isGivenUp);
}

/// <summary>Carries a production lane as its actor does.</summary>
internal sealed class SimulatedLane<TOrder>
    where TOrder : class
{
    private readonly Life _life;
    private readonly ChannelOwner _owner;
    private readonly ICalls<TOrder> _calls;
    private readonly OrderLane<TOrder> _lane;
    private readonly List<Flight<TOrder>> _flights = [];
    private readonly Turns _turns;
    private readonly Throttling _throttling;
    private TimeSpan? _wakeAt;
    private readonly CallsOut _out;
    private bool _isWatching;

    public SimulatedLane(Life life, ChannelOwner owner, ICalls<TOrder> calls, LaneStart start)
    {
        _life = life;
        _owner = owner;
        _calls = calls;
        _out = owner.Node.CallsTo(owner.Id);
        _turns = life.Observer.TurnsOf(owner.Id);
        _throttling = life.Observer.ThrottlingOf(owner.Id, Name);
        life.Observer.LaneOpens(owner.Id, Name, start.Settings, start.Breaker.State);
        _lane = new OrderLane<TOrder>(calls.Orders, start, Monotonic);
    }

    /// <summary>Calls that have not ended.</summary>
    public int Running => _flights.Count;

    public bool IsDone => _lane.IsDone;

    public bool HasEnded => _lane.HasEnded;

    public LaneReport Report => _lane.Report(Monotonic);

    private ChannelLane Name => _calls.Orders.Lane;

    private BookTime Now => _owner.Node.Now;

    private TimeSpan Monotonic => _owner.Node.Monotonic;

    public void Offer(TOrder order)
    {
        _turns.Offered();
        _lane.Offer(order, Now);
        CarryOut();
    }

    public void Withdraw(string orderNo)
    {
        _lane.Withdraw(orderNo, Now);
        CarryOut();
    }

    public void Taken(PaymentId payment, int attemptNo) => _lane.Taken(payment, attemptNo);

    /// <summary>The lane has turned the order away, wherever it was.</summary>
    public void Leaves(AttemptReport report)
    {
        if (report is { Source: ReportSource.Submit, Outcome.Landing: Landing.NotSent })
        {
            var merchant = _life.Merchants[report.Payment].Content.Merchant.Value;
            _turns.Leaves(merchant, report.Payment.AttemptOrderNo(report.AttemptNo));
        }
    }

    public void Noticed(string orderNo, Product product, Outcome outcome) =>
        _lane.Noticed(orderNo, product, outcome, Monotonic);

    public void Tell()
    {
        _lane.Tell(Now);
        CarryOut();
    }

    public void Configure(LaneConfiguration configuration)
    {
        _life.Observer.LaneConfigured(_owner.Id, Name, configuration);
        if (configuration.Resumes)
        {
            _throttling.Resumed();
        }

        _turns.IsDraining = configuration.Intake == Intake.Draining;

        _lane.Configure(configuration, Now);
        CarryOut();
    }

    /// <summary>Its orders go back, its calls finish.</summary>
    public void Stop()
    {
        _lane.Stop(Now);
        CarryOut();
    }

    public ImmutableArray<AttemptReport> HandOver() => _lane.HandOver();

    public void Adopt(ImmutableArray<AttemptReport> reports)
    {
        _lane.Adopt(reports, Monotonic);
        CarryOut();
    }

    /// <summary>The owner is gone. What has not left never will, unless its process only stands still.</summary>
    public void CutAll()
    {
        foreach (var flight in _flights)
        {
            _out.End(_lane.Settings.Linger, Monotonic);
            if (!_owner.Node.IsUp && _owner.Node.Death == Death.MachineLost)
            {
                Cut(flight, _life.Time.Now + _lane.Settings.Timeout - (Monotonic - flight.StartedAt));
            }
            else if (_owner.FrozenUntil <= _life.Time.Now || flight.HasLeft)
            {
                Cut(flight, _owner.FrozenUntil);
            }
        }
    }

    private void CarryOut()
    {
        foreach (var effect in _lane.TakeEffects())
        {
            switch (effect)
            {
                case OrderLaneEffect<TOrder>.Send send:
                    Start(send);
                    break;
                case OrderLaneEffect<TOrder>.TellQueued queued:
                    Wait(queued);
                    _owner.TellQueued(queued.Payment, queued.AttemptNo, queued.IsInQueue);
                    break;
                case OrderLaneEffect<TOrder>.TellBook told:
                    _owner.TellBook(told.Report);
                    break;
                case OrderLaneEffect<TOrder>.TellChannel told:
                    WatchBreaker(told.News);
                    _owner.FromLane(Name, told.News);
                    break;
                default:
                    throw new UnreachableException();
            }
        }

        PlanToWake();
    }

    private void WatchBreaker(LaneNews news)
    {
        if (news is LaneNews.BreakerTurned { Memory.State: var state })
        {
            _life.Story?.Tell($"the {Name} breaker of {_owner.Id} is {state}");
            _life.Observer.BreakerChanged(_owner.Id, Name, state);
        }
    }

    private void PlanToWake()
    {
        var now = Monotonic;
        if (_lane.NextWake(now) is { } wake && !(_wakeAt <= wake))
        {
            _wakeAt = wake;
            WakeAt(wake, now);
        }
    }

    private void WakeAt(TimeSpan wake, TimeSpan now) =>
        _life.Time.At(_life.Time.Now + (wake - now), () =>
        {
            if (_wakeAt == wake && !_owner.IsStopped)
            {
                _wakeAt = null;
                _lane.Advance(Now);
                CarryOut();
            }
        });

    private void Wait(OrderLaneEffect<TOrder>.TellQueued queued)
    {
        if (queued.IsInQueue)
        {
            var merchant = _life.Merchants[queued.Payment].Content.Merchant.Value;
            _turns.Waits(merchant, queued.Payment.AttemptOrderNo(queued.AttemptNo));
        }
    }

    private void Start(OrderLaneEffect<TOrder>.Send send)
    {
        _throttling.Starts(_life.Time.Now);
        if (Name == ChannelLane.Submit)
        {
            _turns.Starts(_calls.Orders.Merchant(send.Order), _calls.Orders.OrderNo(send.Order));
        }

        var era = _life.Observer.CallStarts(_owner, Name, _calls.Orders.OrderNo(send.Order), send.Order as SubmitOrder);
        var flight = new Flight<TOrder>(_owner, send.Order, send.Permit, Monotonic, era);
        _flights.Add(flight);
        _out.Begin();
        _calls.Send(flight, outcome => End(flight, outcome, isGivenUp: false));
        WatchTimeouts();
    }

    /// <summary>For the oldest call: the others started later, and no lane's timeout changes.</summary>
    private void WatchTimeouts()
    {
        if (!_isWatching && _flights.Count > 0 && !_owner.IsStopped)
        {
            _isWatching = true;
            _life.Time.At(_life.Time.Now + _lane.Settings.Timeout - (Monotonic - _flights[0].StartedAt), GiveUpOverdue);
        }
    }

    private void GiveUpOverdue()
    {
        _isWatching = false;
        while (_flights.Count > 0 && Monotonic - _flights[0].StartedAt >= _lane.Settings.Timeout && !_owner.IsStopped)
        {
            GiveUp(_flights[0]);
        }

        WatchTimeouts();
    }

    private void GiveUp(Flight<TOrder> flight)
    {
        Cut(flight, _life.Time.Now);
        End(flight, flight.HasLeft ? Told.TimedOut : Told.NotConnected, flight.HasLeft);
    }

    private void End(Flight<TOrder> flight, Outcome outcome, bool isGivenUp)
    {
        if (flight.HasEnded || _owner.IsStopped)
        {
            return;
        }

        flight.HasEnded = true;
        _flights.Remove(flight);
        _out.End(isGivenUp ? _lane.Settings.Linger : TimeSpan.Zero, Monotonic);
        _life.Observer.CallEnds(_owner.Id, Name, flight.Era, _calls.Orders.Verdict(outcome));
        var end = _calls.End(flight, outcome, isGivenUp);
        Judge(flight, end);
        _lane.Ended(flight.Order, flight.Permit, end, flight.StartedAt, Now);
        if (_life.Faults.Strike(FaultKind.EndDoubled, _owner.Chance, 0.02))
        {
            _lane.Ended(flight.Order, flight.Permit, end, flight.StartedAt, Now);
        }

        CarryOut();
    }

    private void Judge(Flight<TOrder> flight, CallEnd end)
    {
        if (flight.Word is { } word)
        {
            _calls.Heard(flight.Order, word);
        }

        var verdict = _calls.Orders.Verdict(end.Outcome);
        if (verdict == CallVerdict.Throttled)
        {
            _throttling.Throttled(
                _life.Time.Now - (Monotonic - flight.StartedAt), end.Pause, _lane.Settings.LongestPause, _life.Time.Now);
        }
        else if (verdict is CallVerdict.Success or CallVerdict.Answered or CallVerdict.Refused)
        {
            _throttling.Taken(_life.Time.Now);
        }
    }

    /// <summary>The company sees the close a little later, but before the permit has lingered.</summary>
    private void Cut(Flight<TOrder> flight, TimeSpan at)
    {
        flight.IsCut = true;
        if (flight.HasLeft)
        {
            var closed = at > _life.Time.Now ? at : _life.Time.Now;
            _life.Time.At(closed + (0.9 * _lane.Settings.Linger), () => _calls.Closed(flight));
        }
    }
}
