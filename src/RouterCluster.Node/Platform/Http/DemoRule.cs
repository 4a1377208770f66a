using System.Net;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Platform.Http;

/// <summary>Credentials that everybody can read in our documentation count on this machine and without money only.</summary>
internal static class DemoRule
{
    public static bool Permits(ChannelMode mode, IPAddress? address) =>
        mode == ChannelMode.Sandbox && address is not null && IPAddress.IsLoopback(address);
}
