using System.Collections.Immutable;
using System.Net;

namespace RouterCluster.Host.Access;

/// <summary>
/// Where a request comes from. <c>X-Forwarded-For</c> counts only as far as trusted proxies wrote it: read from the
/// right, the first address that is none of theirs is the client, and what stands left of it anybody may have made up.
/// </summary>
internal sealed class ClientAddress(ImmutableArray<IPNetwork> trustedProxies)
{
    private const string ForwardedFor = "X-Forwarded-For";

    /// <summary>Null when it cannot be told: a trusted proxy sent something unreadable, or there is no network.</summary>
    public IPAddress? Of(HttpContext context)
    {
        var address = Plain(context.Connection.RemoteIpAddress);
        if (address is null || !IsTrusted(address))
        {
            return address;
        }

        var hops = string.Join(',', (IEnumerable<string?>)context.Request.Headers[ForwardedFor])
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        for (var at = hops.Length - 1; at >= 0 && address is not null && IsTrusted(address); at--)
        {
            address = IPAddress.TryParse(hops[at], out var hop) ? Plain(hop) : null;
        }

        return address;
    }

    private bool IsTrusted(IPAddress address) => trustedProxies.Any(network => network.Contains(address));

    private static IPAddress? Plain(IPAddress? address) =>
        address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
