using System.Net;

namespace RouterCluster.Channels;

/// <summary>Redirects, retries, cookies and proxies are off: nothing may be sent by itself.</summary>
internal static class ChannelHttp
{
    /// <summary>Shorter than any call's timeout, so that an unreachable channel is known as not sent.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Shorter than common servers keep idle connections, so that few calls meet one that is being closed.</summary>
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The longest time until a channel's new address is noticed.</summary>
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

        // Ending the reading closes the connection at once; a background drain would keep the call open.
        MaxResponseDrainSize = 0,
    });
}
