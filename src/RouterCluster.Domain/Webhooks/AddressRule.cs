using System.Net;
using System.Net.Sockets;

namespace RouterCluster.Domain.Webhooks;

/// <summary>
/// Only the public internet: a URL that leads to us, to our neighbours or to a cloud's metadata would let a merchant reach
/// into our own network.
/// </summary>
/// <remarks>
/// <see href="https://www.iana.org/assignments/iana-ipv4-special-registry"/> and its counterpart for IPv6. Forms of IPv6
/// that carry an IPv4 address are judged by that address.
/// </remarks>
public static class AddressRule
{
    private static readonly IPNetwork[] NotPublic4 = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4");

    /// <summary>Holds all public addresses: loopback, link-local, unique-local and multicast lie outside.</summary>
    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] NotPublic6 = Networks("2001::/23", "2001:db8::/32", "3fff::/20");

    /// <summary>The well-known prefix of translators; their local prefixes are not global.</summary>
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    public static bool IsPublic(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !NotPublic4.Any(network => network.Contains(address));
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return IsPublic(address.MapToIPv4());
        }

        // An address with a scope belongs to this machine's links, and no network contains it.
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.ScopeId != 0)
        {
            return false;
        }

        var bytes = address.GetAddressBytes();
        if (Nat64.Contains(address))
        {
            return IsPublic(new IPAddress(bytes.AsSpan(12, 4)));
        }

        return SixToFour.Contains(address)
            ? IsPublic(new IPAddress(bytes.AsSpan(2, 4)))
            : Global6.Contains(address) && !NotPublic6.Any(network => network.Contains(address));
    }

    private static IPNetwork[] Networks(params string[] networks) => [.. networks.Select(network => IPNetwork.Parse(network))];
}
