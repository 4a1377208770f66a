using System.Runtime.InteropServices;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Domain.Lanes;

/// <summary>
/// Decides which call goes to the channel, and when: the owner of a lane's queue, permits, tokens and breaker.
/// Deterministic: <c>now</c> is the owner's monotonic clock, and never goes back. One caller at a time.
/// </summary>
public sealed class Lane<TCall>
{
    private static readonly TimeSpan LongestLatency = TimeSpan.FromDays(1);
    private readonly Permits _permits;
    private readonly TokenBucket _tokens;
    private readonly Breaker _breaker;
    private readonly FairQueue<TCall> _queue;
    private readonly LatencySketch _latencies = new();
    private readonly PartWatch _parts;
    private LaneSettings _settings;
    private Intake _intake;
    private Predicate<TCall>? _isExcluded;
    private TimeSpan _now;
    private List<LaneOutput<TCall>> _outputs = [];
    private List<LaneOutput<TCall>> _taken = [];

    /// <param name="breaker">From <c>BreakerChanged</c>, with the time left until now taken off.</param>
    public Lane(LaneSettings settings, BreakerMemory breaker, TimeSpan now)
    {
        _settings = settings;
        _now = now;
        _permits = new Permits(now);
        _tokens = new TokenBucket(settings.RatePerSecond, settings.Concurrency, now);
        _breaker = new Breaker(settings, breaker, now);
        _queue = new FairQueue<TCall>(settings.Queue);
        _parts = new PartWatch(settings.Breaker.OpenFor);
        Advance(now);
    }

    public bool IsIdle => _queue.Count == 0 && _permits.InUse == 0;

    private bool CanStart =>
        _permits.InUse < _settings.Concurrency && _tokens.HasToken && (_breaker.IsClosed || _breaker.FreeProbes > 0);

    /// <param name="deadline">The call is refused if it has not started by then; settings may set an earlier deadline.</param>
    public void Offer(TCall call, string merchant, TimeSpan deadline, TimeSpan now)
    {
        Advance(now);
        if ((ReasonToRefuse(deadline) ?? ReasonToExclude(call)) is { } reason)
        {
            Refuse(call, reason);
        }
        else if (CanStart)
        {
            // The queue is empty: every call that could start was started by the advance.
            Start(call, waited: null);
        }
        else
        {
            Enqueue(call, merchant, Earlier(deadline - _now, _settings.QueueDeadline));
        }
    }

    /// <param name="connectionMayLinger">
    /// The channel may not have seen the connection of a call that was given up close.
    /// </param>
    /// <returns>False at a call's second end.</returns>
    public bool Complete(
        Permit permit, CallVerdict verdict, bool connectionMayLinger, double latencyMs, TimeSpan now, CallNews news = default)
    {
        Follow(now);
        var wasOut = _permits.TryReturn(permit, connectionMayLinger ? _settings.Linger : TimeSpan.Zero, _now);
        if (wasOut)
        {
            _latencies.Add(latencyMs, _now);
            if (_breaker.Complete(permit, Judge(verdict, StartOf(latencyMs), news), _now))
            {
                OnBreakerChanged();
            }
        }

        StartWaiting();
        return wasOut;
    }

    /// <summary>The rest of a pause that the channel asked this lane's predecessor for.</summary>
    public void Pause(TimeSpan length, TimeSpan now)
    {
        Follow(now);
        _tokens.Pause(length, _now);
        RefuseDuringLongPause();
    }

    public void Resume(TimeSpan now)
    {
        Follow(now);
        _tokens.Resume();
        _parts.Clear();
        StartWaiting();
    }

    /// <summary>Safe at any time.</summary>
    public void Advance(TimeSpan now)
    {
        Follow(now);
        StartWaiting();
    }

    /// <summary>When <c>Advance</c> has something to do; null: not before another call comes or ends.</summary>
    public TimeSpan? NextWake(TimeSpan now)
    {
        now = Later(now, _now);
        var wake = Earliest(_permits.NextReturn, Earliest(_breaker.NextWake, _queue.NextDeadline));
        if (_queue.Count > 0 && _permits.InUse < _settings.Concurrency)
        {
            wake = Earliest(wake, _tokens.NextToken(now));
        }

        return wake < now ? now : wake;
    }

    /// <summary>Running calls keep their permits; a lower budget is reached as they end.</summary>
    public void Configure(LaneSettings settings, TimeSpan now)
    {
        Follow(now);
        _settings = settings;
        _tokens.Configure(settings.RatePerSecond, settings.Concurrency, _now);
        _breaker.Configure(settings);
        _queue.Limit = settings.Queue;
        while (_queue.Count > _queue.Limit)
        {
            Refuse(_queue.TakeNewestOfLongest(), LaneRefusal.Full);
        }

        StartWaiting();
    }

    /// <summary>A released breaker probes; it never closes by itself.</summary>
    public void Isolate(bool isolated, TimeSpan now)
    {
        Follow(now);
        if (_breaker.Isolate(isolated))
        {
            OnBreakerChanged();
        }

        StartWaiting();
    }

    public void SetIntake(Intake intake, TimeSpan now)
    {
        Follow(now);
        if (_intake == Intake.Waiting && intake != Intake.Waiting)
        {
            _tokens.Empty();
        }

        _intake = _intake == Intake.Stopping ? Intake.Stopping : intake;
        switch (_intake)
        {
            case Intake.Closed:
                RefuseWaiting(LaneRefusal.Disabled);
                break;
            case Intake.Waiting:
                RefuseWaiting(LaneRefusal.NoOwner);
                break;
            case Intake.Stopping:
                RefuseWaiting(LaneRefusal.Stopping);
                break;
            case Intake.Open or Intake.Draining:
                break;
        }

        StartWaiting();
    }

    /// <summary>Such calls are refused, those in the queue too; null: no more of them are.</summary>
    public void Exclude(Predicate<TCall>? isExcluded, TimeSpan now)
    {
        Follow(now);
        _isExcluded = isExcluded;
        foreach (var call in isExcluded is null ? [] : _queue.Take(isExcluded))
        {
            Refuse(call, LaneRefusal.Excluded);
        }

        StartWaiting();
    }

    public void Withdraw(Predicate<TCall> unwanted, TimeSpan now)
    {
        Follow(now);
        foreach (var call in _queue.Take(unwanted))
        {
            Refuse(call, LaneRefusal.Withdrawn);
        }

        StartWaiting();
    }

    /// <summary>Changes nothing: events that fell due since the last advance are not in it.</summary>
    public LaneReport Report(TimeSpan now)
    {
        now = Later(now, _now);
        var (p50, p99) = _latencies.Percentiles(0.50, 0.99, now);
        return new LaneReport(
            _breaker.State, _permits.InUse, _settings.Concurrency, _queue.Count, _queue.Limit,
            _tokens.RateAt(now), p50, p99, ProbePermits(now))
        {
            Throttle = _tokens.IsThrottledAt(now)
                ? new ThrottleReport(_tokens.PausedFor(now), _tokens.TokensAt(now) - _queue.Count)
                : null,
            ClosedParts = _parts.Closed(now),
            HasFailed = _breaker.HasFailed,
        };
    }

    /// <summary>The list is valid until the next call.</summary>
    public ReadOnlySpan<LaneOutput<TCall>> TakeOutputs()
    {
        (_taken, _outputs) = (_outputs, _taken);
        _outputs.Clear();
        return CollectionsMarshal.AsSpan(_taken);
    }

    /// <remarks>Law 6.7.</remarks>
    private LaneRefusal? ReasonToRefuse(TimeSpan deadline) => (_breaker.State, _intake) switch
    {
        (_, Intake.Stopping) => LaneRefusal.Stopping,
        (_, Intake.Waiting) => LaneRefusal.NoOwner,
        (BreakerState.Isolated, _) => LaneRefusal.Isolated,
        (_, Intake.Closed) => LaneRefusal.Disabled,
        (_, Intake.Draining) => LaneRefusal.Draining,
        (BreakerState.Open, _) => LaneRefusal.BreakerOpen,
        _ when deadline <= _now => LaneRefusal.Deadline,
        _ when _tokens.PausedFor(_now) >= Earlier(deadline - _now, _settings.QueueDeadline) => LaneRefusal.Paused,
        (BreakerState.HalfOpen, _) when !CanStart => LaneRefusal.BreakerOpen,
        _ => null,
    };

    private LaneRefusal? ReasonToExclude(TCall call) => _isExcluded?.Invoke(call) == true ? LaneRefusal.Excluded : null;

    private TimeSpan StartOf(double latencyMs) =>
        latencyMs > 0 && latencyMs < LongestLatency.TotalMilliseconds ? _now - TimeSpan.FromMilliseconds(latencyMs) : _now;

    /// <summary>The verdict for the breaker: a refusal of one part only does not count against the channel.</summary>
    private CallVerdict Judge(CallVerdict verdict, TimeSpan startedAt, in CallNews news)
    {
        switch (verdict)
        {
            case CallVerdict.Throttled:
                var asked = news.Pause is { } pause ? Earlier(pause, _settings.LongestPause) : (TimeSpan?)null;
                _tokens.Refuse(startedAt, asked, _now);
                RefuseDuringLongPause();
                break;
            case CallVerdict.Success or CallVerdict.Answered:
                _tokens.Taken(_now);
                if (news.Part is { } taken)
                {
                    _parts.Took(taken, startedAt);
                }

                break;
            case CallVerdict.Refused when news.Part is { } refused:
                _tokens.Taken(_now);
                var isOwn = _parts.Refused(refused, startedAt, _now);
                CloseAsSaid(refused, news.ClosedFor ?? TimeSpan.Zero);
                return isOwn ? CallVerdict.Neutral : CallVerdict.Refused;
        }

        return verdict;
    }

    private void CloseAsSaid(CallPart part, TimeSpan length)
    {
        length = Earlier(length, _settings.LongestClosing);
        if (length > TimeSpan.Zero && !_parts.CloseOnly(part, length, _now))
        {
            _outputs.Add(new LaneOutput<TCall>.Closed(length));
        }
    }

    private void RefuseDuringLongPause()
    {
        if (_tokens.PausedFor(_now) >= _settings.QueueDeadline)
        {
            RefuseWaiting(LaneRefusal.Paused);
        }
    }

    private void Enqueue(TCall call, string merchant, TimeSpan patience)
    {
        if (patience <= TimeSpan.Zero)
        {
            Refuse(call, LaneRefusal.Deadline);
            return;
        }

        if (_queue.Count >= _queue.Limit)
        {
            if (!_queue.IsBelowFairShare(merchant))
            {
                Refuse(call, LaneRefusal.Full);
                return;
            }

            Refuse(_queue.TakeNewestOfLongest(), LaneRefusal.Full);
        }

        _queue.Add(call, merchant, _now + patience, _now);
        _outputs.Add(new LaneOutput<TCall>.Waits(call));
    }

    private void Follow(TimeSpan now)
    {
        _now = Later(now, _now);
        _permits.Advance(_now);
        _tokens.Advance(_now);
        if (_breaker.Advance(_now))
        {
            OnBreakerChanged();
        }

        while (_queue.TryTakeExpired(_now, out var expired))
        {
            Refuse(expired, LaneRefusal.Deadline);
        }
    }

    private void StartWaiting()
    {
        while (_queue.Count > 0 && CanStart)
        {
            var (call, since) = _queue.TakeNext();
            Start(call, _now - since);
        }
    }

    private void Start(TCall call, TimeSpan? waited)
    {
        _tokens.Take();
        var permit = _permits.Take(_breaker.Generation, isProbe: !_breaker.IsClosed);
        if (permit.IsProbe)
        {
            _breaker.StartProbe(permit.Id, _now);
        }

        _outputs.Add(new LaneOutput<TCall>.Start(call, permit) { Waited = waited });
    }

    private void OnBreakerChanged()
    {
        _outputs.Add(new LaneOutput<TCall>.BreakerChanged(_breaker.Memory(_now)));
        if (!_breaker.IsClosed)
        {
            RefuseWaiting(_breaker.State == BreakerState.Isolated ? LaneRefusal.Isolated : LaneRefusal.BreakerOpen);
        }
    }

    private void RefuseWaiting(LaneRefusal reason)
    {
        while (_queue.Count > 0)
        {
            Refuse(_queue.TakeNext().Call, reason);
        }
    }

    private void Refuse(TCall call, LaneRefusal reason) => _outputs.Add(new LaneOutput<TCall>.Refused(call, reason));

    private int ProbePermits(TimeSpan now) => _breaker.IsClosed
        ? _settings.Concurrency
        : Math.Max(0, Math.Min(_breaker.FreeProbes, Math.Min(_settings.Concurrency - _permits.InUse, (int)_tokens.TokensAt(now))));

    private static TimeSpan? Earliest(TimeSpan? one, TimeSpan? other) =>
        one is null || other < one ? other : one;

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
