using System.Net;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Platform.Http;

/// <summary>Demo credentials are public, so they count only for requests from this machine in sandbox mode.</summary>
internal static class DemoRule
{
    public static bool Permits(ChannelMode mode, IPAddress? address) =>
        mode == ChannelMode.Sandbox && address is not null && IPAddress.IsLoopback(address);
}
