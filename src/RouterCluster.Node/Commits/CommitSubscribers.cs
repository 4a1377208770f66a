using System.Diagnostics.Metrics;
using RouterCluster.Domain.Books;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Commits;

/// <summary>
/// All who hear of committed events. A book only puts its events into their queues, so that none of them can slow a book or
/// keep events from another one. Ends after the books, with all that they have stored.
/// </summary>
public sealed class CommitSubscribers : IHostedService
{
    /// <summary>What waits is work of memory alone; a subscriber that needs longer hangs.</summary>
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
            foreach (var committed in events)
            {
                queue.Offer(committed);
            }
        }
    }

    /// <summary>Ends when the subscriber has heard all that happened before; it must be one of these.</summary>
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

    /// <summary>The time that others took to stop is no reason to lose what is stored: the limit is its own.</summary>
    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_queues.Select(queue => queue.EndAsync(EndWithin)));

    private IEnumerable<Measurement<long>> Lost() => _queues.Select(queue => new Measurement<long>(
        queue.Lost, new KeyValuePair<string, object?>("subscriber", queue.Subscriber.Name)));
}
