using RouterCluster.Cluster.Tests.Nodes;
using RouterCluster.Cluster.Tests.Processes;

namespace RouterCluster.Cluster.Tests.Chaos;

/// <summary>Nodes that die, stand still, or have a wrong clock.</summary>
internal static class ProcessFaults
{
    private const string FalseTime = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

    /// <summary>Longer than the lease, and than the other nodes wait for it.</summary>
    private static readonly TimeSpan ShortStop = TimeSpan.FromSeconds(14);

    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(60);

    public static readonly Fault[] All =
    [
        new("the owner of most channels is killed, and then the oldest of the others", TimeSpan.Zero, KillTwoAsync),
        new("the oldest node is killed", TimeSpan.Zero, KillOldestAsync) { IsForLongRuns = true },
        new("all nodes are killed at once", TimeSpan.Zero, KillAllAsync),
        new("an owner stands still for 3 s", TimeSpan.FromSeconds(3), StopAsync) { IsForLongRuns = true },
        new("an owner stands still for 14 s", ShortStop, StopAsync),
        new("an owner stands still for 30 s", TimeSpan.FromSeconds(30), StopAsync) { IsForLongRuns = true },
        new("an owner stands still for 90 s", TimeSpan.FromSeconds(90), StopAsync) { IsForLongRuns = true },
        new("a node joins whose clock is 5 s ahead", TimeSpan.FromSeconds(8), scene => JoinWithClockAsync(scene, "+5s")),
        new("a node joins whose clock is 5 min ahead", TimeSpan.FromSeconds(15), scene => JoinWithClockAsync(scene, "+5m"))
        {
            IsForLongRuns = true,
        },
        new("a node joins whose clock is 5 min behind", TimeSpan.FromSeconds(15), scene => JoinWithClockAsync(scene, "-5m"))
        {
            IsForLongRuns = true,
        },
    ];

    /// <summary>The dead ones are started again when the rest serves everything.</summary>
    private static async Task<Func<Task>> KillTwoAsync(ThreeNodes scene)
    {
        var first = await scene.OwnerAsync();
        await scene.KillAsync(first);
        await scene.ServesAsync(first);
        var second = await scene.OldestAsync(first);
        await scene.KillAsync(second);
        await scene.ServesAsync(first, second);
        return () => LetGoAsync(scene, first, second);
    }

    private static async Task<Func<Task>> KillOldestAsync(ThreeNodes scene)
    {
        var oldest = await scene.OldestAsync();
        await scene.KillAsync(oldest);
        await scene.ServesAsync(oldest);
        return () => LetGoAsync(scene, oldest);
    }

    private static async Task<Func<Task>> KillAllAsync(ThreeNodes scene)
    {
        await Task.WhenAll(scene.Nodes.Select(scene.KillAsync));
        return () => LetGoAsync(scene, scene.Nodes);
    }

    private static Task LetGoAsync(ThreeNodes scene, params IEnumerable<Node> killed)
    {
        foreach (var node in killed)
        {
            scene.LetGo(node);
        }

        return Task.CompletedTask;
    }

    private static async Task<Func<Task>> StopAsync(ThreeNodes scene)
    {
        var node = await scene.OwnerAsync();
        node.Process.Send(Signal.Stop);
        return () =>
        {
            node.Process.Send(Signal.Continue);
            return Task.CompletedTask;
        };
    }

    private static async Task<Func<Task>> JoinWithClockAsync(ThreeNodes scene, string off)
    {
        if (!File.Exists(FalseTime))
        {
            throw new InvalidOperationException($"{FalseTime} is missing: apt-get install faketime.");
        }

        var node = scene.Join(("LD_PRELOAD", FalseTime), ("FAKETIME", off));
        await Until.TrueAsync(
            async () => await node.ProblemAsync("clock") is not null, ExitLimit, "the node says why it is not ready");
        return async () =>
        {
            Assert.False(await node.IsReadyAsync());
            Assert.Equal(scene.Nodes.Count, (await scene.Nodes[0].MembersAsync()).Length);
            Assert.Contains("off the database's", await node.ProblemAsync("clock") ?? "", StringComparison.Ordinal);
            await LeaveAsync(scene, node);
        };
    }

    private static async Task LeaveAsync(ThreeNodes scene, Node node)
    {
        node.Process.Send(Signal.Terminate);
        Assert.Equal(0, await node.Process.ExitAsync(ExitLimit));
        await scene.ForgetAsync(node);
    }
}
