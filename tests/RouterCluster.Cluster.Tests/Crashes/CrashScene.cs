using RouterCluster.Cluster.Tests.Judging;
using RouterCluster.Cluster.Tests.Merchants;
using RouterCluster.Cluster.Tests.Nodes;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Crashes;

/// <summary>
/// A node under load with channels of which each is bad in another way, so that a crash meets attempts in every state.
/// </summary>
internal sealed class CrashScene : IAsyncDisposable
{
    private const int Clients = 24;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(60);

    private static readonly string[] Channels = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot"];

    private readonly ITestOutputHelper _output;

    private CrashScene(Psp psp, Node node, ITestOutputHelper output)
    {
        _output = output;
        Psp = psp;
        Node = node;
    }

    public Psp Psp { get; }

    public Node Node { get; }

    /// <param name="with">Adds the storage, and what else is special.</param>
    public static async Task<CrashScene> StartAsync(
        ITestOutputHelper output, Func<NodePlan, NodePlan>? with = null, string? data = null)
    {
        var psp = await Psp.StartAsync(Channels);
        await psp.SetAsync("bravo", new { mode = "reset_after" });
        await psp.SetAsync("charlie", new { mode = "processing" });
        await psp.SetAsync("delta", new { customer_failure_rate = 0.3, success_rate = 0.8 });
        await psp.SetAsync("echo", new { mode = "error_500" });
        await psp.SetAsync("foxtrot", new { latency_ms = 400, latency_p99_ms = 1500 });
        var plan = NodePlan.WithChannels(psp, Channels);
        var scene = new CrashScene(psp, new Node(with is null ? plan : with(plan), data), output);
        try
        {
            await scene.Node.StartAsync();
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    public Load StartLoad(string prefix = "C") =>
        Load.Start(prefix, Clients, orderNo => Node.Shop.PayAsync(orderNo, wait: 5));

    /// <summary>As a merchant does who was told to ask again: the same number, until there is an answer.</summary>
    public async Task<Reply> AskUntilAnsweredAsync(string orderNo)
    {
        var reply = Reply.None;
        await Until.TrueAsync(
            async () => (reply = await Node.Shop.PayAsync(orderNo)).IsAcknowledged, AnswerLimit, $"{orderNo} is acknowledged");
        return reply;
    }

    /// <summary>The channels heal; then every payment ends, as the books say, and no permit is missing.</summary>
    public async Task EndsInTruthAsync(Statement statement)
    {
        await Psp.HealAsync(Channels);
        var verdict = await new Judge(Node, Psp, Channels).JudgeAllAsync(statement);
        _output.WriteLine($"answers: {statement}");
        _output.WriteLine($"{verdict}");
        verdict.IsTruthful();
        Assert.Equal(0, verdict.Suspended);
        Assert.Equal(0, statement.Unexpected);
        await Node.BecomesIdleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Node.WriteLog(_output);
        await Node.DisposeAsync();
        await Psp.DisposeAsync();
    }
}
