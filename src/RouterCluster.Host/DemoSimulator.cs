using System.Net.Sockets;
using System.Text.Json;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Settings;
using RouterCluster.Simulator;

namespace RouterCluster.Host;

/// <summary>The demo's payment companies, in this process, on a port of their own.</summary>
internal static class DemoSimulator
{
    private const int LongestAnswer = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Null when a simulator runs on the port already: the demo uses that one.</summary>
    /// <exception cref="StartUpException">Another program has the port, so that no payment of the demo could succeed.</exception>
    public static async Task<SimulatorServer?> StartAsync(RouterSettings settings, CancellationToken cancellation)
    {
        var port = settings.SimulatorPort;
        try
        {
            return await SimulatorServer.StartAsync(new SimulatorOptions { Port = port }, cancellation);
        }
        catch (Exception taken) when (taken is IOException or SocketException)
        {
            return await IsSimulatorAsync(port, cancellation) ? null : throw new StartUpException(
                "router.simulator-port", $"\"{port}\", which something else listens on",
                "a port that is free, or a simulator's (--simulator-port N)", taken);
        }
    }

    /// <summary>A simulator lists its channels under this path; other programs do not.</summary>
    private static async Task<bool> IsSimulatorAsync(int port, CancellationToken cancellation)
    {
        try
        {
            using var client = new HttpClient { Timeout = Patience, MaxResponseContentBufferSize = LongestAnswer };
            var answer = await client.GetByteArrayAsync(new Uri($"http://127.0.0.1:{port}/_control"), cancellation);
            using var json = JsonDocument.Parse(answer);
            return json.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("channels", out var channels) && channels.ValueKind == JsonValueKind.Array
                && channels.EnumerateArray().Any(channel => channel is { ValueKind: JsonValueKind.Object }
                    && channel.TryGetProperty("base_url", out _));
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or IOException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
