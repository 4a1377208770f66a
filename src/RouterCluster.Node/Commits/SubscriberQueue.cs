using System.Threading.Channels;
using RouterCluster.Domain.Books;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Commits;

/// <summary>
/// The events that one subscriber has not handled yet, with a thread of its own: a hanging subscriber must not take a
/// thread of the pool on which the books run. While the queue is full, new events are lost to this subscriber alone.
/// </summary>
internal sealed class SubscriberQueue
{
    private readonly ICommitSubscriber _subscriber;
    private readonly Troubles _troubles;
    private readonly RouterClock _clock;
    private readonly ILogger _log;
    private readonly Channel<Waiting> _waiting;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SampledLines _lines = new();
    private long _lost;

    public SubscriberQueue(ICommitSubscriber subscriber, int limit, Troubles troubles, RouterClock clock, ILogger log)
    {
        (_subscriber, _troubles, _clock, _log) = (subscriber, troubles, clock, log);
        _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(limit) { SingleReader = true });

        // A background thread does not keep the process alive when a subscriber hangs.
        _thread = new Thread(Run) { IsBackground = true, Name = Subject };
    }

    public ICommitSubscriber Subscriber => _subscriber;

    public long Lost => Interlocked.Read(ref _lost);

    private string Subject => $"committed events of {_subscriber.Name}";

    public void Start() => _thread.Start();

    public void Offer(CommittedEvent committed)
    {
        if (_waiting.Writer.TryWrite(new Waiting(committed, null)))
        {
            return;
        }

        Interlocked.Increment(ref _lost);
        if (_troubles.Begin(Subject, "the queue is full"))
        {
            _log.LogWarning("The queue of committed events for {Subscriber} is full: it loses events", _subscriber.Name);
        }
    }

    /// <summary>Ends when the subscriber has handled all earlier events.</summary>
    public async Task CaughtUpAsync(CancellationToken cancellation)
    {
        var mark = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _waiting.Writer.WriteAsync(new Waiting(default, mark), cancellation).ConfigureAwait(false);
        await mark.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Takes no more events; ends when the subscriber has handled the rest, or at the limit.</summary>
    public async Task EndAsync(TimeSpan limit)
    {
        _waiting.Writer.TryComplete();
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
            _log.LogWarning(
                "{Subscriber} did not hear its last {Count} committed events in time", _subscriber.Name, _waiting.Reader.Count);
        }
    }

    private void Run()
    {
#pragma warning disable RS0030 // The thread is this queue's own: it may stand still.
        while (_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
#pragma warning restore RS0030
        {
            while (_waiting.Reader.TryRead(out var next))
            {
                Hand(next);
            }

            EndTrouble();
        }

        _ended.SetResult();
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
