using System.Collections.Immutable;
using System.Net;

namespace RouterCluster.Domain.Webhooks;

/// <param name="Host">As in the URL, without brackets.</param>
/// <param name="Address">Resolved at the moment of connecting.</param>
public readonly record struct CallTarget(string Host, IPAddress Address, int Port, bool IsOwn);

/// <param name="Network">Null where a name is permitted, whatever it resolves to.</param>
/// <param name="Port">Null: any port except those of our own listeners, which have to be named.</param>
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
