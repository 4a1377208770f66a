using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RouterCluster.Node.Alerts;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Settings;
using RouterCluster.Node.Tests.Nodes;
using RouterCluster.Simulator;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Descriptions;

/// <summary>
/// Every example of the document, sent as it stands to a node with the demo's settings. Only what somebody else makes up is put
/// in: the ids of cases, lists and notifications that came to be meanwhile, and a list's digest.
/// </summary>
public sealed class ExampleTests : IAsyncLifetime
{
    /// <summary>A notice is signed with the time at which it is sent, which no example can be; a lone node can neither be
    /// drained nor downed; the example's payment has ended, so nothing is left to ask.</summary>
    private static readonly string[] Others =
    [
        "POST /v1/channels/{channel}/notify",
        "POST /admin/v1/cluster/members/{address}/drain", "POST /admin/v1/cluster/members/{address}/down",
        "POST /admin/v1/payments/{id}/ask",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("router-examples-").FullName;
    private readonly HttpClient _client = new();
    private SimulatorServer _simulator = null!;
    private RunningNode _host = null!;
    private JsonNode _document = null!;
    private int _numbers;

    public async Task InitializeAsync()
    {
        _simulator = await SimulatorServer.StartAsync(new SimulatorOptions { Port = 0 });
        var url = $"http://127.0.0.1:{FreePort.Next()}";
        var loaded = SettingsSource.Load(
            [],
            [
                $"router.data-dir={_folder}", $"router.http.url={url}", $"router.simulator-port={_simulator.Port}",
                "router.books=1", "router.merchants.demo.duplicates=suspend",
                "router.merchants.demo.notify-secret=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "router.merchants.demo.notify-url=http://127.0.0.1:1/",
            ],
            _ => null);
        Assert.Empty(loaded.Errors);
        var reading = RouterSettings.Read(loaded.Config, ["http-json"]);
        Assert.Empty(reading.Errors);
        _host = await RunningNode.StartAsync(
            reading.Settings!, loaded.Config, TestProtocols.Connect, TimeProvider.System, CancellationToken.None);
        await _host.Ready.WaitAsync(TimeSpan.FromSeconds(60));
        _client.BaseAddress = new Uri(url);
        _document = JsonNode.Parse(await _client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!;
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
        await _simulator.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Every_example_of_the_document_works_against_the_demo()
    {
        var check = new JsonSchemaCheck(_document);
        var operations = (
            from path in _document["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            let name = $"{operation.Key.ToUpperInvariant()} {path.Key}"
            where !Others.Contains(name)
            orderby name == "POST /v1/payments" ? 0 : 1, path.Key.Count(letter => letter == '/')
            select (Name: name, Path: path.Key, Operation: operation.Value!)).ToArray();
        Assert.True(operations.Length > 30, $"{operations.Length} operations");
        foreach (var (name, path, operation) in operations)
        {
            var body = operation["requestBody"]?["content"]!["application/json"]!;
            var example = body?["example"]?.DeepClone();
            Assert.True(body is null || example is not null, $"{name} has no example");
            var address = await AddressAsync(path, operation, example);
            if (body is not null)
            {
                using var parsed = JsonDocument.Parse(example!.ToJsonString());
                Assert.Empty(check.Faults(body["schema"]!, parsed.RootElement));
            }

            var (status, answer) = await SendAsync(new HttpMethod(name.Split(' ')[0]), address, example);

            Assert.True(status is >= 200 and < 300, $"{name} {address} {example?.ToJsonString()}: {status} {answer}");
        }
    }

    /// <summary>The path with its examples, made true where it names something that has to be there first.</summary>
    private async Task<string> AddressAsync(string path, JsonNode operation, JsonNode? body)
    {
        var query = new List<string>();
        var address = path;
        foreach (var parameter in operation["parameters"]?.AsArray().OfType<JsonNode>() ?? [])
        {
            var (name, example) = ((string)parameter["name"]!, (string?)parameter["example"]);
            if ((string?)parameter["in"] == "path")
            {
                var made = await MadeAsync(path, body);
                address = address.Replace($"{{{name}}}", name == "id" ? made ?? example : example, StringComparison.Ordinal);
            }
            else if ((string?)parameter["in"] == "query" && example is not null)
            {
                query.Add($"{name}={Uri.EscapeDataString(example)}");
            }

            Assert.True(example is not null || (bool?)parameter["required"] != true || (name == "id" && address != path), path);
        }

        return query.Count == 0 ? address : $"{address}?{string.Join('&', query)}";
    }

    /// <summary>The id of a case, list or notification made for the call; null where the example's own is right.</summary>
    private async Task<string?> MadeAsync(string path, JsonNode? body)
    {
        if (path.StartsWith("/admin/v1/cases/bulk-proposals/", StringComparison.Ordinal))
        {
            await SuspendedAsync();
            var list = await JsonAsync(HttpMethod.Post, "/admin/v1/cases/bulk-proposals", ExampleOf("BulkProposalRequest"));
            if (body?["digest"] is not null)
            {
                body["digest"] = (string)list["digest"]!;
            }

            return (string)list["id"]!;
        }

        if (path.StartsWith("/admin/v1/cases/{id}", StringComparison.Ordinal))
        {
            var id = await SuspendedAsync();
            if (path.Contains("{no}", StringComparison.Ordinal))
            {
                await JsonAsync(HttpMethod.Post, $"/admin/v1/cases/{id}/proposals", ExampleOf("ProposalRequest"));
            }

            return id;
        }

        if (path.EndsWith("/payments/{id}/cancel", StringComparison.Ordinal))
        {
            return await SuspendedAsync();
        }

        if (path == "/admin/v1/config/versions/{version}")
        {
            await ConfiguredAsync();
        }

        if (path.StartsWith("/admin/v1/alerts/{id}", StringComparison.Ordinal))
        {
            var alert = FakeAlerts.Active with { Message = path };
            await _host.App.Services.GetRequiredService<AlertStore>().SaveAsync(
                [new VersionedAlert(alert, IsAnnounced: false, Version: 1)], [], CancellationToken.None);
            return alert.Id;
        }

        if (path.StartsWith("/admin/v1/notifications/{id}", StringComparison.Ordinal))
        {
            await SuspendedAsync();
            JsonNode? first = null;
            await Nodes.WholeNode.EventuallyAsync(async () =>
            {
                var list = await JsonAsync(HttpMethod.Get, "/admin/v1/notifications", null);
                first = list["items"]!.AsArray().FirstOrDefault();
                return first is not null;
            });
            return (string)first!["id"]!;
        }

        return null;
    }

    /// <summary>A payment that people have to decide: the example's again, under another number.</summary>
    private async Task<string> SuspendedAsync()
    {
        var body = ExampleOf("NewPayment");
        body["order_no"] = $"A-{2000 + _numbers++}";
        var payment = await JsonAsync(HttpMethod.Post, "/v1/payments", body);
        Assert.Equal("suspended", (string?)payment["state"]);

        // Lists are made of what the read model has, which follows.
        await Nodes.WholeNode.EventuallyAsync(async () =>
        {
            var cases = await JsonAsync(HttpMethod.Get, "/admin/v1/cases?limit=1000", null);
            return cases["items"]!.AsArray().Any(item => (string?)item!["id"] == (string)payment["id"]!);
        });
        return (string)payment["id"]!;
    }

    private async Task ConfiguredAsync()
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri("/admin/v1/config?reason=example", UriKind.Relative));
        request.Content = new StringContent("router.channels.alpha.weight = 2");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", KeyFor("/admin"));
        using var response = await _client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private JsonNode ExampleOf(string schema) => (
        from path in _document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        let body = operation.Value!["requestBody"]?["content"]!["application/json"]
        where (string?)body?["schema"]!["$ref"] == $"#/components/schemas/{schema}"
        select body["example"]!).First().DeepClone();

    private async Task<JsonNode> JsonAsync(HttpMethod method, string address, JsonNode? body)
    {
        var (status, text) = await SendAsync(method, address, body);
        Assert.True(status is >= 200 and < 300, $"{method} {address}: {status} {text}");
        return JsonNode.Parse(text)!;
    }

    private static string KeyFor(string address)
    {
        if (!address.StartsWith("/admin", StringComparison.Ordinal))
        {
            return "demo-key";
        }

        var verb = address.Split('/')[^1];
        return verb is "approve" or "reject" ? "demo-approver" : "demo-operator";
    }

    private async Task<(int Status, string Text)> SendAsync(HttpMethod method, string address, JsonNode? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative));
        request.Content = body is null ? null : JsonContent.Create(body);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", KeyFor(address));
        using var response = await _client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
