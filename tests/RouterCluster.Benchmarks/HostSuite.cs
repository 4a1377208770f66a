using RouterCluster.Benchmarks.Programs;

namespace RouterCluster.Benchmarks;

/// <summary>
/// (c) The whole way: HTTP in, commit, HTTP to a payment company, commit, HTTP out. Host and simulator are processes of
/// their own; the simulator answers at once and the channels' budgets are wide, so that neither is the limit.
/// </summary>
internal static class HostSuite
{
    public static readonly Suite Suite = new(
        "host", "(c) the whole host over HTTP against the simulator", IsDefault: true, RunAsync);

    private const int WarmingConnections = 16;
    private static readonly int[] Connections = [1, 16, 64, 256];

    // The host's code is compiled while it runs: without this, what is measured first is the compiler.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);

    private static Task RunAsync(BenchmarkOptions options) => StorageUnderTest.ForEachAsync(options, async storage =>
    {
        for (var round = 0; round < options.Rounds; round++)
        {
            await RunAsync(storage, options.Duration);
        }
    });

    private static async Task RunAsync(StorageUnderTest storage, TimeSpan duration)
    {
        await using var company = await PaymentCompany.StartAsync();
        await using var router = await RouterUnderTest.StartAsync(await storage.NewAsync("host"), company);
        Watched[] watched =
        [
            new("host", router.Program.ProcessId), .. storage.Processes, company.Watched,
            new("clients", Environment.ProcessId),
        ];
        using (var http = router.Client(WarmingConnections))
        {
            await LoadRun.MeasureAsync(
                WarmingConnections, WarmUp, watched, number => RouterUnderTest.PayAsync(http, $"W-{number}"));
        }

        foreach (var connections in Connections)
        {
            using var http = router.Client(connections);
            var figures = await LoadRun.MeasureAsync(
                connections, duration, watched, number => RouterUnderTest.PayAsync(http, $"C{connections}-{number}"),
                router.Program.CountsAsync);
            Console.WriteLine($"{storage.Name,-10}  (c) {connections,3} connections       {figures}");
        }
    }
}
