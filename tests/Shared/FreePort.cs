using System.Net;
using System.Net.Sockets;

namespace RouterCluster.Testing;

public static class FreePort
{
    /// <summary>A loopback port that nobody listens on now; another process may still take it, so callers try again.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
