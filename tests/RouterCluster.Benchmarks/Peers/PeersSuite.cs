using System.Text.Json;
using RouterCluster.Benchmarks.Programs;

namespace RouterCluster.Benchmarks.Peers;

/// <summary>
/// The router beside YARP, which passes through and stores nothing, and a plain durable service: in turns, on the same
/// cores, over HTTP. Times move with the machine, so compare within a run; counts for each payment move less.
/// </summary>
internal static class PeersSuite
{
    public static readonly Suite Suite = new(
        "peers", "the router beside YARP and a plain durable service", IsDefault: false, RunAsync);

    private const int WarmingConnections = 64;
    private const string Results = "TestResults/peers.json";
    private static readonly int[] Connections = [1, 16, 64, 256];
    private static readonly double[] SharesOfCapacity = [0.5, 0.9];
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static async Task RunAsync(BenchmarkOptions options)
    {
        var results = new List<PeerResult>();
        await StorageUnderTest.ForEachAsync(
            options, async storage => results.AddRange(await RunAsync(storage, options.Duration)));
        Directory.CreateDirectory(Path.GetDirectoryName(Results)!);
        await File.WriteAllTextAsync(Results, JsonSerializer.Serialize(results, Indented));
    }

    private static async Task<IReadOnlyList<PeerResult>> RunAsync(StorageUnderTest storage, TimeSpan duration)
    {
        await using var company = await PaymentCompany.StartAsync();
        await using var router = await RouterUnderTest.StartAsync(await storage.NewAsync("router"), company);
        var yarp = await Peer.YarpAsync(company);
        await using var stopsYarp = yarp.Program;

        // The plain service is written for PostgreSQL.
        var database = (await storage.NewAsync("plain")).ConnectionString;
        var plain = database is null ? null : await Peer.PlainAsync(company, database);
        await using var stopsPlain = plain?.Program;
        List<Peer> peers = [yarp, .. plain is null ? Array.Empty<Peer>() : [plain], Peer.Of(router)];

        var run = new PeerRun(storage, company);
        foreach (var peer in peers)
        {
            await run.MeasureAsync(peer, WarmingConnections, WarmUp);
        }

        foreach (var connections in Connections)
        {
            foreach (var peer in peers)
            {
                run.Add(peer, $"{connections} connections", await run.MeasureAsync(peer, connections, duration));
            }
        }

        foreach (var share in SharesOfCapacity)
        {
            foreach (var peer in peers)
            {
                run.Add(
                    peer, $"{share:P0} of capacity",
                    await run.MeasureOpenAsync(peer, Connections[^1], share * run.CapacityOf(peer), duration));
            }
        }

        return run.Results;
    }
}
