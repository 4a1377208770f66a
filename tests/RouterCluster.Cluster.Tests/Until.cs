using System.Diagnostics;

namespace RouterCluster.Cluster.Tests;

/// <summary>Waits for what another process will do. The limits are for hopeless cases: the machine may be busy.</summary>
internal static class Until
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task TrueAsync(Func<Task<bool>> isSo, TimeSpan limit, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await isSo())
        {
            Assert.True(watch.Elapsed < limit, $"Not within {limit.TotalSeconds:0} s: {what}");
            await Task.Delay(Pause);
        }
    }
}
