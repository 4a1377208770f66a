using RouterCluster.Benchmarks.Programs;
using RouterCluster.Testing;

namespace RouterCluster.Benchmarks.Peers;

/// <summary>One of those that are compared: a program that runs, and how it is paid through.</summary>
internal sealed record Peer(
    string Name, ProgramUnderTest Program, Func<int, HttpClient> Client, Func<HttpClient, string, Task> PayAsync)
{
    public static Peer Of(RouterUnderTest router) => new("router", router.Program, router.Client, RouterUnderTest.PayAsync);

    public static Task<Peer> YarpAsync(PaymentCompany company) => StartAsync("YARP", YarpProgram.Name, PassAsync, company);

    public static Task<Peer> PlainAsync(PaymentCompany company, string database) =>
        StartAsync("plain", PlainProgram.Name, RouterUnderTest.PayAsync, company, database);

    private static async Task<Peer> StartAsync(
        string name, string program, Func<HttpClient, string, Task> payAsync, PaymentCompany company, params string[] more)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var channel = new Uri(company.Address, PaymentCompany.Channels[0]);
        var started = await ProgramUnderTest.StartAsync(
            "Benchmarks", new Uri(url, PeerPrograms.Ready),
            [PeerPrograms.Serve, program, url.GetLeftPart(UriPartial.Authority), $"{channel}", .. more]);
        return new Peer(name, started, Client, payAsync);

        HttpClient Client(int connections) =>
            new(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = url };
    }

    /// <summary>What passes through is the order itself, as it would be signed for the payment company.</summary>
    private static async Task PassAsync(HttpClient http, string orderNo)
    {
        var body = $$"""
            { "order_no": "{{orderNo}}", "product": "withhold", "amount": 12000, "currency": "CNY",
              "account": { "number": "6222020000000001", "holder": "Zhang San", "bank": "ICBC" }, "notify_url": "" }
            """;
        using var order = OrderSignature.SignedOrder(new Uri(http.BaseAddress!, "orders"), body);
        using var answer = await http.SendAsync(order);
        var text = await answer.Content.ReadAsStringAsync();
        if (!text.Contains("\"status\":\"succeeded\"", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{(int)answer.StatusCode}: {text}");
        }
    }
}
