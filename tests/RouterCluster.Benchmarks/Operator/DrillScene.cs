using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Benchmarks.Operator;

/// <summary>What the commands name.</summary>
internal sealed class DrillScene(OperatorWorld world, StoredSamples stored, HttpClient node) : IDisposable
{
    private const int AlwaysWaiting = 6;
    private const int MoreWaiting = 3;
    private const string Overdue = "order_overdue";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public string Alert { get; private set; } = "";

    /// <summary>A payment of which nothing was sent.</summary>
    public string Unsent { get; private set; } = "";

    public string Exclusion { get; private set; } = "";

    public string Maintenance { get; private set; } = "";

    public Payment Stored => stored.Rerouted;

    public Payment Unknown => stored.Unknown;

    public string ChannelNumber => Stored.Attempts[^1].Outcome.ChannelOrderNo!;

    public string DarkIn(int round) => world.Dark[round].Value;

    public string Usual(int number) => world.Usual[number].Value;

    /// <summary>A file that moves one merchant to another policy, and back in the next round.</summary>
    public string PolicyIn(int round)
    {
        var file = Path.Combine(world.Storage.DataDir, $"policy-{round % 2}.hocon");
        var policy = round % 2 == 0 ? "weighted" : "success-rate";
        File.WriteAllText(file, $$"""router.merchants.{{OperatorWorld.Merchants[0]}}.routing.withhold.policy = {{policy}}""");
        return file;
    }

    public void LearnExclusion(JsonNode? channel) => Exclusion = channel?["exclusions"]?[0]?["no"]?.ToJsonString() ?? "";

    public void LearnMaintenance(JsonNode? planned) => Maintenance = (string?)planned?["id"] ?? "";

    /// <summary>Payments wait behind one without an answer, and an alert says what is wrong with the channels.</summary>
    public static async Task<DrillScene> SetAsync(OperatorWorld world, StoredSamples stored)
    {
        var scene = new DrillScene(world, stored, new HttpClient { BaseAddress = world.Address });
        for (var number = 0; number <= AlwaysWaiting; number++)
        {
            await scene.PayAsync($"W-{number}");
        }

        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(Pause))
        {
            var alerts = (await scene.AlertsAsync())["items"]!.AsArray();
            if (alerts.FirstOrDefault(one => (string?)one!["rule"] == Overdue) is { } overdue)
            {
                scene.Alert = (string)overdue["id"]!;
                return scene;
            }
        }

        throw new BenchmarkException("No alert has begun although orders are overdue.");
    }

    /// <summary>Some payments more wait; the last one is behind all others.</summary>
    public async Task BeginAsync(int round)
    {
        for (var number = 0; number < MoreWaiting; number++)
        {
            Unsent = (string)(await PayAsync($"R-{round}-{number}"))["id"]!;
        }
    }

    public void Dispose() => node.Dispose();

    private async Task<JsonNode> PayAsync(string orderNo)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/payments", UriKind.Relative));
        request.Headers.Add("Prefer", "wait=0");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", OperatorWorld.KeyOf(OperatorWorld.Merchants[0]));
        request.Content = new StringContent(
            $$"""
            { "order_no": "{{orderNo}}", "product": "withhold", "amount": 12000, "currency": "CNY",
              "account": { "number": "6222020000000001", "holder": "Zhang San", "bank": "{{OperatorWorld.WaitingBank}}" } }
            """,
            Encoding.UTF8, "application/json");
        return await SendAsync(request);
    }

    private async Task<JsonNode> AlertsAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/admin/v1/alerts", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", OperatorWorld.Token);
        return await SendAsync(request);
    }

    private async Task<JsonNode> SendAsync(HttpRequestMessage request)
    {
        using var response = await node.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new BenchmarkException($"{request.RequestUri}: {(int)response.StatusCode} {text}");
    }
}
