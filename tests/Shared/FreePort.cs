using System.Net;
using System.Net.Sockets;

namespace RouterCluster.Testing;

/// <remarks>
/// Below what Linux gives to outgoing connections: clients that go on calling while a node is down would sooner or later
/// hold its port themselves, or connect to themselves on it, and the node could not come back.
/// </remarks>
public static class FreePort
{
    private const int First = 15_000;
    private const int Last = 32_000;

    /// <summary>A loopback port that nobody listens on now; another process may still be quicker to take it.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; there are many others.
            }
        }
    }
}
