using System.Net.Http.Json;
using System.Text.Json;
using RouterCluster.Cluster.Tests.Processes;
using RouterCluster.Testing;

namespace RouterCluster.Cluster.Tests.Nodes;

/// <summary>The simulator as a process, driven and read through its controls alone.</summary>
internal sealed class Psp : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly ProgramProcess _process;
    private readonly HttpClient _http;

    private Psp(ProgramProcess process, string address, int port)
    {
        _process = process;
        (Address, Port) = (address, port);
        _http = new HttpClient { BaseAddress = new Uri($"http://{address}:{port}/"), Timeout = StartLimit };
    }

    public string Address { get; }

    public int Port { get; }

    public IReadOnlyList<string> Lines => _process.Lines;

    public static Task<Psp> StartAsync(params IEnumerable<string> channels) => StartOnAsync(Machine.This.Address, channels);

    public static async Task<Psp> StartOnAsync(string address, IEnumerable<string> channels)
    {
        var port = FreePort.Next();
        var process = ProgramProcess.StartDotnet(
            BuiltProgram.Simulator, "--bind", address, "--port", $"{port}", "--channels", string.Join(',', channels));
        var psp = new Psp(process, address, port);
        try
        {
            await Until.TrueAsync(psp.AnswersAsync, StartLimit, "the simulator answers");
            return psp;
        }
        catch
        {
            await psp.DisposeAsync();
            throw;
        }
    }

    /// <summary>The channel's address on the port of its own.</summary>
    public async Task<string> OwnAddressAsync(string channel)
    {
        var listed = await _http.GetFromJsonAsync<JsonElement>("_control");
        return listed.GetProperty("channels").EnumerateArray()
            .Single(entry => entry.GetProperty("channel").GetString() == channel)
            .GetProperty("base_url").GetString()!;
    }

    public async Task SetAsync(string channel, object settings)
    {
        using var answer = await _http.PutAsJsonAsync($"_control/{channel}", settings);
        answer.EnsureSuccessStatusCode();
    }

    public async Task HealAsync(IEnumerable<string> channels)
    {
        foreach (var channel in channels)
        {
            await SetAsync(channel, new { mode = "ok", latency_ms = 10, latency_p99_ms = 20 });
        }
    }

    public async Task<PspLog> LogAsync(string channel)
    {
        // Read as a stream: the log of a long run is large.
        using var answer = await _http.GetAsync($"_control/{channel}/log", HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync();
        return await JsonSerializer.DeserializeAsync<PspLog>(body, Wire.Json)
            ?? throw new InvalidOperationException($"The log of {channel} is empty.");
    }

    public async Task ForgetCallsAsync(string channel)
    {
        using var answer = await _http.DeleteAsync($"_control/{channel}/log");
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _http.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"The simulator ended: {string.Join('\n', _process.Lines)}");
        }

        try
        {
            using var answer = await _http.GetAsync("_control");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

/// <summary>What one channel of the simulator says of itself: the books that everything is judged by.</summary>
internal sealed record PspLog(LaneFigures HighestConcurrency, LaneFigures CurrentConcurrency, long Dropped, PspCall[] Calls);

internal sealed record LaneFigures(int Submit, int Query);

internal sealed record PspCall(DateTimeOffset At, string Kind, string OrderNo, long Amount, string Money)
{
    public bool IsSubmit => Kind == "submit";

    public bool MovedMoney => Money == "moved";
}
