using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Akka.Configuration;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Settings;
using RouterCluster.Node.Tests.Nodes;
using RouterCluster.Simulator;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Alerts;

/// <summary>A whole node with two simulated channels, a real Alertmanager and a robot. It can be started anew.</summary>
internal sealed class AlertingNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly string _folder = Directory.CreateTempSubdirectory("router-alerts-").FullName;
    private readonly string _url = $"http://127.0.0.1:{FreePort.Next()}";
    private readonly HttpClient _client = new();
    private readonly SimulatorServer _psp;
    private readonly string _hocon;
    private RunningNode? _host;
    private int _number;

    private AlertingNode(SimulatorServer psp, AlertmanagerProcess alertmanager, string hocon)
    {
        (_psp, Alertmanager, _hocon) = (psp, alertmanager, hocon);
        _client.BaseAddress = new Uri(_url);
    }

    public AlertmanagerProcess Alertmanager { get; }

    /// <summary>A robot of kind webhook, and the merchant's endpoint.</summary>
    public WebhookReceiver Robot { get; } = WebhookReceiver.Start();

    public WebhookReceiver Merchant { get; } = WebhookReceiver.Start();

    /// <param name="hocon">Over the test's own configuration.</param>
    public static async Task<AlertingNode> StartAsync(string hocon = "")
    {
        var psp = await SimulatorServer.StartAsync(new SimulatorOptions { Port = 0, Channels = ["alpha", "bravo"] });
        var node = new AlertingNode(psp, await AlertmanagerProcess.StartAsync(), hocon);
        await node.StartNodeAsync();
        return node;
    }

    public async Task RestartAsync()
    {
        await _host!.DisposeAsync();
        await StartNodeAsync();
    }

    public async Task ControlAsync(string channel, string control)
    {
        using var changed = await _client.PutAsync(
            new Uri($"http://127.0.0.1:{_psp.Port}/_control/{channel}"), new StringContent(control, null, "application/json"));
        changed.EnsureSuccessStatusCode();
    }

    public Task<JsonNode> PayAsync(string account = "6222020000000001") => SendAsync(
        HttpMethod.Post, "/v1/payments", "shop-key", Samples.Body($"A-{++_number}").With(account), "wait=0");

    /// <summary>Somebody calls the path of the channel's notices.</summary>
    public async Task NoticeAsync(string channel)
    {
        using var answer = await _client.PostAsync(
            new Uri($"/v1/channels/{channel}/notify", UriKind.Relative), new StringContent("{}"));
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, answer.StatusCode);
    }

    public Task<JsonNode> AdminAsync(HttpMethod method, string path, JsonNode? body = null) =>
        SendAsync(method, $"/admin/v1/{path}", "operator-token", body, null);

    public Task<string> MetricsAsync() => _client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    /// <summary>Rule, channel and id of every alert of that state.</summary>
    public async Task<IReadOnlyList<(string Rule, string? Channel, string Id)>> AlertsAsync(string state)
    {
        var list = await AdminAsync(HttpMethod.Get, $"alerts?state={state}");
        return [.. list["items"]!.AsArray().Select(alert => (
            (string)alert!["rule"]!, (string?)alert["subject"]!["channel"], (string)alert["id"]!))];
    }

    /// <summary>The alerts that the robot was told of: rule, channel, and whether they are over.</summary>
    public IReadOnlyList<(string Rule, string? Channel, string State)> Told() =>
    [
        .. Robot.Calls.SelectMany(call => JsonNode.Parse(call.Body)!["alerts"]!.AsArray()).Select(alert => (
            (string)alert!["rule"]!, (string?)alert["subject"]!["channel"], (string)alert["state"]!)),
    ];

    public static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await holds())
        {
            await pause.WaitForNextTickAsync(limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host!.DisposeAsync();
        await Alertmanager.DisposeAsync();
        await _psp.DisposeAsync();
        Robot.Dispose();
        Merchant.Dispose();
        _client.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartNodeAsync()
    {
        var config = ConfigurationFactory.ParseString($$"""
            {{_hocon}}
            router {
              demo = off, data-dir = "{{_folder}}", books = 1, http.url = "{{_url}}", environment = test
              operators = [ { name = alice, token = operator-token, roles = [admin] } ]
              notifications { schedule = [0s, 100ms, 100ms, 100ms, 1h], poll = 200ms }
              merchants.shop {
                keys = [ { token = shop-key } ], notify-secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
                notify-url = "{{Merchant.Url}}", notify-allow = ["127.0.0.1"]
              }
              channel-defaults {
                merchant-id = M1, secret = sim-secret, products = [withhold, payout], submit.timeout = 1s, query.timeout = 1s
                breaker.minimum-calls = 5
              }
              channels.alpha.base-url = "http://127.0.0.1:{{_psp.Port}}/alpha"
              channels.bravo.base-url = "http://127.0.0.1:{{_psp.Port}}/bravo"
              alerts {
                alertmanagers = ["{{Alertmanager.Url}}"], heartbeat-every = 1s, clear-after = 2s
                robots.duty { kind = webhook, url = "{{Robot.Url}}", severities = [page, watch] }
              }
            }
            """).WithFallback(SettingsSource.Reference);
        var reading = RouterSettings.Read(config, ["http-json"]);
        Assert.Empty(reading.Errors);
        _host = await RunningNode.StartAsync(
            reading.Settings!, config, TestProtocols.Connect, TimeProvider.System, CancellationToken.None);
        await _host.Ready.WaitAsync(Patience);
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, string key, JsonNode? body, string? prefer)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = body is null ? null : JsonContent.Create(body);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (prefer is not null)
        {
            request.Headers.Add("Prefer", prefer);
        }

        using var response = await _client.SendAsync(request);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}

internal static class PaymentBodies
{
    public static JsonNode With(this JsonNode body, string account)
    {
        body["account"]!["number"] = account;
        return body;
    }
}
