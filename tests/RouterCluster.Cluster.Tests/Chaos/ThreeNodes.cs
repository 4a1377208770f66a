using System.Collections.Concurrent;
using System.Collections.Immutable;
using RouterCluster.Cluster.Tests.Judging;
using RouterCluster.Cluster.Tests.Merchants;
using RouterCluster.Cluster.Tests.Nodes;
using RouterCluster.Cluster.Tests.Processes;
using RouterCluster.Testing;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Chaos;

/// <summary>
/// Three nodes with the shipped settings of a cluster, each on a machine of its own and started again when it ends, on one
/// PostgreSQL. Their channels have small budgets, which the load comes near.
/// </summary>
public sealed class ThreeNodes : IAsyncLifetime
{
    internal const int Budget = 2;

    private const int Spares = 1;
    private const int Count = 3;
    private const string Port = "2551";

    internal static readonly string[] Channels = ["alpha", "bravo", "charlie", "delta", "echo"];

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(240);
    private static readonly TimeSpan WatchEvery = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<Node> _nodes = [];
    private readonly ConcurrentDictionary<Node, bool> _held = new();
    private volatile ImmutableList<Node> _guests = [];
    private MachineNetwork? _network;
    private PostgresServer? _postgres;
    private Psp? _psp;
    private Balancer? _balancer;
    private Judge? _judge;
    private string _database = "";
    private Task _supervising = Task.CompletedTask;

    internal IReadOnlyList<Node> Nodes => _nodes;

    internal MachineNetwork Network => _network ?? throw NotYet();

    internal PostgresServer Postgres => _postgres ?? throw NotYet();

    internal Psp Psp => _psp ?? throw NotYet();

    internal Balancer Balancer => _balancer ?? throw NotYet();

    /// <summary>Of all payments that the balancer has made.</summary>
    internal Statement Statement { get; } = new();

    public async Task InitializeAsync()
    {
        if (!MachineNetwork.IsPossible)
        {
            return;
        }

        _network = await MachineNetwork.CreateAsync(Count + Spares);
        _postgres = await PostgresServer.StartAsync(Network.Address);
        _database = await Postgres.CreateDatabaseAsync("three_nodes");
        _psp = await Psp.StartOnAsync(Network.Address, Channels);
        foreach (var channel in Channels)
        {
            await Psp.SetAsync(channel, new { latency_ms = 60, latency_p99_ms = 1200 });
        }

        _nodes.AddRange(Network.Machines.Take(Count).Select(machine => NodeOn(machine)));
        _judge = new Judge(_nodes[0], Psp, Channels);
        _balancer = new Balancer(() => [.. _nodes, .. _guests]);
        _nodes.ForEach(node => node.Launch());
        _supervising = Task.Run(SuperviseAsync);
        await ServesAsync();
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _supervising;
        await (_balancer?.DisposeAsync() ?? ValueTask.CompletedTask);
        foreach (var node in _nodes.Concat(_guests))
        {
            await node.DisposeAsync();
        }

        await (_psp?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_postgres?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_network?.DisposeAsync() ?? ValueTask.CompletedTask);
        _stop.Dispose();
    }

    /// <summary>The node is not started again until it is let go.</summary>
    internal Task KillAsync(Node node)
    {
        _held[node] = true;
        return node.KillAsync();
    }

    internal void LetGo(Node node) => _held.TryRemove(node, out _);

    /// <summary>A node beside the three; nobody starts it again.</summary>
    /// <param name="environment">Of its process, besides what every node gets.</param>
    internal Node Join(params (string Name, string Value)[] environment)
    {
        var node = NodeOn(Network.Machines[Count], environment);
        _guests = _guests.Add(node);
        node.Launch();
        return node;
    }

    /// <summary>It has ended.</summary>
    internal async Task ForgetAsync(Node node)
    {
        _guests = _guests.Remove(node);
        await node.DisposeAsync();
    }

    internal void WriteLog(ITestOutputHelper output)
    {
        foreach (var node in _nodes.Concat(_guests))
        {
            node.WriteLog(output);
        }
    }

    /// <summary>The one of the three that owns most channels.</summary>
    internal async Task<Node> OwnerAsync()
    {
        var members = await _nodes[0].MembersAsync();
        return _nodes.MaxBy(node => members.Single(member => IsOf(node, member)).Channels.Length)!;
    }

    /// <summary>The one of the three that runs for the longest time.</summary>
    internal async Task<Node> OldestAsync(params IEnumerable<Node> without)
    {
        var there = _nodes.Except(without).ToList();
        var members = await there[0].MembersAsync();
        return there.MinBy(node => members.Single(member => IsOf(node, member)).Lease?.Epoch ?? long.MaxValue)!;
    }

    /// <summary>Every node is ready, sees no other members, and every channel has an owner that sends.</summary>
    /// <param name="without">Nodes that are not to be there.</param>
    internal Task ServesAsync(params IEnumerable<Node> without)
    {
        var there = _nodes.Except(without).ToList();
        return Until.TrueAsync(
            async () => (await Task.WhenAll(there.Select(node => ServesAsync(node, there.Count)))).All(serves => serves),
            StartLimit,
            $"{there.Count} nodes are ready, and all channels serve");
    }

    internal async Task<Verdict> JudgeAsync()
    {
        var verdict = await _judge!.JudgeAllAsync(Statement);
        verdict.IsTruthful();
        Assert.Equal(0, verdict.Suspended);
        Assert.Equal(0, Statement.Unexpected);
        foreach (var channel in Channels)
        {
            var highest = (await Psp.LogAsync(channel)).HighestConcurrency;
            Assert.InRange(highest.Submit, 1, Budget);
            Assert.InRange(highest.Query, 0, Budget);
        }

        return verdict;
    }

    /// <summary>For how long after the moment a channel got no orders, of the channel that waited for the longest time.</summary>
    internal async Task<TimeSpan> SilenceAsync(DateTimeOffset after)
    {
        var longest = TimeSpan.Zero;
        foreach (var channel in Channels)
        {
            var calls = (await Psp.LogAsync(channel)).Calls.Where(call => call.IsSubmit).Select(call => call.At).Order().ToList();
            var resumed = calls.Zip(calls.Skip(1))
                .Where(pair => pair.Second > after && pair.Second - pair.First > Silence)
                .Select(pair => pair.Second - after)
                .DefaultIfEmpty().Max();
            longest = resumed > longest ? resumed : longest;
        }

        return longest;
    }

    /// <summary>A channel gets eight orders a second, so it does not pause for so long by chance.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    private static InvalidOperationException NotYet() => new("The fixture has not been initialised.");

    private static bool IsOf(Node node, SeenMember member) =>
        member.Address.EndsWith($"@{new Uri(node.Url).Host}:{Port}", StringComparison.Ordinal);

    private static async Task<bool> ServesAsync(Node node, int members)
    {
        Assert.False(await IsRefusedAsync(node), string.Join('\n', node.Process.Lines.TakeLast(20)));
        try
        {
            return !node.Process.HasExited
                && await node.IsReadyAsync()
                && await node.MembersAsync() is var seen
                && seen.Length == members
                && seen.All(member => member.Status == "up")
                && (await node.ChannelsAsync()).All(channel => channel is { Lifecycle: "active", NoOwnerSeconds: null });
        }
        catch (Exception absent) when (absent is HttpRequestException or TaskCanceledException or InvalidOperationException)
        {
            // It ended, or was stopped, between two of the questions.
            return false;
        }
    }

    /// <summary>It would be refused again and again.</summary>
    private static async Task<bool> IsRefusedAsync(Node node) =>
        node.Process.HasExited && await node.Process.ExitAsync(TimeSpan.FromSeconds(1)) == 2;

    private Node NodeOn(Machine machine, params (string Name, string Value)[] environment)
    {
        var variables = new Dictionary<string, string>
        {
            ["DATABASE"] = _database,
            ["NODE_HOST"] = machine.Address,
            ["SEED_1"] = Network.Machines[0].Address,
            ["SEED_2"] = Network.Machines[1].Address,
            ["ENCRYPTION_KEY"] = Convert.ToBase64String(new byte[32]),
        };
        foreach (var (name, value) in environment)
        {
            variables[name] = value;
        }

        var shipped = Path.Combine(BuiltProgram.Root, "hocon", "cluster.hocon");
        var plan = NodePlan.WithChannels(Psp, Channels) with { Files = [shipped] };
        return new Node(plan.Set(ChaosPlan.Text), machine: machine with { Environment = variables });
    }

    private async Task SuperviseAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            foreach (var node in _nodes.Where(node => node.Process.HasExited && !_held.ContainsKey(node)))
            {
                if (!await IsRefusedAsync(node))
                {
                    node.Launch();
                }
            }

            await Task.WhenAny(Task.Delay(WatchEvery), Task.Delay(Timeout.Infinite, _stop.Token));
        }
    }
}

[CollectionDefinition(Name)]
public sealed class ThreeNodesCollection : ICollectionFixture<ThreeNodes>
{
    public const string Name = "three nodes";
}
