using System.Net.Sockets;
using RouterCluster.Simulator;

namespace RouterCluster.Host.Node;

/// <summary>The demo's payment companies, in this process but on a port of their own.</summary>
internal static class DemoSimulator
{
    private const int Port = 9090;

    /// <summary>Null when something listens there already, such as a simulator of one's own: the demo uses that.</summary>
    public static async Task<SimulatorServer?> StartAsync(CancellationToken cancellation)
    {
        try
        {
            return await SimulatorServer.StartAsync(new SimulatorOptions { Port = Port }, cancellation);
        }
        catch (Exception taken) when (taken is IOException or SocketException)
        {
            await Console.Error.WriteLineAsync($"port {Port} is taken; the demo's channels use what listens there");
            return null;
        }
    }
}
