using System.Diagnostics;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>What a lane does with an order: the only difference between a channel's two lanes.</summary>
internal interface ICalls<TOrder>
{
    ChannelLane Lane { get; }

    string Merchant(TOrder order);

    /// <summary>How long the order may still wait; null: as long as the lane lets it.</summary>
    TimeSpan? Patience(TOrder order, DateTimeOffset utcNow);

    /// <summary>Sends it; <paramref name="end"/> may be called never, or when nobody listens any more.</summary>
    void Send(Flight<TOrder> flight, Node node, Action<Outcome> end);

    /// <summary>The company sees that we closed the connection.</summary>
    void Closed(Flight<TOrder> flight);

    CallVerdict Verdict(Outcome outcome);

    /// <summary>What the end says beyond its verdict.</summary>
    CallNews News(TOrder order, Outcome outcome);

    void Started(ChannelOwner owner, Flight<TOrder> flight);

    /// <summary>The order waits in the lane's queue, or no longer.</summary>
    void Waits(TOrder order, bool isInQueue);

    /// <param name="flight">Null: the lane turned the order away.</param>
    void Report(ChannelOwner owner, TOrder order, Outcome outcome, Flight<TOrder>? flight);
}

/// <summary>Carries a production lane as its actor does.</summary>
internal sealed class SimulatedLane<TOrder>
{
    private readonly Life _life;
    private readonly ChannelOwner _owner;
    private readonly ICalls<TOrder> _calls;
    private readonly Lane<TOrder> _lane;
    private readonly List<Flight<TOrder>> _flights = [];
    private LaneSettings _settings;
    private TimeSpan? _wakeAt;

    public SimulatedLane(Life life, ChannelOwner owner, ICalls<TOrder> calls, LaneSettings settings, BreakerMemory breaker)
    {
        _life = life;
        _owner = owner;
        _calls = calls;
        _settings = settings;
        life.Observer.LaneOpens(owner.Id, calls.Lane, settings, breaker.State);
        _lane = new Lane<TOrder>(settings, breaker, Now);
    }

    /// <summary>Calls that have not ended.</summary>
    public int Running => _flights.Count;

    public LaneReport Report => _lane.Report(Now);

    private TimeSpan Now => _owner.Node.Monotonic;

    public void Offer(TOrder order)
    {
        var patience = _calls.Patience(order, _owner.Node.Utc);
        var deadline = patience is { } limit && limit < _settings.QueueDeadline ? limit : _settings.QueueDeadline;
        _lane.Offer(order, _calls.Merchant(order), Now + deadline, Now);
        CarryOut();
    }

    public void Withdraw(Predicate<TOrder> unwanted)
    {
        _lane.Withdraw(unwanted, Now);
        CarryOut();
    }

    public void Configure(LaneSettings settings, Intake intake, bool isolated)
    {
        _settings = settings;
        _life.Observer.LaneConfigured(_owner.Id, _calls.Lane, settings, intake, isolated);
        _lane.Configure(settings, Now);
        _lane.SetIntake(intake, Now);
        _lane.Isolate(isolated, Now);
        CarryOut();
    }

    /// <summary>The process is gone: what has not left never will, and the company sees the connections close.</summary>
    public void CutAll()
    {
        foreach (var flight in _flights)
        {
            Cut(flight);
        }
    }

    private void CarryOut()
    {
        foreach (var output in _lane.TakeOutputs())
        {
            switch (output)
            {
                case LaneOutput<TOrder>.Start start:
                    if (start.HasWaited)
                    {
                        _calls.Waits(start.Call, false);
                    }

                    Start(start);
                    break;
                case LaneOutput<TOrder>.Refused refused:
                    _calls.Report(_owner, refused.Call, Told.Refused(refused.Refusal), null);
                    break;
                case LaneOutput<TOrder>.Waits waits:
                    _calls.Waits(waits.Call, true);
                    break;
                case LaneOutput<TOrder>.BreakerChanged changed:
                    _life.Story?.Tell($"the {_calls.Lane} breaker of {_owner.Id} is {changed.Memory.State}");
                    _life.Observer.BreakerChanged(_owner.Id, _calls.Lane, changed.Memory.State);
                    _owner.BreakerChanged(_calls.Lane, changed.Memory);
                    break;
                case LaneOutput<TOrder>.Closed:
                    break;
                default:
                    throw new UnreachableException();
            }
        }

        PlanToWake();
    }

    private void PlanToWake()
    {
        if (_lane.NextWake(Now) is not { } wake || _wakeAt <= wake)
        {
            return;
        }

        _wakeAt = wake;
        _life.Time.At(_life.Time.Now + (wake - Now), () =>
        {
            if (_wakeAt == wake && !_owner.IsStopped)
            {
                _wakeAt = null;
                _lane.Advance(Now);
                CarryOut();
            }
        });
    }

    private void Start(LaneOutput<TOrder>.Start start)
    {
        var era = _life.Observer.CallStarts(_owner.Id, _calls.Lane);
        var flight = new Flight<TOrder>(start.Call, start.Permit, Now, era) { Number = _owner.NextNumber() };
        _flights.Add(flight);
        _calls.Started(_owner, flight);
        _calls.Send(flight, _owner.Node, outcome => End(flight, outcome, isGivenUp: false));
        _life.Time.At(_life.Time.Now + _settings.Timeout, () => GiveUp(flight));
    }

    private void GiveUp(Flight<TOrder> flight)
    {
        if (!flight.HasEnded && !_owner.IsStopped)
        {
            Cut(flight);
            End(flight, flight.HasLeft ? Told.TimedOut : Told.NotConnected, flight.HasLeft);
        }
    }

    private void End(Flight<TOrder> flight, Outcome outcome, bool isGivenUp)
    {
        if (flight.HasEnded || _owner.IsStopped)
        {
            return;
        }

        flight.HasEnded = true;
        _flights.Remove(flight);
        var verdict = _calls.Verdict(outcome);
        _life.Observer.CallEnds(_owner.Id, _calls.Lane, flight.Era, verdict);
        var took = (Now - flight.StartedAt).TotalMilliseconds;
        var news = _calls.News(flight.Order, outcome);
        _lane.Complete(flight.Permit, verdict, isGivenUp, took, Now, news);
        if (_life.Faults.Strike(FaultKind.EndDoubled, _owner.Chance, 0.02))
        {
            _lane.Complete(flight.Permit, verdict, isGivenUp, took, Now, news);
        }

        _calls.Report(_owner, flight.Order, outcome, flight);
        CarryOut();
    }

    /// <summary>The company sees the close a little later, but before the permit has lingered.</summary>
    private void Cut(Flight<TOrder> flight)
    {
        flight.IsCut = true;
        if (flight.HasLeft)
        {
            _life.Time.At(_life.Time.Now + (0.9 * _settings.Linger), () => _calls.Closed(flight));
        }
    }
}
