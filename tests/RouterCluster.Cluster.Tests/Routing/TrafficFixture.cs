using System.Collections.Concurrent;
using System.Diagnostics;
using RouterCluster.Cluster.Tests.Merchants;
using RouterCluster.Cluster.Tests.Nodes;
using RouterCluster.Cluster.Tests.Processes;

namespace RouterCluster.Cluster.Tests.Routing;

/// <summary>
/// One node and five channels for the same payments, of which one is the best, under a steady stream: a run in which the
/// best one suffers a storm of customers' failures, answers with errors, heals, hangs and heals. Run once, judged after.
/// </summary>
public sealed class TrafficFixture : IAsyncLifetime
{
    internal const string Best = "best";
    internal const int PerSecond = 200;
    internal const int Budget = 32;

    private const double SuccessOfBest = 0.99;
    private const double CustomerFailures = 0.05;
    private const double CustomerFailuresInStorm = 0.6;
    private const int Wait = 5;

    private static readonly (string Channel, double Success)[] Channels =
        [(Best, SuccessOfBest), ("second", 0.95), ("third", 0.94), ("fourth", 0.93), ("fifth", 0.92)];

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(LongRun.Or(full: 60, normal: 6));
    private static readonly TimeSpan SteadyTime = TimeSpan.FromSeconds(LongRun.Or(full: 300, normal: 4));
    private static readonly TimeSpan StormTime = TimeSpan.FromSeconds(LongRun.Or(full: 60, normal: 4));
    private static readonly TimeSpan ErrorTime = TimeSpan.FromSeconds(LongRun.Or(full: 30, normal: 5));
    private static readonly TimeSpan HangTime = TimeSpan.FromSeconds(LongRun.Or(full: 30, normal: 8));
    private static readonly TimeSpan HealTime = TimeSpan.FromSeconds(LongRun.Or(full: 90, normal: 40));
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private readonly List<string> _figures = [];
    private readonly ConcurrentBag<(DateTimeOffset At, Reply Reply)> _replies = [];
    private Psp? _psp;
    private Node? _node;
    private TrafficBooks? _books;

    internal Node Node => _node ?? throw new InvalidOperationException("The fixture has not been initialised.");

    internal TrafficBooks Books => _books ?? throw new InvalidOperationException("The fixture has not been initialised.");

    internal Span Steady { get; private set; }

    internal Span Storm { get; private set; }

    internal Span Errors { get; private set; }

    internal Span AfterErrors { get; private set; }

    internal Span Hang { get; private set; }

    internal Span AfterHang { get; private set; }

    public async Task InitializeAsync()
    {
        var names = Channels.Select(channel => channel.Channel).ToList();
        _psp = await Psp.StartAsync(names);
        foreach (var (channel, success) in Channels)
        {
            await _psp.SetAsync(channel, new
            {
                success_rate = success, customer_failure_rate = CustomerFailures, latency_ms = 20, latency_p99_ms = 80,
            });
        }

        // The lanes' times are those of the reference, since they decide how long a channel that hangs is believed in.
        _node = new Node(NodePlan.WithChannels(_psp, names).Set($$"""
            router.channel-defaults {
              submit { concurrency = {{Budget}}, timeout = 15s, linger = 1s }
              breaker.open-for = 5s
            }
            """));
        await _node.StartAsync();
        using var over = new CancellationTokenSource();
        var payments = OpenLoop.RunAsync(
            Stopwatch.StartNew(), PerSecond, _ => over.IsCancellationRequested, _ => PayAsync(_node.Shop));
        await RunAsync(_psp);
        await over.CancelAsync();
        await payments;
        _books = await TrafficBooks.ReadAsync(_psp, names);
    }

    public async Task DisposeAsync()
    {
        var folder = Path.Combine(BuiltProgram.Root, "TestResults");
        Directory.CreateDirectory(folder);
        await File.WriteAllLinesAsync(Path.Combine(folder, "routing.txt"), _figures);
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        if (_psp is not null)
        {
            await _psp.DisposeAsync();
        }
    }

    /// <summary>Goes to <c>TestResults/routing.txt</c>, where run.sh shows it.</summary>
    internal void Note(string figure) => _figures.Add($"routing, {PerSecond}/s: {figure}");

    /// <summary>Payments of the span that the router did not take.</summary>
    internal int Refused(Span span) =>
        _replies.Count(each => each.At >= span.From && each.At < span.Until && !each.Reply.IsAcknowledged);

    private async Task RunAsync(Psp psp)
    {
        await Task.Delay(WarmUp);
        Steady = await DuringAsync(SteadyTime);
        await psp.SetAsync(Best, new { customer_failure_rate = CustomerFailuresInStorm });
        Storm = await DuringAsync(StormTime);
        await psp.SetAsync(Best, new { customer_failure_rate = CustomerFailures, mode = "error_500" });
        Errors = await DuringAsync(ErrorTime);
        await psp.SetAsync(Best, new { mode = "ok" });
        AfterErrors = await HealedAsync(psp);
        await psp.SetAsync(Best, new { mode = "hang" });
        Hang = await DuringAsync(HangTime);
        await psp.SetAsync(Best, new { mode = "ok" });
        AfterHang = LongRun.IsWanted ? await HealedAsync(psp) : default;
    }

    /// <summary>The short run waits no longer than it takes.</summary>
    private async Task<Span> HealedAsync(Psp psp)
    {
        var span = await DuringAsync(Look);
        while (span.Length < HealTime && (LongRun.IsWanted || !await IsBackAsync(psp, span)))
        {
            span = span with { Until = (await DuringAsync(Look)).Until };
        }

        return span;
    }

    private async Task<bool> IsBackAsync(Psp psp, Span span)
    {
        var books = await TrafficBooks.ReadAsync(psp, Channels.Select(channel => channel.Channel));
        return books.Share(Best, span.Last(Look)) > books.Share(Best, Steady) / 2;
    }

    private static async Task<Span> DuringAsync(TimeSpan time)
    {
        var from = DateTimeOffset.UtcNow;
        await Task.Delay(time);
        return new Span(from, DateTimeOffset.UtcNow);
    }

    private async Task PayAsync(Merchant shop)
    {
        var at = DateTimeOffset.UtcNow;
        _replies.Add((at, await shop.PayAsync($"T-{Guid.NewGuid():N}", wait: Wait)));
    }
}
