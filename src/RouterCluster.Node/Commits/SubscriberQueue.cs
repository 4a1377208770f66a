using RouterCluster.Domain.Books;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Commits;

/// <summary>
/// The events that one subscriber has not handled yet, with a thread of its own: a hanging subscriber must not take a
/// thread of the pool on which the books run. While the queue is full, new events are lost to this subscriber alone.
/// </summary>
/// <remarks>
/// The thread lets events gather before it takes them all at once: else nearly every event would wake it, and its every step
/// would stop the books.
/// </remarks>
internal sealed class SubscriberQueue
{
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);

    private readonly ICommitSubscriber _subscriber;
    private readonly int _limit;
    private readonly Troubles _troubles;
    private readonly RouterClock _clock;
    private readonly ILogger _log;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SampledLines _lines = new();
    private readonly object _gate = new();
    private List<Waiting> _waiting = [];
    private volatile int _inHand;
    private bool _isIdle;
    private bool _somebodyWaits;
    private bool _takesNoMore;
    private long _lost;

    public SubscriberQueue(ICommitSubscriber subscriber, int limit, Troubles troubles, RouterClock clock, ILogger log)
    {
        (_subscriber, _limit, _troubles, _clock, _log) = (subscriber, limit, troubles, clock, log);

        // A background thread does not keep the process alive when a subscriber hangs.
        _thread = new Thread(Run) { IsBackground = true, Name = Subject };
    }

    public ICommitSubscriber Subscriber => _subscriber;

    public long Lost => Interlocked.Read(ref _lost);

    private string Subject => $"committed events of {_subscriber.Name}";

    public void Start() => _thread.Start();

    public void Offer(IReadOnlyList<CommittedEvent> events)
    {
        int taken;
        lock (_gate)
        {
            taken = _takesNoMore ? 0 : Math.Clamp(_limit - _waiting.Count - _inHand, 0, events.Count);
            for (var i = 0; i < taken; i++)
            {
                _waiting.Add(new Waiting(events[i], null));
            }

            if (_isIdle && taken > 0)
            {
                Monitor.Pulse(_gate);
            }
        }

        if (taken < events.Count)
        {
            OnLost(events.Count - taken);
        }
    }

    /// <summary>Ends when the subscriber has handled all earlier events.</summary>
    public Task CaughtUpAsync(CancellationToken cancellation)
    {
        var mark = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Add(new Waiting(default, mark));
            _somebodyWaits = true;
            Monitor.Pulse(_gate);
        }

        return mark.Task.WaitAsync(cancellation);
    }

    /// <summary>Takes no more events; ends when the subscriber has handled the rest, or at the limit.</summary>
    public async Task EndAsync(TimeSpan limit)
    {
        lock (_gate)
        {
            _takesNoMore = true;
            Monitor.Pulse(_gate);
        }

        if (!_thread.IsAlive)
        {
            return;
        }

        try
        {
            await _ended.Task.WaitAsync(limit).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            var left = _waiting.Count + _inHand;
            _log.LogWarning("{Subscriber} did not hear its last {Count} committed events in time", _subscriber.Name, left);
        }
    }

    private void Run()
    {
        for (var taken = TakeAll([]); taken.Count > 0; taken = TakeAll(taken))
        {
            for (var i = 0; i < taken.Count; i++)
            {
                _inHand = taken.Count - i - 1;
                Hand(taken[i]);
            }

            EndTrouble();
        }

        _ended.SetResult();
    }

    /// <summary>Waits for events, and for company to them; empty at the end.</summary>
    /// <param name="handled">Takes the place of the list that is returned.</param>
    private List<Waiting> TakeAll(List<Waiting> handled)
    {
        handled.Clear();
        lock (_gate)
        {
            for (_isIdle = true; _waiting.Count == 0 && !_takesNoMore;)
            {
                Monitor.Wait(_gate);
            }

            _isIdle = false;
            if (!_somebodyWaits && !_takesNoMore)
            {
                Monitor.Wait(_gate, Gather);
            }

            _somebodyWaits = false;
            (var taken, _waiting) = (_waiting, handled);
            _inHand = taken.Count;
            return taken;
        }
    }

    private void OnLost(int events)
    {
        Interlocked.Add(ref _lost, events);
        if (_troubles.Begin(Subject, "the queue is full"))
        {
            _log.LogWarning("The queue of committed events for {Subscriber} is full: it loses events", _subscriber.Name);
        }
    }

    private void Hand(Waiting next)
    {
        if (next.Mark is { } mark)
        {
            mark.SetResult();
            return;
        }

        try
        {
            _subscriber.Happened(next.Committed);
        }
        catch (Exception cause)
        {
            // Any exception of the subscriber must not keep later events from it.
            if (_lines.Allows("failed", _clock.Monotonic, out var leftOut))
            {
                _log.LogError(
                    cause, "{Subscriber} failed on an event of {PaymentId} ({LeftOut} such lines left out)",
                    _subscriber.Name, next.Committed.After.Id.Value, leftOut);
            }
        }
    }

    private void EndTrouble()
    {
        if (_troubles.End(Subject))
        {
            _log.LogInformation(
                "{Subscriber} hears of committed events again; lost since the start: {Count}", _subscriber.Name, Lost);
        }
    }

    /// <param name="Mark">Completed when its turn comes; stands in the place of an event.</param>
    private readonly record struct Waiting(CommittedEvent Committed, TaskCompletionSource? Mark);
}
