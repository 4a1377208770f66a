using RouterCluster.Cluster.Tests.Processes;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Crashes;

/// <summary>
/// As a stopped virtual machine is: every deadline has passed when it runs again, and its monotonic clock may not show it.
/// </summary>
public sealed class When_the_node_is_paused_under_load(ITestOutputHelper output)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task Nothing_is_sent_late_and_nothing_is_lost()
    {
        await using var scene = await CrashScene.StartAsync(output);
        var load = scene.StartLoad();
        for (var pause = 0; pause < LongRun.Or(full: 10, normal: 1); pause++)
        {
            await load.GrowsByAsync(30);
            scene.Node.Process.Send(Signal.Stop);
            await Task.Delay(Pause);
            scene.Node.Process.Send(Signal.Continue);
        }

        await load.GrowsByAsync(30);
        await scene.EndsInTruthAsync(await load.StopAsync());
    }
}
