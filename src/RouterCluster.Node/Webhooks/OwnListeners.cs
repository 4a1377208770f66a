using System.Collections.Frozen;
using System.Net;
using System.Net.NetworkInformation;

namespace RouterCluster.Node.Webhooks;

/// <summary>Where this node answers itself. A merchant must not have us call our own doors.</summary>
public sealed class OwnListeners
{
    private readonly FrozenSet<(string Host, int Port)> _names;
    private readonly FrozenSet<int> _ports;

    /// <param name="urls">Listeners, and the names under which others reach them.</param>
    /// <param name="otherPorts">Ports that have no URL, such as that of the cluster.</param>
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
