using RouterCluster.Testing;

namespace RouterCluster.Cluster.Tests.Nodes;

/// <summary>Several routers on one PostgreSQL that form one cluster, each a process of its own.</summary>
internal sealed class NodeGroup : IAsyncDisposable
{
    private readonly Func<NodePlan> _plan;
    private readonly List<Node> _nodes = [];
    private readonly string _seeds;

    /// <param name="plan">Gives the plan that all nodes have in common: a new one for each.</param>
    public NodeGroup(int count, Func<NodePlan> plan)
    {
        _plan = plan;
        Ports = [.. Enumerable.Range(0, count).Select(_ => FreePort.Next())];
        _seeds = string.Join(", ", Ports.Take(2).Select(port => $"\"{AddressOf(port)}\""));
        _nodes.AddRange(Ports.Select(Create));
    }

    public IReadOnlyList<int> Ports { get; }

    public IReadOnlyList<Node> Nodes => _nodes;

    public Node this[int index] => _nodes[index];

    public static string AddressOf(int port) => $"akka.tcp://router@127.0.0.1:{port}";

    /// <summary>Starts all at once and waits until each takes payments.</summary>
    public Task StartAsync() => Task.WhenAll(_nodes.Select(node => node.StartAsync()));

    /// <summary>A node that may differ from the others by some settings; it is not started.</summary>
    public Node Add(string hocon = "")
    {
        var node = Create(FreePort.Next(), hocon);
        _nodes.Add(node);
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    private Node Create(int port) => Create(port, "");

    private Node Create(int port, string hocon) => new(_plan()
        .Set($"router.encryption-key = \"{Convert.ToBase64String(new byte[32])}\"")
        .Set($"router.node-port = {port}")
        .Set($"akka.cluster.seed-nodes = [{_seeds}]")
        .Set(hocon));
}
