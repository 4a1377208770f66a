using RouterCluster.Cluster.Tests.Crashes;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Storage;

public sealed class When_the_disk_is_full(ITestOutputHelper output)
{
    private static readonly TimeSpan Full = TimeSpan.FromSeconds(6);

    [FullDiskFact]
    public async Task Nothing_is_lost_and_payments_go_on_when_there_is_room_again()
    {
        await using var disk = await SmallDisk.MountAsync();
        await using var scene = await CrashScene.StartAsync(output, data: disk.Folder);
        var load = scene.StartLoad();
        await load.GrowsByAsync(20);

        disk.Fill();
        await Task.Delay(Full);
        Assert.False(scene.Node.Process.HasExited);
        disk.Free();

        await load.GrowsByAsync(20);
        await scene.EndsInTruthAsync(await load.StopAsync());
    }
}
