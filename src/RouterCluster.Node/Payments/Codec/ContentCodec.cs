using System.Collections.Immutable;
using Google.Protobuf;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments.Codec.Stored;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Payments.Codec;

/// <summary>A payment's id and the merchant's request.</summary>
internal static class ContentCodec
{
    private const string IdPrefix = "pay_";

    private static readonly ImmutableSortedDictionary<string, string> NoMetadata =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public static string ToStored(PaymentId id) => id.Value.Length > IdPrefix.Length
        ? id.Value[IdPrefix.Length..]
        : throw new InvalidOperationException("A payment without an id cannot be stored.");

    public static PaymentId ToId(string stored) =>
        PaymentId.Parse(IdPrefix + stored) ?? throw new InvalidDataException($"'{stored}' is no payment's id.");

    public static StoredContent ToStored(PaymentContent content)
    {
        var stored = new StoredContent
        {
            Merchant = content.Merchant.Value,
            OrderNo = content.OrderNo,
            Product = (int)content.Product,
            Amount = content.Amount.Minor,
            Currency = content.Amount.Currency.Value,
            Account = ToStored(content.Account),
            Mode = (int)content.Mode,
            FingerprintHigh = (ulong)(content.Fingerprint.Value >> 64),
            FingerprintLow = (ulong)content.Fingerprint.Value,
        };
        if (content.NotifyUrl is { } url)
        {
            stored.NotifyUrl = url;
        }

        foreach (var (key, value) in content.Metadata)
        {
            stored.Metadata.Add(new StoredPair { Key = key, Value = value });
        }

        return stored;
    }

    public static PaymentContent ToContent(StoredContent stored) => new(
        MerchantId.Unchecked(stored.Merchant),
        stored.OrderNo,
        stored.Product.ToKnown<Product>(),
        new Money(stored.Amount, Currency.Unchecked(stored.Currency)),
        ToAccount(stored.Account),
        stored.Mode.ToKnown<ChannelMode>(),
        stored.HasNotifyUrl ? stored.NotifyUrl : null,
        NoMetadata.AddRange(stored.Metadata.Select(pair => KeyValuePair.Create(pair.Key, pair.Value))),
        new Fingerprint(new UInt128(stored.FingerprintHigh, stored.FingerprintLow)));

    public static SealedAccount ToAccount(StoredAccount stored) =>
        new(stored.Ciphertext.Memory, stored.MaskedNumber, stored.HasBank ? stored.Bank : null);

    public static StoredAccount ToStored(SealedAccount account)
    {
        var stored = new StoredAccount
        {
            // The bytes of a sealed account never change, so they need no copy.
            Ciphertext = UnsafeByteOperations.UnsafeWrap(account.Ciphertext),
            MaskedNumber = account.MaskedNumber,
        };
        if (account.Bank is { } bank)
        {
            stored.Bank = bank;
        }

        return stored;
    }
}
