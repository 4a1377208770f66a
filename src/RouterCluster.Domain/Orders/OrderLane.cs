using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Orders;

/// <summary>
/// One lane of a channel: keeps ends until a book has stored them, collects routers' signals, passes news to the channel.
/// Holds no clock and sends nothing: its owner feeds it orders and ends of calls, and carries out its effects. One caller
/// at a time.
/// </summary>
public sealed class OrderLane<TOrder>
    where TOrder : class
{
    private readonly ILaneOrders<TOrder> _orders;
    private readonly Lane<TOrder> _lane;
    private readonly UnreportedSignals _signals = new();
    private readonly UntakenReports _untaken = new();
    private List<OrderLaneEffect<TOrder>> _effects = [];
    private List<OrderLaneEffect<TOrder>> _taken = [];
    private long _version;
    private bool _isStopping;

    public OrderLane(ILaneOrders<TOrder> orders, LaneStart start, TimeSpan now)
    {
        _orders = orders;
        Settings = start.Settings;
        _lane = new Lane<TOrder>(start.Settings, start.Breaker, now);
        _lane.Pause(start.Paused, now);
    }

    public LaneSettings Settings { get; private set; }

    /// <summary>It stops, and all its calls have ended.</summary>
    public bool HasEnded => _isStopping && _lane.IsIdle;

    /// <summary>Waits until books have stored all its reports, as a lane that is gone cannot repeat them.</summary>
    public bool IsDone => HasEnded && _untaken.IsEmpty;

    public LaneReport Report(TimeSpan now) => _lane.Report(now);

    public TimeSpan? NextWake(TimeSpan now) => _lane.NextWake(now);

    public void Offer(TOrder order, BookTime now)
    {
        var patience = _orders.Patience(order, now.Utc);
        var wait = patience is { } limit && limit < Settings.QueueDeadline ? limit : Settings.QueueDeadline;
        _lane.Offer(order, _orders.Merchant(order), now.Monotonic + wait, now.Monotonic);
        FollowLane(now);
    }

    public void Ended(TOrder order, Permit permit, CallEnd end, TimeSpan startedAt, BookTime now)
    {
        var outcome = end.Outcome;
        var news = new CallNews(end.Pause, _orders.Part(order), end.ClosedUntil - now.Utc);
        var isFirstEnd = _lane.Complete(
            permit, _orders.Verdict(outcome), end.ConnectionMayLinger, (now.Monotonic - startedAt).TotalMilliseconds,
            now.Monotonic, news);
        if (end.Pause is { } pause)
        {
            TellChannel(new LaneNews.PausedUntil(now.Utc + pause));
        }

        if (isFirstEnd)
        {
            Note(order, outcome, now.Monotonic);
        }

        TellBook(order, outcome, now.Monotonic);
        FollowLane(now);
    }

    public void Taken(PaymentId payment, int attemptNo) => _untaken.Taken(payment, attemptNo);

    /// <summary>The reports that no book has taken: its successor repeats them.</summary>
    public ImmutableArray<AttemptReport> HandOver() => _untaken.HandOver();

    /// <summary>What its predecessor handed over.</summary>
    public void Adopt(ImmutableArray<AttemptReport> reports, TimeSpan now)
    {
        foreach (var report in reports)
        {
            TellBook(report, now);
        }
    }

    public void Noticed(string orderNo, Product product, Outcome outcome, TimeSpan now) =>
        _signals.Add(LaneSignal.Truth(orderNo, product, outcome), now);

    public void Withdraw(string orderNo, BookTime now)
    {
        _lane.Withdraw(order => _orders.OrderNo(order) == orderNo, now.Monotonic);
        FollowLane(now);
    }

    /// <summary>Safe at any time.</summary>
    public void Advance(BookTime now)
    {
        _lane.Advance(now.Monotonic);
        FollowLane(now);
    }

    /// <summary>Several times a second: reports to the channel, and repeats reports to books.</summary>
    public void Tell(BookTime now)
    {
        foreach (var report in _untaken.TakeDue(now.Monotonic))
        {
            _effects.Add(new OrderLaneEffect<TOrder>.TellBook(report));
        }

        TellChannel(new LaneNews.Reported(_version, _lane.Report(now.Monotonic), _signals.Take(now.Monotonic)));
    }

    public void Configure(LaneConfiguration configuration, BookTime now)
    {
        (Settings, _version) = (configuration.Settings, configuration.Version);
        var exclusions = configuration.Exclusions;
        _lane.Exclude(exclusions.IsEmpty ? null : order => _orders.IsExcluded(order, exclusions), now.Monotonic);
        _lane.Configure(configuration.Settings, now.Monotonic);
        _lane.SetIntake(configuration.Intake, now.Monotonic);
        _lane.Isolate(configuration.Isolated, now.Monotonic);
        if (configuration.Resumes)
        {
            _lane.Resume(now.Monotonic);
        }

        Tell(now);
        FollowLane(now);
    }

    public void Stop(BookTime now)
    {
        _isStopping = true;
        _lane.SetIntake(Intake.Stopping, now.Monotonic);
        FollowLane(now);
    }

    /// <summary>The list is valid until the next call.</summary>
    public ReadOnlySpan<OrderLaneEffect<TOrder>> TakeEffects()
    {
        (_taken, _effects) = (_effects, _taken);
        _effects.Clear();
        return CollectionsMarshal.AsSpan(_taken);
    }

    private void FollowLane(BookTime now)
    {
        foreach (var output in _lane.TakeOutputs())
        {
            switch (output)
            {
                case LaneOutput<TOrder>.Start start:
                    Start(start, now.Monotonic);
                    break;
                case LaneOutput<TOrder>.Waits waits:
                    TellQueued(waits.Call, true);
                    break;
                case LaneOutput<TOrder>.Refused refused:
                    TellBook(refused.Call, refused.Refusal.AsOutcome(), now.Monotonic);
                    break;
                case LaneOutput<TOrder>.BreakerChanged changed:
                    TellChannel(new LaneNews.BreakerTurned(changed.Memory));
                    Tell(now);
                    break;
                case LaneOutput<TOrder>.Closed closed:
                    TellChannel(new LaneNews.ClosedUntil(now.Utc + closed.For));
                    break;
                default:
                    throw new UnreachableException();
            }
        }
    }

    private void Start(LaneOutput<TOrder>.Start start, TimeSpan now)
    {
        if (start.Waited is not null)
        {
            TellQueued(start.Call, false);
        }

        Note(start.Call, null, now);
        _effects.Add(new OrderLaneEffect<TOrder>.Send(start.Call, start.Permit) { Waited = start.Waited ?? TimeSpan.Zero });
    }

    private void TellQueued(TOrder order, bool isInQueue)
    {
        if (_orders.Watcher(order) is var (payment, attemptNo))
        {
            _effects.Add(new OrderLaneEffect<TOrder>.TellQueued(payment, attemptNo, isInQueue));
        }
    }

    private void TellBook(TOrder order, Outcome outcome, TimeSpan now) => TellBook(_orders.Report(order, outcome), now);

    private void TellBook(AttemptReport report, TimeSpan now)
    {
        _untaken.Keep(report, now);
        _effects.Add(new OrderLaneEffect<TOrder>.TellBook(report));
    }

    private void TellChannel(LaneNews news) => _effects.Add(new OrderLaneEffect<TOrder>.TellChannel(news));

    private void Note(TOrder order, Outcome? outcome, TimeSpan now)
    {
        if (_orders.Signal(order, outcome) is { } signal)
        {
            _signals.Add(signal, now);
        }
    }
}
