using System.Diagnostics.Metrics;
using RouterCluster.Domain.Books;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Commits;

/// <summary>
/// The subscribers to committed events. A book only puts its events into their queues, so that no subscriber can slow a
/// book or another subscriber. Stops after the books, when all events have been handled.
/// </summary>
public sealed class CommitSubscribers : IHostedService
{
    /// <summary>Waiting events need no I/O; a subscriber that takes longer hangs.</summary>
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(2);

    private readonly SubscriberQueue[] _queues;

    public CommitSubscribers(
        IEnumerable<ICommitSubscriber> subscribers, CommitSettings settings, RouterMetrics metrics, Troubles troubles,
        RouterClock clock, ILogger<CommitSubscribers> log)
    {
        _queues = [.. subscribers.Select(one => new SubscriberQueue(one, settings.Queue, troubles, clock, log))];
        metrics.Meter.CreateObservableCounter(
            "router_commit_events_lost_total", Lost, null,
            "Committed events that a subscriber did not hear of: its queue was full.");
    }

    public void Happened(IReadOnlyList<CommittedEvent> events)
    {
        foreach (var queue in _queues)
        {
            if (queue.Subscriber.Listens)
            {
                queue.Offer(events);
            }
        }
    }

    /// <summary>Ends when the subscriber has handled all earlier events.</summary>
    public Task CaughtUpAsync(ICommitSubscriber subscriber, CancellationToken cancellation) =>
        _queues.Single(queue => queue.Subscriber == subscriber).CaughtUpAsync(cancellation);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in _queues)
        {
            queue.Start();
        }

        return Task.CompletedTask;
    }

    /// <summary>Uses a limit of its own: slow services that stopped before must not cost stored events.</summary>
    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_queues.Select(queue => queue.EndAsync(EndWithin)));

    private IEnumerable<Measurement<long>> Lost() => _queues.Select(queue => new Measurement<long>(
        queue.Lost, new KeyValuePair<string, object?>("subscriber", queue.Subscriber.Name)));
}
