using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Akka.Actor;
using Akka.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Settings;
using RouterCluster.Node.Tests.Messages;
using RouterCluster.Simulator;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Nodes;

/// <summary>A node as it is shipped, with its storage in a temporary folder, in front of one simulated channel, alpha.</summary>
internal sealed class WholeNode : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Func<Task<RunningNode>> _start;
    private readonly HttpClient _client = new();
    private RunningNode _host;

    private WholeNode(string folder, Func<Task<RunningNode>> start, RunningNode host, SimulatorServer psp, Uri address)
    {
        (_folder, _start, _host, Psp) = (folder, start, host, psp);
        _client.BaseAddress = address;
    }

    public SimulatorServer Psp { get; }

    public Uri Address => _client.BaseAddress!;

    /// <summary>What runs besides requests, in the order in which it starts; it stops in the reverse one.</summary>
    public IReadOnlyList<IHostedService> Work => [.. _host.App.Services.GetServices<IHostedService>()];

    /// <summary>One that is quick to write its counters to the server, and to see that it is away.</summary>
    public static Task<WholeNode> CountingInAsync(RedisServer redis) => StartAsync(
        """{ "latency_ms": 1 }""",
        $$"""
        router.redis {
          mode = external, connection-string = "{{redis.ConnectionString}}", write-every = 200ms, timeout = 500ms
        }
        """);

    /// <param name="control">The channel's settings, as the simulator's control takes them.</param>
    /// <param name="hocon">Over the test's own configuration.</param>
    /// <param name="others">Channels that the simulator has, and the configuration has not.</param>
    public static async Task<WholeNode> StartAsync(string control, string hocon = "", params string[] others)
    {
        var folder = Directory.CreateTempSubdirectory("router-node-").FullName;
        var psp = await SimulatorServer.StartAsync(new SimulatorOptions { Port = 0, Channels = ["alpha", .. others] });
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var config = ConfigurationFactory.ParseString($$"""
            {{StrictMessages.Hocon}}
            {{hocon}}
            router {
              demo = off, data-dir = "{{folder}}", books = 1, http.url = "{{address.ToString().TrimEnd('/')}}"
              operators = [ { name = alice, token = operator-token, roles = [admin] } ]
              merchants.shop.keys = [ { token = shop-key } ]
              channels.alpha {
                base-url = "http://127.0.0.1:{{psp.Port}}/alpha", merchant-id = M1, secret = sim-secret
                products = [withhold, payout], submit.timeout = 1s
              }
            }
            """).WithFallback(SettingsSource.Reference);
        var reading = RouterSettings.Read(config, ["http-json"]);
        Assert.Empty(reading.Errors);
        async Task<RunningNode> LaunchAsync()
        {
            var host = await RunningNode.StartAsync(
                reading.Settings!, config, TestProtocols.Connect, TimeProvider.System, CancellationToken.None);
            await host.Ready.WaitAsync(TimeSpan.FromSeconds(60));
            return host;
        }

        var node = new WholeNode(folder, LaunchAsync, await LaunchAsync(), psp, address);
        await node.ControlAsync(control);
        return node;
    }

    /// <param name="control">The channel's settings, as the simulator's control takes them.</param>
    public Task ControlAsync(string control) => SetAsync("alpha", control);

    public async Task SetAsync(string channel, string control)
    {
        using var changed = await _client.PutAsync(
            new Uri($"http://127.0.0.1:{Psp.Port}/_control/{channel}"), new StringContent(control, null, "application/json"));
        changed.EnsureSuccessStatusCode();
    }

    /// <summary>Stops the node and starts it again on the same storage.</summary>
    public async Task RestartAsync()
    {
        await _host.DisposeAsync();
        _host = await _start();
    }

    /// <param name="trace">The merchant's own trace, as W3C writes it.</param>
    public Task<(int Status, JsonNode Json)> PayAsync(
        string orderNo, string product, int wait, string key = "shop-key", string? trace = null)
    {
        var body = Samples.Body(orderNo);
        body["product"] = product;
        return SendAsync(HttpMethod.Post, "/v1/payments", key, JsonContent.Create(body), wait, trace);
    }

    public Task<(int Status, JsonNode Json)> ConfigureAsync(string hocon, string query = "reason=test") => SendAsync(
        HttpMethod.Post, $"/admin/v1/config?{query}", "operator-token", new StringContent(hocon));

    public Task<(int Status, JsonNode Json)> RollBackAsync(int version, string query) => SendAsync(
        HttpMethod.Post, $"/admin/v1/config/versions/{version}/rollback?{query}", "operator-token");

    public Task<(int Status, JsonNode Json)> PatchAsync(string channel, string json) => SendAsync(
        HttpMethod.Patch, $"/admin/v1/channels/{channel}", "operator-token", new StringContent(json, null, "application/json"));

    /// <param name="change">A channel and what would be done with it.</param>
    public Task<(int Status, JsonNode Json)> DryRunAsync(string change, string json) => SendAsync(
        HttpMethod.Post, $"/admin/v1/channels/{change}?dry_run=true", "operator-token",
        new StringContent(json, null, "application/json"));

    /// <param name="json">Which payments, and why.</param>
    public Task<(int Status, JsonNode Json)> ExcludeAsync(string channel, string json) => SendAsync(
        HttpMethod.Post, $"/admin/v1/channels/{channel}/exclusions", "operator-token",
        new StringContent(json, null, "application/json"));

    public Task<(int Status, JsonNode Json)> IncludeAsync(string channel, int no) =>
        SendAsync(HttpMethod.Delete, $"/admin/v1/channels/{channel}/exclusions/{no}", "operator-token");

    /// <param name="json">The maintenance of a channel.</param>
    public Task<(int Status, JsonNode Json)> PlanAsync(string json) => SendAsync(
        HttpMethod.Post, "/admin/v1/maintenance", "operator-token", new StringContent(json, null, "application/json"));

    public Task<(int Status, JsonNode Json)> UnplanAsync(string id) =>
        SendAsync(HttpMethod.Delete, $"/admin/v1/maintenance/{id}", "operator-token");

    /// <summary>What the merchant shop is told.</summary>
    public async Task<JsonArray> DowntimesAsync() =>
        (await SendAsync(HttpMethod.Get, "/v1/downtimes", "shop-key")).Json["items"]!.AsArray();

    /// <summary>Makes payments until one is refused, and tells how.</summary>
    public async Task<(int Status, string? Code, TimeSpan? RetryAfter)> RefusalAsync()
    {
        var (status, code, after) = (0, (string?)null, (TimeSpan?)null);
        var number = 0;
        await EventuallyAsync(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/payments", UriKind.Relative));
            request.Content = JsonContent.Create(Samples.Body($"R-{number++}"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "shop-key");
            request.Headers.Add("Prefer", "wait=0");
            using var response = await _client.SendAsync(request);
            status = (int)response.StatusCode;
            code = (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["code"];
            after = response.Headers.RetryAfter?.Delta;
            return status >= 400;
        });
        return (status, code, after);
    }

    /// <param name="query">Of the list of the merchant's events.</param>
    public async Task<JsonArray> EventsAsync(string query) =>
        (await SendAsync(HttpMethod.Get, $"/v1/events{query}", "shop-key")).Json["items"]!.AsArray();

    public Task<(int Status, JsonNode Json)> CancelAsync(string id) =>
        SendAsync(HttpMethod.Post, $"/v1/payments/{id}/cancel", "shop-key");

    /// <param name="body">With the reason.</param>
    public Task<(int Status, JsonNode Json)> AdminCancelAsync(string id, string body) => SendAsync(
        HttpMethod.Post, $"/admin/v1/payments/{id}/cancel", "operator-token",
        new StringContent(body, null, "application/json"));

    /// <summary>The numbers of the orders that have reached alpha, as the simulator has them.</summary>
    public async Task<string[]> OrdersAsync()
    {
        var log = await _client.GetStringAsync(new Uri($"http://127.0.0.1:{Psp.Port}/_control/alpha/log"));
        return [.. JsonNode.Parse(log)!["calls"]!.AsArray()
            .Where(call => (string?)call!["kind"] == "submit").Select(call => (string)call!["order_no"]!)];
    }

    public async Task<JsonNode> PaymentAsync(string orderNo) =>
        (await SendAsync(HttpMethod.Get, $"/v1/payments?order_no={orderNo}", "shop-key")).Json;

    public Task<(int Status, JsonNode Json)> AdminAsync(string path) =>
        SendAsync(HttpMethod.Get, $"/admin/v1/{path}", "operator-token");

    /// <summary>A request with a token that nobody has.</summary>
    public Task<(int Status, JsonNode Json)> StrangerAsync() => SendAsync(HttpMethod.Get, "/admin/v1/channels", "no-token");

    public Task<(int Status, JsonNode Json)> ReadyAsync() => SendAsync(HttpMethod.Get, "/health/ready", "operator-token");

    public async Task<int> NotifyAsync(HttpContent notice)
    {
        using var response = await _client.PostAsync(new Uri("/v1/channels/alpha/notify", UriKind.Relative), notice);
        return (int)response.StatusCode;
    }

    /// <summary>As where the cluster gives the node up. Ends when the node has begun to stop.</summary>
    public async Task EndActorsAsync()
    {
        var stopping = new TaskCompletionSource();
        _host.App.Lifetime.ApplicationStopping.Register(stopping.SetResult);
        await _host.App.Services.GetRequiredService<ActorSystem>().Terminate();
        await stopping.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Runs a statement in the database of the read model, as somebody else's process.</summary>
    public async Task SqlAsync(string statement)
    {
        var file = Path.Combine(_folder, "readmodel.db");
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync();
    }

    public Task<string> MetricsAsync() => _client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    /// <summary>In the form that Prometheus prefers, which has exemplars.</summary>
    public async Task<string> OpenMetricsAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/metrics", UriKind.Relative));
        request.Headers.Add("Accept", "application/openmetrics-text; version=1.0.0");
        using var response = await _client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>How many notices came to each end.</summary>
    public async Task<int> NoticesAsync(string result)
    {
        var text = await MetricsAsync();
        var line = text.Split('\n').FirstOrDefault(line =>
            line.StartsWith($"router_notices_total{{channel=\"alpha\",result=\"{result}\"}}", StringComparison.Ordinal));
        return line is null ? 0 : int.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Asks until it holds; what must hold in the end is worth half a minute on a busy machine.</summary>
    public static Task EventuallyAsync(Func<Task<bool>> holds, [CallerArgumentExpression(nameof(holds))] string what = "") =>
        EventuallyAsync(async () => await holds() ? null : "false", what);

    /// <param name="whyNot">Null when it holds, else what was seen instead.</param>
    public static async Task EventuallyAsync(
        Func<Task<string?>> whyNot, [CallerArgumentExpression(nameof(whyNot))] string what = "")
    {
        var watch = Stopwatch.StartNew();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await whyNot() is { } seen)
        {
            if (watch.Elapsed > TimeSpan.FromSeconds(30))
            {
                throw new TimeoutException($"Not within {watch.Elapsed.TotalSeconds:F1} s: {what}. Last seen: {seen}");
            }

            await pause.WaitForNextTickAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        StrictMessages.AssertAllHadCodecs(_host.App.Services.GetRequiredService<ActorSystem>());
        await _host.DisposeAsync();
        await Psp.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<(int Status, JsonNode Json)> SendAsync(
        HttpMethod method, string path, string key, HttpContent? content = null, int? wait = null, string? trace = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (wait is { } seconds)
        {
            request.Headers.Add("Prefer", $"wait={seconds}");
        }

        if (trace is not null)
        {
            request.Headers.Add("traceparent", trace);
        }

        using var response = await _client.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
