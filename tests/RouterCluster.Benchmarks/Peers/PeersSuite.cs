using System.Text.Json;
using RouterCluster.Benchmarks.Programs;
using RouterCluster.Testing;

namespace RouterCluster.Benchmarks.Peers;

/// <summary>
/// The router beside YARP, which passes through and stores nothing, and a plain durable service: in turns, on the same
/// cores, over HTTP. Times move with the machine, so compare within a run; counts for each payment do not.
/// </summary>
internal static class PeersSuite
{
    public static readonly Suite Suite = new(
        "peers", "the router beside YARP and a plain durable service", IsDefault: false, RunAsync);

    private const int WarmingConnections = 64;
    private const string Results = "TestResults/peers.json";
    private static readonly int[] Connections = [1, 16, 64, 256];
    private static readonly double[] ShareOfCapacity = [0.5, 0.9];
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static Task RunAsync(BenchmarkOptions options) => StorageUnderTest.ForEachAsync(options, async storage =>
    {
        await using var company = await PaymentCompany.StartAsync();
        await using var router = await RouterUnderTest.StartAsync(await storage.NewAsync("router"), company);
        List<Peer> peers = [Router(router)];
        await using var yarp = await StartAsync(YarpProgram.Name, company);
        peers.Insert(0, new Peer("YARP", yarp.Program, yarp.Client, YarpPayAsync));

        // The plain service is written for PostgreSQL.
        var database = (await storage.NewAsync("plain")).ConnectionString;
        await using var plain = database is null ? null : await StartAsync(PlainProgram.Name, company, database);
        if (plain is not null)
        {
            peers.Insert(1, new Peer("plain", plain.Program, plain.Client, RouterUnderTest.PayAsync));
        }

        var results = new List<PeerResult>();
        foreach (var peer in peers)
        {
            await MeasureAsync(peer, WarmingConnections, WarmUp);
        }

        foreach (var connections in Connections)
        {
            foreach (var peer in peers)
            {
                Add(peer, $"{connections} connections", await MeasureAsync(peer, connections, options.Duration));
            }
        }

        foreach (var share in ShareOfCapacity)
        {
            foreach (var peer in peers)
            {
                var capacity = results.Where(result => result.Peer == peer.Name).Max(result => result.Figures.PerSecond);
                Add(peer, $"{share:P0} of capacity", await MeasureOpenAsync(peer, share * capacity, options.Duration));
            }
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Results)!);
        await File.WriteAllTextAsync(Results, JsonSerializer.Serialize(results, Indented));
        return;

        Task<LoadFigures> MeasureAsync(Peer peer, int connections, TimeSpan duration) => WithClientAsync(
            peer, connections, (pay, count) => LoadRun.MeasureAsync(connections, duration, Watched(peer), pay, count));

        Task<LoadFigures> MeasureOpenAsync(Peer peer, double perSecond, TimeSpan duration) => WithClientAsync(
            peer, Connections[^1], (pay, count) => LoadRun.MeasureOpenAsync(perSecond, duration, Watched(peer), pay, count));

        async Task<LoadFigures> WithClientAsync(
            Peer peer, int connections, Func<Func<long, Task>, Func<Task<Counts>>, Task<LoadFigures>> measure)
        {
            using var http = peer.Client(connections);
            var run = $"{Guid.NewGuid():n}"[..8];
            return await measure(number => peer.PayAsync(http, $"{run}{number}"), async () => await CountsAsync(peer));
        }

        async Task<Counts> CountsAsync(Peer peer)
        {
            var (own, stored) = (await peer.Program.CountsAsync(), await storage.CountsAsync());
            return own with { Statements = stored.Statements, LogBytes = stored.LogBytes };
        }

        IReadOnlyList<Watched> Watched(Peer peer) =>
            [new(peer.Name, peer.Program.ProcessId), .. storage.Processes, company.Watched, new("clients", Environment.ProcessId)];

        void Add(Peer peer, string load, LoadFigures figures)
        {
            results.Add(new PeerResult(storage.Name, peer.Name, load, figures));
            var ratios = results
                .Where(other => other.Load == load && other.Peer != peer.Name)
                .Select(other => FormattableString.Invariant($"{figures.PerSecond / other.Figures.PerSecond:N2} x {other.Peer}"));
            Console.WriteLine($"{storage.Name,-10} {peer.Name,-11} {load,-18} {figures}  {string.Join(", ", ratios)}");
        }
    });

    private static Peer Router(RouterUnderTest router) =>
        new("router", router.Program, router.Client, RouterUnderTest.PayAsync);

    private static async Task<PeerUnderTest> StartAsync(string name, PaymentCompany company, params string[] more)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var channel = new Uri(company.Address, PaymentCompany.Channels[0]);
        return new PeerUnderTest(
            await ProgramUnderTest.StartAsync(
                "Benchmarks", new Uri(url, PeerPrograms.Ready),
                [PeerPrograms.Serve, name, url.GetLeftPart(UriPartial.Authority), $"{channel}", .. more]),
            url);
    }

    /// <summary>What passes through is the order itself, as it would be signed for the payment company.</summary>
    private static async Task YarpPayAsync(HttpClient http, string orderNo)
    {
        var body = $$"""
            {"order_no":"{{orderNo}}","product":"withhold","amount":12000,"currency":"CNY","account":{"number":"6222020000000001","holder":"Zhang San","bank":"ICBC"},"notify_url":""}
            """;
        using var order = OrderSignature.SignedOrder(new Uri(http.BaseAddress!, "orders"), body);
        using var answer = await http.SendAsync(order);
        var text = await answer.Content.ReadAsStringAsync();
        if (!text.Contains("\"status\":\"succeeded\"", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{(int)answer.StatusCode}: {text}");
        }
    }

    private sealed record Peer(
        string Name, ProgramUnderTest Program, Func<int, HttpClient> Client, Func<HttpClient, string, Task> PayAsync);

    private sealed record PeerResult(string Storage, string Peer, string Load, LoadFigures Figures);

    private sealed record PeerUnderTest(ProgramUnderTest Program, Uri Url) : IAsyncDisposable
    {
        public HttpClient Client(int connections) =>
            new(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = Url };

        public ValueTask DisposeAsync() => Program.DisposeAsync();
    }
}
