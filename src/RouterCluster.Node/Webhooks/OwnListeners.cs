using System.Collections.Frozen;
using System.Net;
using System.Net.NetworkInformation;

namespace RouterCluster.Node.Webhooks;

/// <summary>This node's own addresses, which no webhook may call.</summary>
public sealed class OwnListeners
{
    private readonly FrozenSet<(string Host, int Port)> _names;
    private readonly FrozenSet<int> _ports;

    /// <param name="urls">Listeners, and their public names.</param>
    /// <param name="otherPorts">Ports without a URL, such as the cluster's.</param>
    public OwnListeners(IEnumerable<string> urls, params IEnumerable<int> otherPorts)
    {
        var addresses = urls.Select(url => new Uri(url)).ToArray();
        _names = addresses.Select(url => (url.IdnHost.ToLowerInvariant(), url.Port)).ToFrozenSet();
        _ports = addresses.Select(url => url.Port).Concat(otherPorts).ToFrozenSet();
    }

    public bool Answer(string host, IPAddress address, int port) =>
        _names.Contains((host.ToLowerInvariant(), port)) || (_ports.Contains(port) && IsThisMachine(address));

    private static bool IsThisMachine(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(plain) || plain.Equals(IPAddress.Any) || plain.Equals(IPAddress.IPv6Any)
            || NetworkInterface.GetAllNetworkInterfaces()
                .SelectMany(one => one.GetIPProperties().UnicastAddresses)
                .Any(own => own.Address.Equals(plain));
    }
}
