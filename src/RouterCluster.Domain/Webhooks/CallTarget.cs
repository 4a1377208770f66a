using System.Collections.Immutable;
using System.Net;

namespace RouterCluster.Domain.Webhooks;

/// <summary>Where a connection is about to be made to.</summary>
/// <param name="Host">As the URL names it, without brackets.</param>
/// <param name="Address">What the name resolved to, at the moment of connecting.</param>
/// <param name="IsOwn">A listener of ours answers there.</param>
public readonly record struct CallTarget(string Host, IPAddress Address, int Port, bool IsOwn);

/// <summary>An entry of a merchant's list of targets that are allowed although they are not public.</summary>
/// <param name="Network">Null where a name is allowed, whatever it resolves to.</param>
/// <param name="Port">Null: any, our own listeners excepted. Those have to be named with their port.</param>
public sealed record AllowedTarget(IPNetwork? Network, string? Host, int? Port)
{
    public bool Allows(CallTarget target)
    {
        var address = target.Address.IsIPv4MappedToIPv6 ? target.Address.MapToIPv4() : target.Address;
        var isNamed = Network is { } network ? network.Contains(address)
            : string.Equals(Host, target.Host, StringComparison.OrdinalIgnoreCase);
        return isNamed && (Port == target.Port || (Port is null && !target.IsOwn));
    }
}

public static class CallTargets
{
    public static bool MayBeCalled(this CallTarget target, ImmutableArray<AllowedTarget> allowed) =>
        (AddressRule.IsPublic(target.Address) && !target.IsOwn) || allowed.Any(entry => entry.Allows(target));
}
