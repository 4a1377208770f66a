using System.Net;
using System.Net.Sockets;
using Garnet;
using Garnet.server;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Counters;

/// <summary>
/// A Redis server in this process, in memory only, on a socket in the data directory: no port that others could have, and
/// nobody but the node's own user can read it.
/// </summary>
internal sealed class EmbeddedRedis(NodeSettings settings) : IDisposable
{
    public const string SocketName = "counters.sock";

    /// <summary>The operating system takes no longer paths of sockets.</summary>
    private const int LongestPath = 100;

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int SecondsBetweenCleanings = 60;

    private GarnetServer? _server;

    public string Path => PathIn(System.IO.Path.GetFullPath(settings.DataDirectory));

    public EndPoint Start()
    {
        // A node that was killed leaves its socket behind.
        File.Delete(Path);
        var address = new UnixDomainSocketEndPoint(Path);
        _server?.Dispose();
        _server = new GarnetServer(new GarnetServerOptions
        {
            EndPoints = [address],
            UnixSocketPath = Path,
            UnixSocketPermission = Private,
            QuietMode = true,
            EnableStorageTier = false,
            EnableAOF = false,
            DisablePubSub = true,
            IndexMemorySize = "1m",
            PageSize = "1m",
            SegmentSize = "16m",
            LogMemorySize = "32m",
            ExpiredKeyDeletionScanFrequencySecs = SecondsBetweenCleanings,
        });
        _server.Start();
        return address;
    }

    public void Dispose() => _server?.Dispose();

    private static string PathIn(string directory)
    {
        var path = System.IO.Path.Combine(directory, SocketName);
        return path.Length <= LongestPath
            ? path
            : System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"router-{Environment.ProcessId}-{SocketName}");
    }
}
