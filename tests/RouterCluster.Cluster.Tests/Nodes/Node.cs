using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using RouterCluster.Cluster.Tests.Merchants;
using RouterCluster.Cluster.Tests.Processes;
using RouterCluster.Testing;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Nodes;

/// <summary>One router as a process with a data folder of its own, which can be killed and started again.</summary>
internal sealed class Node : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private readonly string _folder;
    private readonly Machine _machine;
    private readonly string[] _configs;
    private readonly HttpClient _operator;
    private readonly List<ProgramProcess> _ended = [];
    private ProgramProcess? _process;

    /// <param name="data">Where the data goes; null: the node's own temporary folder.</param>
    public Node(NodePlan plan, string? data = null, Machine? machine = null)
    {
        _machine = machine ?? Machine.This;
        _folder = Directory.CreateTempSubdirectory("router-node-").FullName;
        Data = data ?? Path.Combine(_folder, "data");
        Url = $"http://{_machine.Address}:{FreePort.Next()}";
        File.WriteAllText(ConfigFile, plan.Text);
        _configs = [.. plan.Files.Append(ConfigFile).SelectMany(file => new[] { "--config", file })];
        _operator = new HttpClient { BaseAddress = new Uri(Url), Timeout = TimeSpan.FromSeconds(30) };
        _operator.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", NodePlan.OperatorToken);
        Shop = new Merchant(Url, NodePlan.MerchantKey);
        Other = new Merchant(Url, NodePlan.OtherMerchantKey);
    }

    public string Url { get; }

    public string Data { get; }

    public Merchant Shop { get; }

    public Merchant Other { get; }

    public ProgramProcess Process => _process ?? throw new InvalidOperationException("The node has not been started.");

    private string ConfigFile => Path.Combine(_folder, "node.conf");

    /// <summary>Starts the process and waits until the node takes payments; gives the time that this took.</summary>
    public async Task<TimeSpan> StartAsync()
    {
        var watch = Stopwatch.StartNew();
        Launch();
        await Until.TrueAsync(IsReadyAsync, StartLimit, "the node is ready");
        return watch.Elapsed;
    }

    /// <summary>Starts the process, which may not succeed.</summary>
    public void Launch()
    {
        if (_process is not null)
        {
            _ended.Add(_process);
        }

        _process = ProgramProcess.StartDotnet(
            _machine, BuiltProgram.Host, [.. _configs, "--data", Data, "--http", Url]);
    }

    /// <summary>What the readiness probe says of one check; null when it is well, or nobody answers.</summary>
    public async Task<string?> ProblemAsync(string check)
    {
        try
        {
            using var answer = await _operator.GetAsync("/health/ready");
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            return body.GetProperty("checks").EnumerateArray()
                .Where(each => each.GetProperty("name").GetString() == check)
                .Select(each => each.TryGetProperty("detail", out var detail) ? detail.GetString() : null)
                .SingleOrDefault();
        }
        catch (Exception absent) when (absent is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    public Task KillAsync() => Process.KillAsync();

    public async Task<bool> IsReadyAsync()
    {
        if (Process.HasExited)
        {
            throw new InvalidOperationException($"The node ended:\n{string.Join('\n', Process.Lines.TakeLast(20))}");
        }

        try
        {
            using var answer = await _operator.GetAsync("/health/ready");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception absent) when (absent is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>As this node sees its cluster; empty when it does not answer.</summary>
    public async Task<SeenMember[]> MembersAsync()
    {
        try
        {
            var cluster = await _operator.GetFromJsonAsync<JsonElement>("/admin/v1/cluster");
            return cluster.GetProperty("members").Deserialize<SeenMember[]>(Wire.Json) ?? [];
        }
        catch (Exception absent) when (absent is HttpRequestException or TaskCanceledException)
        {
            return [];
        }
    }

    /// <summary>The samples that Prometheus would scrape; none when the node does not answer.</summary>
    public async Task<string[]> MetricsAsync()
    {
        try
        {
            return (await _operator.GetStringAsync("/metrics")).Split('\n');
        }
        catch (Exception absent) when (absent is HttpRequestException or TaskCanceledException)
        {
            return [];
        }
    }

    /// <param name="path">Below the operators' API.</param>
    public async Task OperateAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, $"/admin/v1/{path}") { Content = JsonContent.Create(body) };
        using var answer = await _operator.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<SeenChannel[]> ChannelsAsync()
    {
        var list = await _operator.GetFromJsonAsync<JsonElement>("/admin/v1/channels");
        return list.GetProperty("items").Deserialize<SeenChannel[]>(Wire.Json) ?? [];
    }

    public async Task<SeenChannel> ChannelAsync(string channel) => (await ChannelsAsync()).Single(seen => seen.Id == channel);

    /// <summary>Channels that the payment's first attempt could not go to, and why.</summary>
    public async Task<(string Channel, string Reason)[]> ExclusionsAsync(string payment)
    {
        var explained = await _operator.GetFromJsonAsync<JsonElement>($"/admin/v1/payments/{payment}/explain");
        return [.. explained.GetProperty("attempts")[0].GetProperty("excluded").EnumerateArray()
            .Select(each => (each.GetProperty("channel").GetString()!, each.GetProperty("reason").GetString()!))];
    }

    /// <summary>Every permit comes back, lingering ones included, and nothing is left in a queue.</summary>
    public Task BecomesIdleAsync() => Until.TrueAsync(
        async () => (await ChannelsAsync()).All(channel => channel is
        {
            Submit: { InFlight: 0, Queue: 0 },
            Query: { InFlight: 0, Queue: 0 },
        }),
        TimeSpan.FromSeconds(60),
        "every permit is back");

    /// <summary>Into the test's output, which is shown when the test fails.</summary>
    public void WriteLog(ITestOutputHelper output)
    {
        foreach (var process in _process is null ? _ended : [.. _ended, _process])
        {
            output.WriteLine($"-- node process {process.Id}");
            foreach (var line in process.Lines.Where(IsWorthShowing).TakeLast(40))
            {
                output.WriteLine(line.Length > 600 ? line[..600] : line);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _process is null ? _ended : [.. _ended, _process])
        {
            await process.DisposeAsync();
        }

        Shop.Dispose();
        Other.Dispose();
        _operator.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static bool IsWorthShowing(string line) =>
        !line.Contains("\"LogLevel\":\"Information\"", StringComparison.Ordinal)
        || line.Contains("breaker", StringComparison.Ordinal) || line.Contains("is open", StringComparison.Ordinal);
}

internal sealed record SeenChannel(
    string Id, string Lifecycle, SeenLane Submit, SeenLane Query, double? SuccessRate, SeenUnknown Unknown,
    DateTimeOffset? MaintenanceUntil, long? NoOwnerSeconds = null);

internal sealed record SeenMember(
    string Address, string Status, string[] Roles, int[] Books, string[] Channels, SeenConnections? Connections = null,
    SeenLease? Lease = null);

internal sealed record SeenConnections(int? Limit, int Open);

/// <param name="Epoch">The how-manieth run of a node on the database.</param>
internal sealed record SeenLease(long Epoch);

internal sealed record SeenLane(string Breaker, int InFlight, int Budget, int Queue);

internal sealed record SeenUnknown(int Count, long Amount);
