using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using RouterCluster.Simulator;
using RouterCluster.Simulator.Channels;

namespace RouterCluster.Channels.Tests.Simulator;

/// <summary>A running simulator and a caller with signature code of its own.</summary>
public sealed class SimulatedPsp : IAsyncDisposable
{
    public const string Secret = "a-secret";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SimulatorServer _server;
    private readonly HttpClient _client = new() { Timeout = Patience };

    private SimulatedPsp(SimulatorServer server) => _server = server;

    public SimulatorServer Server => _server;

    public string SharedUrl => $"http://127.0.0.1:{_server.Port}";

    public static async Task<SimulatedPsp> StartAsync(int logCapacity = 100_000) =>
        new(await SimulatorServer.StartAsync(new SimulatorOptions
        {
            Port = 0,
            Channels = ["alpha"],
            Secret = Secret,
            Settings = new ChannelSettings { LatencyMs = 0, LatencyP99Ms = 0 },
            LogCapacity = logCapacity,
        }));

    public static async Task Eventually(Func<Task<bool>> condition)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < deadline, "It did not happen in time.");
            await Task.Delay(10);
        }
    }

    public static string Sign(string timestamp, string content)
    {
        var signed = Encoding.UTF8.GetBytes(timestamp + "." + content);
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed));
    }

    public static string Now(int secondsOff = 0) =>
        DateTimeOffset.UtcNow.AddSeconds(secondsOff).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public static string OrderBody(string orderNo, long amount = 100, string? notifyUrl = null) => new JsonObject
    {
        ["order_no"] = orderNo,
        ["product"] = "withhold",
        ["amount"] = amount,
        ["currency"] = "CNY",
        ["account"] = new JsonObject { ["number"] = "6222020000000001", ["holder"] = "Zhang San" },
        ["notify_url"] = notifyUrl,
    }.ToJsonString();

    public Task<PspAnswer> SubmitAsync(
        string orderNo,
        long amount = 100,
        string? notifyUrl = null,
        string? url = null,
        CancellationToken cancellation = default) =>
        SubmitBodyAsync(OrderBody(orderNo, amount, notifyUrl), url, cancellation);

    public Task<PspAnswer> SubmitBodyAsync(string body, string? url = null, CancellationToken cancellation = default)
    {
        var timestamp = Now();
        var address = (url ?? SharedUrl + "/alpha") + "/orders";
        return SendAsync(HttpMethod.Post, address, body, timestamp, Sign(timestamp, body), cancellation);
    }

    public Task<PspAnswer> QueryAsync(string orderNo, string? url = null, CancellationToken cancellation = default)
    {
        var timestamp = Now();
        var address = (url ?? SharedUrl + "/alpha") + "/orders/" + orderNo;
        return SendAsync(HttpMethod.Get, address, null, timestamp, Sign(timestamp, orderNo), cancellation);
    }

    public async Task<PspAnswer> SendAsync(
        HttpMethod method,
        string url,
        string? body,
        string timestamp,
        string signature,
        CancellationToken cancellation = default,
        string merchant = "M1")
    {
        using var request = new HttpRequestMessage(method, url);
        request.Headers.Add("X-Merchant", merchant);
        request.Headers.Add("X-Timestamp", timestamp);
        request.Headers.Add("X-Signature", signature);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _client.SendAsync(request, cancellation);
        return await PspAnswer.ReadAsync(response);
    }

    public async Task<(HttpStatusCode Status, JsonNode Body)> PutAsync(string json, string channel = "alpha")
    {
        using var response = await _client.PutAsync($"{SharedUrl}/_control/{channel}", new StringContent(json));
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>Fails the test if the settings are refused.</summary>
    public async Task SetAsync(string json, string channel = "alpha")
    {
        var (status, body) = await PutAsync(json, channel);
        Assert.True(status == HttpStatusCode.OK, body.ToJsonString());
    }

    public async Task<JsonNode> GetControlAsync(string path) =>
        JsonNode.Parse(await _client.GetStringAsync($"{SharedUrl}/_control{path}"))!;

    public async Task<HttpStatusCode> DeleteLogAsync()
    {
        using var response = await _client.DeleteAsync($"{SharedUrl}/_control/alpha/log");
        return response.StatusCode;
    }

    public async Task<(string Kind, string OrderNo, long Amount, string Money)[]> CallsAsync()
    {
        var log = await GetControlAsync("/alpha/log");
        return [.. log["calls"]!.AsArray().Select(call => (
            (string)call!["kind"]!, (string)call["order_no"]!, (long)call["amount"]!, (string)call["money"]!))];
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }
}
