using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using RouterCluster.Cluster.Tests.Judging;
using RouterCluster.Cluster.Tests.Merchants;
using RouterCluster.Cluster.Tests.Nodes;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Membership;

/// <summary>
/// Three nodes behind a balancer under a steady stream of payments that any channel may take, and one of payments that only
/// one channel may take, which shows for how long each channel does not serve.
/// </summary>
internal sealed class RollingScene : IAsyncDisposable
{
    public static readonly string[] Channels = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot"];

    private const string AnyChannel = "ICBC";
    private const int PerSecond = 10;
    private const int OwnPerSecond = 12;
    private const int Wait = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(2);

    /// <summary>For hopeless cases: longer than a channel may serve nobody.</summary>
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private readonly ConcurrentBag<(string Channel, TimeSpan At)> _served = [];
    private int _asked;
    private int _refused;
    private int _late;
    private readonly ITestOutputHelper _output;
    private readonly ReadyNodes _balancer;
    private readonly CancellationTokenSource _over = new();
    private Task _load = Task.CompletedTask;

    private RollingScene(Psp psp, NodeGroup nodes, ITestOutputHelper output) =>
        (Psp, Nodes, _output, _balancer) = (psp, nodes, output, new ReadyNodes(() => nodes.Nodes, Patience));

    public Psp Psp { get; }

    public NodeGroup Nodes { get; }

    public Statement Statement { get; } = new();

    public Stopwatch Watch { get; } = Stopwatch.StartNew();

    /// <summary>Of payments that any channel may take: refused at least once, or without a result for longer than 2 s.</summary>
    public (int Asked, int Refused, int Late) Refusals => (_asked, _refused, _late);

    /// <summary>Once every node is ready, the first one being the oldest member.</summary>
    public static async Task<RollingScene> StartAsync(string storage, ITestOutputHelper output)
    {
        var psp = await Psp.StartAsync(Channels);
        var nodes = new NodeGroup(3, () => Plan(psp, storage));
        foreach (var node in nodes.Nodes)
        {
            node.Launch();
        }

        var scene = new RollingScene(psp, nodes, output);
        await scene.AllReadyAsync();
        return scene;
    }

    public void StartLoad() => _load = Task.WhenAll(
        OpenLoop.RunAsync(Watch, PerSecond, _ => _over.IsCancellationRequested, PayAnyAsync),
        OpenLoop.RunAsync(Watch, OwnPerSecond, _ => _over.IsCancellationRequested, PayOwnAsync));

    public Task AllReadyAsync() => Until.TrueAsync(
        async () => (await Task.WhenAll(Nodes.Nodes.Select(node => node.IsReadyAsync()))).All(isReady => isReady),
        StartLimit,
        "every node is ready");

    /// <summary>Waits until each channel has served somebody from now on.</summary>
    public Task EveryChannelServesAsync()
    {
        var from = Watch.Elapsed;
        return Until.TrueAsync(
            () => Task.FromResult(Channels.All(channel => _served.Any(one => one.Channel == channel && one.At > from))),
            StartLimit,
            "every channel serves");
    }

    /// <summary>The longest time in which each channel served nobody, from the moment on.</summary>
    public IReadOnlyDictionary<string, TimeSpan> LongestSilences(TimeSpan after) =>
        Channels.ToDictionary(channel => channel, channel => LongestSilence(channel, after));

    public async Task<Verdict> JudgeAsync()
    {
        await _over.CancelAsync();
        await _load;
        return await new Judge(Nodes[0], Psp, Channels).JudgeAllAsync(Statement);
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _load;
        await _balancer.DisposeAsync();
        foreach (var node in Nodes.Nodes)
        {
            node.WriteLog(_output);
        }

        await Nodes.DisposeAsync();
        await Psp.DisposeAsync();
        _over.Dispose();
    }

    /// <summary>
    /// Nobody is killed here, and every company answers: a busy machine must not look like a node that has gone, nor like six
    /// channels that hang.
    /// </summary>
    private static NodePlan Plan(Psp psp, string storage)
    {
        var plan = NodePlan.WithChannels(psp, Channels).OnPostgres(storage).Set("""
            router {
              books = 16, http.stop-delay = 2s, storage.lease = 15s, hold = 20s
              channel-defaults.submit { timeout = 6s, queue-deadline = 6s }
            }
            akka.cluster.failure-detector.acceptable-heartbeat-pause = 15s
            """);
        foreach (var channel in Channels)
        {
            plan.Set($"router.channels.{channel}.banks = [\"{AnyChannel}\", \"{BankOf(channel)}\"]");
        }

        return plan;
    }

    private TimeSpan LongestSilence(string channel, TimeSpan after)
    {
        var times = _served.Where(one => one.Channel == channel && one.At > after).Select(one => one.At).Prepend(after).Order();
        return times.Zip(times.Skip(1), (from, until) => until - from).DefaultIfEmpty().Max();
    }

    private static string BankOf(string channel) => channel.ToUpperInvariant();

    private async Task PayAnyAsync(TimeSpan due)
    {
        var from = Watch.Elapsed;
        var (_, refused) = await PayAsync(due, AnyChannel, "R");
        Interlocked.Increment(ref _asked);
        Interlocked.Add(ref _refused, refused ? 1 : 0);
        Interlocked.Add(ref _late, Watch.Elapsed - from > Late ? 1 : 0);
    }

    private async Task PayOwnAsync(TimeSpan due)
    {
        var channel = Channels[(int)Math.Round(due.TotalSeconds * OwnPerSecond) % Channels.Length];
        if (await PayAsync(due, BankOf(channel), $"O-{channel}") is ("succeeded", _))
        {
            _served.Add((channel, Watch.Elapsed));
        }
    }

    /// <summary>A merchant who gets no answer, or is told to, asks again under the same number.</summary>
    private async Task<(string State, bool IsRefused)> PayAsync(TimeSpan due, string bank, string prefix)
    {
        var orderNo = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{due.TotalMilliseconds:0}");
        Statement.Asked(orderNo);
        var isRefused = false;
        var from = Watch.Elapsed;
        while (Watch.Elapsed - from < AskLimit)
        {
            var reply = _balancer.Next() is { } shop ? await shop.PayAsync(orderNo, bank, wait: Wait) : Reply.None;
            Statement.Told(orderNo, reply);
            if (reply.IsAcknowledged)
            {
                return (reply.Payment!.State, isRefused);
            }

            isRefused |= reply.IsBusy;
            await Task.Delay(Pause);
        }

        return ("never acknowledged", isRefused);
    }
}
