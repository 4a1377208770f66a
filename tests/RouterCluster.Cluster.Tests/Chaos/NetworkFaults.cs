namespace RouterCluster.Cluster.Tests.Chaos;

/// <summary>Nodes that cannot hear each other; the database, the channels and the merchants hear all of them.</summary>
internal static class NetworkFaults
{
    private const int Flaps = 4;

    private static readonly TimeSpan FlapsEvery = TimeSpan.FromSeconds(5);

    /// <summary>Longer than the nodes need to decide which side goes on.</summary>
    private static readonly TimeSpan Partition = TimeSpan.FromSeconds(16);

    private static readonly (int From, int To)[] OneFromTwo = [(0, 1), (0, 2), (1, 0), (2, 0)];
    private static readonly (int From, int To)[] FromOneToTwo = [(0, 1), (0, 2)];

    public static readonly Fault[] All =
    [
        new("one node and two lose sight of each other", Partition, scene => CutAsync(scene, OneFromTwo)),
        new("one node is no longer heard by the others", Partition, scene => CutAsync(scene, FromOneToTwo))
        {
            IsForLongRuns = true,
        },
        new("one node and two lose sight of each other every 5 s", TimeSpan.Zero, FlapAsync) { IsForLongRuns = true },
    ];

    private static async Task<Func<Task>> CutAsync(ThreeNodes scene, (int From, int To)[] ways)
    {
        foreach (var (from, to) in ways)
        {
            await scene.Network.CutAsync(from, to);
        }

        return async () =>
        {
            foreach (var (from, to) in ways)
            {
                await scene.Network.MendAsync(from, to);
            }
        };
    }

    private static async Task<Func<Task>> FlapAsync(ThreeNodes scene)
    {
        for (var flap = 0; flap < Flaps; flap++)
        {
            var mend = await CutAsync(scene, OneFromTwo);
            await Task.Delay(FlapsEvery);
            await mend();
            await Task.Delay(FlapsEvery);
        }

        return () => Task.CompletedTask;
    }
}
