using System.Collections.Immutable;
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
    Fingerprint Fingerprint);
