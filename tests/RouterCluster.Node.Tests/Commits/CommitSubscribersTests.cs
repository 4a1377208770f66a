using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using RouterCluster.Domain.Books;
using RouterCluster.Node.Commits;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Tests.Nodes;
using RouterCluster.Node.Tests.Payments;

namespace RouterCluster.Node.Tests.Commits;

/// <summary>None who hears of committed events can slow a book or keep events from another one.</summary>
public sealed class CommitSubscribersTests : IDisposable
{
    private const int Queue = 4;

    private readonly RouterMetrics _metrics = new();
    private readonly LogBook _log = new();
    private readonly ScriptedSubscriber _first = new("first") { Unwanted = "bad" };
    private readonly ScriptedSubscriber _second = new("second");

    [Fact]
    public async Task A_subscriber_that_hangs_loses_what_its_queue_cannot_hold_and_the_others_hear_all()
    {
        var subscribers = await StartAsync(Queue);
        _first.Hang();
        Tell(subscribers, "0");
        await _first.EnteredAsync();

        for (var number = 1; number <= 10; number++)
        {
            Tell(subscribers, $"{number}");
            await subscribers.CaughtUpAsync(_second, CancellationToken.None);
        }

        Assert.Equal(Enumerable.Range(0, 11).Select(number => $"{number}"), _second.Heard);
        Assert.Equal(["first 6", "second 0"], Lost());
        Assert.Single(_log.Lines, line => line.Contains("for first is full", StringComparison.Ordinal));

        _first.GoOn();
        await subscribers.CaughtUpAsync(_first, CancellationToken.None);
        Tell(subscribers, "11");
        await subscribers.StopAsync(CancellationToken.None);
        Assert.Equal(["0", "1", "2", "3", "4", "11"], _first.Heard);
        Assert.Single(_log.Lines, line => line.Contains("first hears of committed events again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_does_not_listen_gets_only_what_comes_when_it_does()
    {
        var subscribers = await StartAsync(Queue);
        _first.Listens = false;
        Tell(subscribers, "1");
        _first.Listens = true;
        Tell(subscribers, "2");

        await subscribers.StopAsync(CancellationToken.None);

        Assert.Equal(["2"], _first.Heard);
        Assert.Equal(["1", "2"], _second.Heard);
    }

    [Fact]
    public async Task A_subscriber_that_throws_goes_on_with_the_next_event()
    {
        var subscribers = await StartAsync(Queue);

        Tell(subscribers, "1", "bad", "2");
        await subscribers.StopAsync(CancellationToken.None);

        Assert.Equal(["1", "2"], _first.Heard);
        Assert.Equal(["1", "bad", "2"], _second.Heard);
        Assert.Single(_log.Lines, line => line.Contains("first failed", StringComparison.Ordinal)
            && line.Contains(PaymentSamples.IdOf("bad").Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_books_events_come_in_the_order_of_their_commits()
    {
        const int Each = 5_000;
        var subscribers = await StartAsync(queue: 4 * Each);

        await Task.WhenAll(Enumerable.Range(0, 2).Select(book => Task.Run(() =>
        {
            for (var number = 0; number < Each; number++)
            {
                Tell(subscribers, $"{book}-{number}");
            }
        })));
        await subscribers.StopAsync(CancellationToken.None);

        for (var book = 0; book < 2; book++)
        {
            var ofBook = _first.Heard.Where(number => number.StartsWith($"{book}-", StringComparison.Ordinal));
            Assert.Equal(Enumerable.Range(0, Each).Select(number => $"{book}-{number}"), ofBook);
        }
    }

    [Fact]
    public async Task What_waits_at_a_stop_is_heard_before_it_ends()
    {
        var subscribers = await StartAsync(queue: 100);
        _first.Hang();
        var numbers = Enumerable.Range(0, 100).Select(number => $"{number}").ToArray();
        Tell(subscribers, numbers);

        var stopped = subscribers.StopAsync(CancellationToken.None);
        Assert.False(stopped.IsCompleted);
        _first.GoOn();
        await stopped;

        Assert.Equal(numbers, _first.Heard);
    }

    [Fact]
    public async Task A_subscriber_that_hangs_for_ever_does_not_keep_the_node_from_stopping()
    {
        var subscribers = await StartAsync(Queue);
        _first.Hang();
        Tell(subscribers, "1", "2");
        await _first.EnteredAsync();

        await subscribers.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Single(_log.Lines, line => line.Contains("first did not hear its last 1 committed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Subscribers_have_caught_up_when_they_have_heard_what_was_before()
    {
        var subscribers = await StartAsync(Queue);
        _first.Hang();
        Tell(subscribers, "1", "2");

        var caughtUp = subscribers.CaughtUpAsync(_first, CancellationToken.None);
        await _first.EnteredAsync();
        Assert.False(caughtUp.IsCompleted);
        _first.GoOn();
        await caughtUp;

        Assert.Equal(["1", "2"], _first.Heard);
        await subscribers.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Subscribers_that_never_started_can_be_stopped() =>
        await New(Queue).StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(1));

    [Fact]
    public async Task Subscribers_run_before_the_books_and_until_after_them()
    {
        await using var node = await WholeNode.StartAsync("{}");

        var work = node.Work.Select(one => one.GetType().Name).ToList();

        Assert.InRange(work.IndexOf(nameof(CommitSubscribers)), 0, work.IndexOf("NodeActors") - 1);
        Assert.InRange(work.IndexOf("CounterWriter"), 0, work.IndexOf(nameof(CommitSubscribers)) - 1);
        var text = await node.MetricsAsync();
        Assert.All(["alerts", "counters", "metrics", "policies"], name => Assert.Contains(
            $"router_commit_events_lost_total{{subscriber=\"{name}\"}} 0", text, StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _first.GoOn();
        _metrics.Dispose();
    }

    private static void Tell(CommitSubscribers subscribers, params string[] numbers) => subscribers.Happened(
        [.. numbers.Select(number => new CommittedEvent(
            PaymentSamples.Accepted(number), PaymentSamples.Events["payment-accepted"]))]);

    private async Task<CommitSubscribers> StartAsync(int queue)
    {
        var subscribers = New(queue);
        await subscribers.StartAsync(CancellationToken.None);
        return subscribers;
    }

    private CommitSubscribers New(int queue) => new(
        [_first, _second], new CommitSettings(queue), _metrics, new Troubles(), new RouterClock(TimeProvider.System),
        LoggerFactory.Create(logging => logging.AddProvider(_log)).CreateLogger<CommitSubscribers>());

    private string[] Lost()
    {
        var lost = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter == _metrics.Meter && instrument.Name == "router_commit_events_lost_total")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, labels, _) => lost.Add($"{labels[0].Value} {count}"));
        listener.Start();
        listener.RecordObservableInstruments();
        return [.. lost];
    }
}
