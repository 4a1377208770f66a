using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterCluster.Cli.Drill;

/// <summary>The simulator's control. Remembers how each channel behaved before the drill changed it.</summary>
internal sealed class DemoSimulator(Uri address, HttpClient http)
{
    private readonly Dictionary<string, JsonObject> _before = [];

    public async Task<IReadOnlyList<string>> ChannelsAsync(CancellationToken cancellation)
    {
        var all = await ReadAsync("", cancellation);
        return all["channels"] is JsonArray channels
            ? [.. channels.Select(channel => (string?)channel?["channel"]).OfType<string>()]
            : throw new DrillStoppedException($"{address} is no simulator");
    }

    /// <summary>Whether the simulated company has the order in its books.</summary>
    public async Task<bool> HasAsync(string channel, string orderNo, CancellationToken cancellation)
    {
        var books = await ReadAsync($"{Escaped(channel)}/books", cancellation);
        return books["orders"] is JsonArray orders && orders.Any(order => (string?)order?["order_no"] == orderNo);
    }

    public async Task ChangeAsync(string channel, JsonObject settings, CancellationToken cancellation)
    {
        if (!_before.ContainsKey(channel))
        {
            var before = (await ReadAsync(Escaped(channel), cancellation)).AsObject();
            before.Remove("channel");
            before.Remove("port");
            _before.Add(channel, before);
        }

        await PutAsync(channel, settings, cancellation);
    }

    /// <summary>Every channel behaves again as it did before. Safe at any time.</summary>
    public async Task SetRightAsync(CancellationToken cancellation)
    {
        foreach (var (channel, settings) in _before.ToList())
        {
            await PutAsync(channel, settings, cancellation);
            _before.Remove(channel);
        }
    }

    private async Task PutAsync(string channel, JsonObject settings, CancellationToken cancellation)
    {
        using var answer = await SentAsync(
            token => http.PutAsync(Control(Escaped(channel)), JsonContent.Create<JsonNode>(settings), token), cancellation);
    }

    private async Task<JsonNode> ReadAsync(string path, CancellationToken cancellation)
    {
        using var answer = await SentAsync(token => http.GetAsync(Control(path), token), cancellation);
        try
        {
            var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation));
            return body is JsonObject ? body : throw new JsonException();
        }
        catch (JsonException)
        {
            throw new DrillStoppedException($"{address} is no simulator");
        }
    }

    private async Task<HttpResponseMessage> SentAsync(
        Func<CancellationToken, Task<HttpResponseMessage>> send, CancellationToken cancellation)
    {
        try
        {
            var answer = await send(cancellation);
            return answer.IsSuccessStatusCode
                ? answer
                : throw new DrillStoppedException($"the simulator at {address} answered {(int)answer.StatusCode}");
        }
        catch (HttpRequestException failure)
        {
            throw new DrillStoppedException($"cannot reach a simulator at {address}: {failure.Message}");
        }
    }

    private Uri Control(string path) => new(address, $"/_control{(path.Length == 0 ? "" : "/")}{path}");

    private static string Escaped(string channel) => Uri.EscapeDataString(channel);
}
