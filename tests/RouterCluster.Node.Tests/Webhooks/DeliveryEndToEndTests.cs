using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Akka.Configuration;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Settings;
using RouterCluster.Node.Tests.Nodes;
using RouterCluster.Simulator;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Webhooks;

/// <summary>A whole node on real sockets: a payment goes through the simulator, and its merchant hears of it.</summary>
public sealed class DeliveryEndToEndTests : IAsyncLifetime
{
    private const string Secret = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("router-notify-").FullName;
    private readonly WebhookReceiver _receiver = WebhookReceiver.Start();
    private readonly HttpClient _client = new();
    private readonly string _url = $"http://127.0.0.1:{FreePort.Next()}";
    private SimulatorServer _simulator = null!;

    public async Task InitializeAsync() =>
        _simulator = await SimulatorServer.StartAsync(new SimulatorOptions { Port = 0 }, CancellationToken.None);

    public async Task DisposeAsync()
    {
        await _simulator.DisposeAsync();
        _receiver.Dispose();
        _client.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_merchant_is_told_until_it_has_taken_it_across_a_restart_of_the_node()
    {
        var isUp = false;
        _receiver.OnCall = (_, response) =>
        {
            response.StatusCode = isUp ? 200 : 500;
            return Task.CompletedTask;
        };
        string payment;
        string notification;
        await using (await StartAsync())
        {
            payment = (string)(await PayAsync("A-1"))["id"]!;
            await UntilAsync(() => _receiver.Calls.Count >= 1);
            notification = _receiver.Calls.First().Headers[WebhookSignature.IdHeader];
            await UntilAsync(async () => await StateAsync(payment) == ("pending", 1));
        }

        isUp = true;
        await using (await StartAsync())
        {
            await AskAsync(HttpMethod.Post, $"/admin/v1/notifications/{notification}/resend", "t-operator");
            await UntilAsync(async () => await StateAsync(payment) == ("delivered", 1));
            var shown = await AskAsync(HttpMethod.Get, $"/v1/payments/{payment}", "shop-key");
            Assert.All(_receiver.Calls, call => AssertTells(call, notification, shown));
            Assert.True(_receiver.Calls.Count >= 2);
        }
    }

    [Fact]
    public async Task A_merchant_tests_its_URL_and_has_a_range_of_webhooks_sent_again()
    {
        await using (await StartAsync())
        {
            var tested = await AskAsync(HttpMethod.Post, "/v1/webhooks/test", "shop-key");
            var call = Assert.Single(_receiver.Calls);
            Assert.Equal((true, 204), ((bool)tested["delivered"]!, (int)tested["status"]!));
            Assert.Equal((string?)tested["id"], call.Headers[WebhookSignature.IdHeader]);
            Assert.True(MerchantsLibrary.Accepts(call, Secret));
            Assert.Equal("webhook.test", (string?)JsonNode.Parse(call.Body)!["type"]);

            await PayAsync("A-1");
            await UntilAsync(async () => (await ListAsync("state=delivered")).Count == 1);
            var now = DateTimeOffset.UtcNow;
            var resent = await AskAsync(
                HttpMethod.Post, "/v1/webhooks/resend", "shop-key",
                $$"""{ "from": "{{now.AddHours(-1):O}}", "to": "{{now.AddHours(1):O}}" }""");

            Assert.Equal(1, (int)resent["resent"]!);
            await UntilAsync(() => _receiver.Calls.Count == 3);
            Assert.Equal(
                _receiver.Calls.ElementAt(1).Headers[WebhookSignature.IdHeader],
                _receiver.Calls.ElementAt(2).Headers[WebhookSignature.IdHeader]);
            var events = await AskAsync(HttpMethod.Get, "/v1/events", "shop-key");
            Assert.InRange(events["items"]!.AsArray().Count, 0, 1);
        }
    }

    [Fact]
    public async Task An_endpoint_that_hangs_keeps_no_payment_waiting()
    {
        var never = new TaskCompletionSource();
        _receiver.OnCall = (_, _) => never.Task;
        await using (await StartAsync())
        {
            for (var number = 0; number < 20; number++)
            {
                await PayAsync($"H-{number}");
            }

            // Every payment has ended and is written, while its merchant has not answered a single call.
            await UntilAsync(async () => (await ListAsync("state=pending")).Count == 20);
            await UntilAsync(() => _receiver.Calls.Count > 0);
            never.SetResult();
        }
    }

    /// <summary>Everybody who calls for its lane has to fall silent first: a region that is spoken to does not stop.</summary>
    [Fact]
    public async Task An_endpoint_that_hangs_keeps_no_node_from_stopping()
    {
        var never = new TaskCompletionSource();
        _receiver.OnCall = (_, _) => never.Task;
        var host = await StartAsync("notifications { timeout = 2s, poll = 100ms }");
        await PayAsync("S-1");
        await UntilAsync(() => _receiver.Calls.Count > 0);
        var stopping = Stopwatch.StartNew();
        await host.DisposeAsync();
        never.SetResult();
        Assert.True(stopping.Elapsed < TimeSpan.FromSeconds(20), $"it took {stopping.Elapsed}");
    }

    private static void AssertTells(ReceivedCall call, string notification, JsonNode payment)
    {
        Assert.Equal(notification, call.Headers[WebhookSignature.IdHeader]);
        Assert.True(MerchantsLibrary.Accepts(call, Secret));
        var body = JsonNode.Parse(call.Body)!;
        Assert.Equal("payment.succeeded", (string?)body["type"]);
        Assert.Equal(payment.ToJsonString(), body["data"]!.ToJsonString());
    }

    private async Task<RunningNode> StartAsync(string more = "")
    {
        var config = ConfigurationFactory.ParseString($$"""
            router {
              demo = off, books = 2, data-dir = "{{_folder}}", http.url = "{{_url}}"
              {{more}}
              operators = [ { name = olga, token = t-operator, roles = [operator] } ]
              merchants.shop {
                keys = [ { token = shop-key } ], notify-url = "{{_receiver.Url}}", notify-secret = "whsec_{{Secret}}"
                notify-allow = ["127.0.0.1"]
              }
              channels.alpha {
                base-url = "http://127.0.0.1:{{_simulator.Port}}/alpha", merchant-id = M1, secret = sim-secret
                products = [withhold]
              }
            }
            """).WithFallback(SettingsSource.Reference);
        var reading = RouterSettings.Read(config, ["http-json"]);
        Assert.Empty(reading.Errors);
        var host = await RunningNode.StartAsync(
            reading.Settings!, config, TestProtocols.Connect, TimeProvider.System, CancellationToken.None);
        await host.Ready.WaitAsync(Patience);
        return host;
    }

    private async Task<JsonNode> PayAsync(string orderNo)
    {
        var body = Samples.Body(orderNo);
        var payment = await AskAsync(HttpMethod.Post, "/v1/payments", "shop-key", body.ToJsonString());
        Assert.Equal("succeeded", (string?)payment["state"]);
        return payment;
    }

    private async Task<(string? State, int Attempts)> StateAsync(string payment)
    {
        var only = Assert.Single(await ListAsync($"payment={payment}"))!;
        return ((string?)only["state"], (int)only["attempts"]!);
    }

    private async Task<JsonArray> ListAsync(string filter)
    {
        var list = await AskAsync(HttpMethod.Get, $"/admin/v1/notifications?{filter}", "t-operator");
        return list["items"]!.AsArray();
    }

    private async Task<JsonNode> AskAsync(HttpMethod method, string path, string key, string? body = null)
    {
        using var request = new HttpRequestMessage(method, _url + path) { Content = body is null ? null : TestNode.Json(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.Add("Prefer", "wait=30");
        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            await Task.Delay(50, limit.Token);
        }
    }
}
