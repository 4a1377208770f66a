using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using RouterCluster.Channels;
using RouterCluster.Node;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Settings;
using RouterCluster.Simulator;
using RouterCluster.Testing;

namespace RouterCluster.Console.Tests;

/// <summary>The demo's node with its simulated channels, and Debian's Chromium: one of each for all tests.</summary>
public sealed class ConsoleNode : IAsyncLifetime
{
    private const string Hocon = """
        router.operators = [
          { name = demo, token = demo-operator, roles = [admin] }, { name = second, token = demo-approver, roles = [approver] }
          { name = victor, token = t-viewer, roles = [viewer] } ]
        router.merchants.demo.duplicates = suspend
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("router-console-").FullName;
    private readonly HttpClient _client = new();
    private SimulatorServer _simulator = null!;
    private RunningNode _node = null!;
    private IPlaywright _playwright = null!;
    private int _numbers;

    public IBrowser Browser { get; private set; } = null!;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Next()}/");

    public static string Pictures { get; } =
        Directory.CreateDirectory(Path.Combine(Root(), "TestResults", "RouterCluster.Console.Tests")).FullName;

    public async Task InitializeAsync()
    {
        // A busy machine is no fault of the page.
        Assertions.SetDefaultExpectTimeout(15_000);
        _simulator = await SimulatorServer.StartAsync(new SimulatorOptions { Port = 0 });
        var file = Path.Combine(_folder, "operators.conf");
        await File.WriteAllTextAsync(file, Hocon);
        var loaded = SettingsSource.Load(
            [file],
            [
                $"router.data-dir={_folder}", $"router.http.url={Address.ToString().TrimEnd('/')}",
                $"router.simulator-port={_simulator.Port}", "router.books=1",
                "router.channel-defaults.submit.timeout=1s",
            ],
            _ => null);
        Assert.Empty(loaded.Errors);
        var reading = RouterSettings.Read(loaded.Config, ["http-json"]);
        Assert.Empty(reading.Errors);
        _node = await RunningNode.StartAsync(
            reading.Settings!, loaded.Config, Connect, TimeProvider.System, CancellationToken.None);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"] });
        await _node.Ready.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
        _client.Dispose();
        await _node.DisposeAsync();
        await _simulator.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Goes to <c>TestResults/console.txt</c>, where run.sh shows it.</summary>
    public static void Note(string figure) => File.AppendAllText(
        Path.Combine(Path.GetDirectoryName(Pictures)!, "console.txt"), $"console: {figure}{Environment.NewLine}");

    public string NextNumber() => $"C-{Interlocked.Increment(ref _numbers)}";

    /// <summary>Makes a payment; each has an account of its own unless the test says otherwise.</summary>
    public async Task<JsonNode> PayAsync(string? orderNo = null, string? account = null, int wait = 10, int amount = 12000)
    {
        var number = orderNo ?? NextNumber();
        var body = new JsonObject
        {
            ["order_no"] = number, ["product"] = "withhold", ["amount"] = amount, ["currency"] = "CNY",
            ["account"] = new JsonObject
            {
                ["number"] = account ?? $"62220200{Interlocked.Increment(ref _numbers):D8}", ["bank"] = "ICBC",
            },
        };
        return await SendAsync(HttpMethod.Post, new Uri(Address, "/v1/payments"), "demo-key", body, wait);
    }

    public Task<JsonNode> AdminAsync(HttpMethod method, string path, JsonNode? body = null) =>
        SendAsync(method, new Uri(Address, $"/admin/v1/{path}"), "demo-operator", body);

    public async Task SimulateAsync(string channel, string control)
    {
        var address = new Uri($"http://127.0.0.1:{_simulator.Port}/_control/{channel}");
        using var answer = await _client.PutAsync(address, new StringContent(control, Encoding.UTF8, "application/json"));
        answer.EnsureSuccessStatusCode();
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, Uri address, string token, JsonNode? body, int wait = 0)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Prefer", $"wait={wait}");
        using var answer = await _client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static Domain.Channels.IChannelProtocol Connect(ChannelSettings channel, TimeProvider time) =>
        ChannelProtocols.Create(
            channel.Protocol,
            new ChannelConnection(
                new Uri(channel.BaseUrl), channel.MerchantId, [.. channel.Secrets.Select(secret => secret.Value)], 1024),
            time);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "RouterCluster.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}

[CollectionDefinition(Name)]
public sealed class ConsoleCollection : ICollectionFixture<ConsoleNode>
{
    public const string Name = "console";
}
