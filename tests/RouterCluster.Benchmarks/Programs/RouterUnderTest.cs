using System.Net.Http.Headers;
using System.Text;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Testing;

namespace RouterCluster.Benchmarks.Programs;

/// <summary>One node as a process of its own, whose channels' budgets are wide, so that they are not the limit.</summary>
internal sealed class RouterUnderTest : IAsyncDisposable
{
    private const string Key = "benchmark-key";

    private readonly Uri _ingress;

    private RouterUnderTest(ProgramUnderTest program, Uri ingress) => (Program, _ingress) = (program, ingress);

    public ProgramUnderTest Program { get; }

    public static async Task<RouterUnderTest> StartAsync(
        StorageAddress storage, PaymentCompany company, RouterViews? views = null)
    {
        views ??= RouterViews.Usual;
        var ingress = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var config = Path.Combine(storage.DataDir, "benchmark.hocon");
        await File.WriteAllTextAsync(config, Config(storage, ingress, company, views));
        return new RouterUnderTest(
            await ProgramUnderTest.StartAsync(
                "Host", new Uri(ingress, "/health/ready"), views.Environment, "--config", config, "--no-demo"),
            ingress);
    }

    public HttpClient Client(int connections)
    {
        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = _ingress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        http.DefaultRequestHeaders.Add("Prefer", "wait=30");
        return http;
    }

    public static async Task PayAsync(HttpClient http, string orderNo)
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

    public ValueTask DisposeAsync() => Program.DisposeAsync();

    private static string Config(StorageAddress storage, Uri ingress, PaymentCompany company, RouterViews views) => $$"""
        akka.loglevel = WARNING
        router {
          environment = benchmark
          data-dir = "{{storage.DataDir}}"
          http { url = "{{ingress.GetLeftPart(UriPartial.Authority)}}", max-in-flight = 100000 }
          storage { {{(storage.Provider == StorageProvider.Sqlite
              ? "provider = sqlite"
              : $"provider = postgresql, connection-string = \"{storage.ConnectionString}\"")}} }
          {{views.Settings}}
          merchants.benchmark.keys = [ { token = "{{Key}}", mode = sandbox } ]
          channels {
            {{string.Join("\n    ", PaymentCompany.Channels.Select(channel => Channel(channel, company.Address)))}}
          }
        }
        """;

    private static string Channel(string name, Uri company) => $$"""
        {{name}} {
          protocol = "http-json", products = ["withhold"]
          base-url = "{{new Uri(company, name)}}"
          merchant-id = "{{PaymentCompany.Merchant}}", secret = "{{PaymentCompany.Secret}}"
          submit { concurrency = 1024, rate-per-second = 1000000, queue = 4096 }
        }
        """;
}
