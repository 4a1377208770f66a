using System.Collections.Immutable;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Payments;

public sealed record PaymentContent(
    MerchantId Merchant,
    string OrderNo,
    Product Product,
    Money Amount,
    SealedAccount Account,
    ChannelMode Mode,
    string? NotifyUrl,
    ImmutableSortedDictionary<string, string> Metadata,
    Fingerprint Fingerprint)
{
    /// <param name="tried">Channels that its earlier attempts failed at.</param>
    public RouteRequest ToRouteRequest(IEnumerable<ChannelId> tried) =>
        new(Merchant, Product, Amount, Account.Bank, Mode, [.. tried])
        {
            PaymentKey = StableHash.Of(Merchant.Value, OrderNo),
            CustomerKey = StableHash.Of(Account.MaskedNumber, Account.Bank ?? ""),
        };
}
