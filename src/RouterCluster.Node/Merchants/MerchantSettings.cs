using System.Collections.Immutable;
using System.Net;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Merchants;

/// <param name="AllowedIps">The networks that requests may come from.</param>
/// <param name="NotifySecrets">Standard Webhooks: <c>whsec_</c> and base64. At least one when there is a URL; all of them
/// sign.</param>
/// <param name="NotifyAllow">Targets of webhooks that are allowed although they are not public.</param>
public sealed record MerchantSettings(
    MerchantId Id, ImmutableArray<MerchantKey> Keys, ImmutableHashSet<Product> Products, ImmutableArray<IPNetwork> AllowedIps,
    string? NotifyUrl, ImmutableArray<Secret> NotifySecrets, ImmutableArray<AllowedTarget> NotifyAllow, MerchantLimits Limits,
    DuplicatePolicy Duplicates)
{
    /// <summary>Without a secret no webhook can be signed, so none is sent.</summary>
    public bool MayBeNotified => !NotifySecrets.IsEmpty;

    /// <summary>The merchant's own routes.</summary>
    public ImmutableArray<RouteSettings> Routing { get; init; } = [];

    /// <summary>An IPv4 address that is mapped into IPv6 is the same address.</summary>
    public bool Allows(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return AllowedIps.Any(network => network.Contains(plain));
    }
}

/// <param name="IsDemo">The key is public: it counts only for requests from loopback, in sandbox mode.</param>
public sealed record MerchantKey(TokenHash Token, ChannelMode Mode, bool IsDemo);

/// <summary>Null means no limit. Amounts in minor units of the payment's currency.</summary>
public sealed record MerchantLimits(double? RatePerSecond, int? InFlight, long? AmountPerPayment, long? AmountPerDay);

/// <summary>Treatment of the same account and amount under another number, shortly after the first.</summary>
public enum DuplicatePolicy
{
    Allow = 1,
    Suspend = 2,
}
