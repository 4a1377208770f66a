using System.Net.Http.Headers;
using System.Text;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Testing;

namespace RouterCluster.Benchmarks;

/// <summary>
/// (c) The whole way: HTTP in, commit, HTTP to a payment company, commit, HTTP out. Host and simulator are processes of
/// their own; the simulator answers at once and the channels' budgets are wide, so that neither is the limit.
/// </summary>
internal static class HostSuite
{
    public static readonly Suite Suite = new(
        "host", "(c) the whole host over HTTP against the simulator", IsDefault: true, RunAsync);

    private const string Key = "benchmark-key";
    private const int WarmingConnections = 16;
    private static readonly int[] Connections = [1, 16, 64, 256];

    // The host's code is compiled while it runs: without this, what is measured first is the compiler.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly string[] Channels = ["alpha", "bravo", "charlie"];

    private static Task RunAsync(BenchmarkOptions options) => StorageUnderTest.ForEachAsync(options, async storage =>
    {
        for (var round = 0; round < options.Rounds; round++)
        {
            await RunAsync(storage, options.Duration);
        }
    });

    private static async Task RunAsync(StorageUnderTest storage, TimeSpan duration)
    {
        var company = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        await using var simulator = await ProgramUnderTest.StartAsync(
            "Simulator", new Uri(company, "/_control"),
            "--port", $"{company.Port}", "--channels", string.Join(',', Channels));
        await AnswerAtOnceAsync(company);

        var address = await storage.NewAsync("host");
        var ingress = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var config = Path.Combine(address.DataDir, "benchmark.hocon");
        await File.WriteAllTextAsync(config, Config(address, ingress, company));
        await using var host = await ProgramUnderTest.StartAsync(
            "Host", new Uri(ingress, "/health/ready"), "--config", config, "--no-demo");

        Watched[] watched =
        [
            new("host", host.ProcessId), .. storage.Processes, new("simulator", simulator.ProcessId),
            new("clients", Environment.ProcessId),
        ];
        using (var http = Client(ingress, WarmingConnections))
        {
            await LoadRun.MeasureAsync(WarmingConnections, WarmUp, watched, number => PayAsync(http, $"W-{number}"));
        }

        foreach (var connections in Connections)
        {
            using var http = Client(ingress, connections);
            var figures = await LoadRun.MeasureAsync(
                connections, duration, watched, number => PayAsync(http, $"C{connections}-{number}"));
            Console.WriteLine($"{storage.Name,-10}  (c) {connections,3} connections       {figures}");
        }
    }

    private static HttpClient Client(Uri ingress, int connections)
    {
        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = ingress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        http.DefaultRequestHeaders.Add("Prefer", "wait=30");
        return http;
    }

    private static async Task PayAsync(HttpClient http, string orderNo)
    {
        var body = $$"""
            { "order_no": "{{orderNo}}", "product": "withhold", "amount": 12000, "currency": "CNY",
              "account": { "number": "6222020000000001", "holder": "Zhang San", "bank": "ICBC" } }
            """;
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync("/v1/payments", content);
        var text = await answer.Content.ReadAsStringAsync();
        if (!text.Contains("\"state\":\"succeeded\"", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{(int)answer.StatusCode}: {text}");
        }
    }

    private static async Task AnswerAtOnceAsync(Uri company)
    {
        using var http = new HttpClient { BaseAddress = company };
        foreach (var channel in Channels)
        {
            const string NoDelay = """{ "latency_ms": 0, "latency_p99_ms": 0 }""";
            using var content = new StringContent(NoDelay, Encoding.UTF8, "application/json");
            using var answer = await http.PutAsync($"/_control/{channel}", content);
            answer.EnsureSuccessStatusCode();
        }
    }

    private static string Config(StorageAddress storage, Uri ingress, Uri company) => $$"""
        akka.loglevel = WARNING
        router {
          environment = benchmark
          data-dir = "{{storage.DataDir}}"
          http { url = "{{ingress.GetLeftPart(UriPartial.Authority)}}", max-in-flight = 100000 }
          storage { {{(storage.Provider == StorageProvider.Sqlite
              ? "provider = sqlite"
              : $"provider = postgresql, connection-string = \"{storage.ConnectionString}\"")}} }
          merchants.benchmark.keys = [ { token = "{{Key}}", mode = sandbox } ]
          channels {
            {{string.Join("\n    ", Channels.Select(channel => Channel(channel, company)))}}
          }
        }
        """;

    private static string Channel(string name, Uri company) => $$"""
        {{name}} {
          protocol = "http-json", products = ["withhold"]
          base-url = "{{new Uri(company, name)}}", merchant-id = "M1", secret = "sim-secret"
          submit { concurrency = 1024, rate-per-second = 1000000, queue = 4096 }
        }
        """;
}
