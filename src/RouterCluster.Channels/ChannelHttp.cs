using System.Net;

namespace RouterCluster.Channels;

/// <summary>The HTTP client that payments go through: everything that could send or follow by itself is off.</summary>
internal static class ChannelHttp
{
    /// <summary>Shorter than any call's timeout, so that an unreachable channel is known as not sent.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Shorter than common servers keep idle connections, so that few calls meet one that is being closed.</summary>
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(30);

    /// <summary>After this a channel's new address is noticed.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const int MaxHeaderKilobytes = 16;

    public static HttpMessageInvoker Connect(int maxConnections) => new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = maxConnections,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionIdleTimeout = IdleTimeout,
        PooledConnectionLifetime = Lifetime,
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = MaxHeaderKilobytes,

        // An answer that we stop reading closes its connection at once; a drain in the background would keep the call open.
        MaxResponseDrainSize = 0,
    });
}
