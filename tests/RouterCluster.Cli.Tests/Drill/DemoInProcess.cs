using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RouterCluster.Channels;
using RouterCluster.Node;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Settings;
using RouterCluster.Simulator;
using RouterCluster.Testing;

namespace RouterCluster.Cli.Tests.Drill;

/// <summary>The demo's node and its simulator. Timeouts are short, so that an incident takes seconds.</summary>
internal sealed class DemoInProcess : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("router-drill-").FullName;
    private readonly HttpClient _http = new();
    private readonly SimulatorServer _simulator;
    private RunningNode _node = null!;

    private DemoInProcess(SimulatorServer simulator) => _simulator = simulator;

    public string Url { get; } = $"http://127.0.0.1:{FreePort.Next()}";

    public string Simulator => $"http://127.0.0.1:{_simulator.Port}";

    public static async Task<DemoInProcess> StartAsync()
    {
        var demo = new DemoInProcess(await SimulatorServer.StartAsync(new SimulatorOptions { Port = 0 }));
        var loaded = SettingsSource.Load(
            [],
            [
                $"router.data-dir={demo._folder}", $"router.http.url={demo.Url}", "router.books=1",
                $"router.simulator-port={demo._simulator.Port}", "router.alerts.clear-after=2s",
                "router.channel-defaults.submit.timeout=1s", "router.channel-defaults.query.timeout=1s",
            ],
            _ => null);
        var reading = RouterSettings.Read(loaded.Config, ["http-json"]);
        Assert.Empty(loaded.Errors);
        Assert.Empty(reading.Errors);
        demo._node = await RunningNode.StartAsync(
            reading.Settings!, loaded.Config, Connect, TimeProvider.System, CancellationToken.None);
        await demo._node.Ready.WaitAsync(TimeSpan.FromSeconds(60));
        return demo;
    }

    /// <summary>As many healthy payments as by the drill's own defaults: without them no channel stands out, to fall.</summary>
    public Task<Ending> DrillAsync(params string[] options) => Tool.RunAsync(
        new Dictionary<string, string> { ["ROUTERCTL_URL"] = Url },
        ["drill", "--simulator", Simulator, "--rate", "20", "--healthy", "15", "--limit", "40", .. options]);

    public async Task<IReadOnlyList<(string Mode, double SuccessRate)>> BehavioursAsync()
    {
        var all = await _http.GetFromJsonAsync<JsonObject>($"{Simulator}/_control");
        var found = new List<(string, double)>();
        foreach (var channel in all!["channels"]!.AsArray())
        {
            var settings = await _http.GetFromJsonAsync<JsonObject>($"{Simulator}/_control/{channel!["channel"]}");
            found.Add(((string)settings!["mode"]!, (double)settings["success_rate"]!));
        }

        return found;
    }

    /// <summary>A payment of the demo's merchant, which is waited for to its end.</summary>
    public async Task PayAsync(string orderNo)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Url}/v1/payments");
        request.Headers.Authorization = new("Bearer", "demo-key");
        request.Headers.Add("Prefer", "wait=10");
        request.Content = JsonContent.Create(new JsonObject
        {
            ["order_no"] = orderNo, ["product"] = "withhold", ["amount"] = 12000, ["currency"] = "CNY",
            ["account"] = new JsonObject { ["number"] = "6222020000000001", ["holder"] = "Zhang San", ["bank"] = "ICBC" },
        });
        using var response = await _http.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.Created, response.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _simulator.DisposeAsync();
        _http.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static RouterCluster.Domain.Channels.IChannelProtocol Connect(ChannelSettings channel, TimeProvider time) =>
        ChannelProtocols.Create(
            channel.Protocol,
            new ChannelConnection(
                new Uri(channel.BaseUrl), channel.MerchantId, [.. channel.Secrets.Select(secret => secret.Value)], 1024),
            time);
}
