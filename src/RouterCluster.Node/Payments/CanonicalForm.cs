using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Payments;

/// <summary>
/// A request as bytes that are equal exactly when the content is: fields in a fixed order, each with its length. Order of
/// JSON, white space and spelt-out defaults make no difference. The key's mode is part of it, so that a sandbox payment
/// never stands for a live one. Stored fingerprints depend on it: never change it, only add a new version.
/// </summary>
internal static class CanonicalForm
{
    private const int Version = 1;
    private const int Absent = -1;

    public static void Write(IBufferWriter<byte> to, PaymentDraft draft, ChannelMode mode, TimeSpan defaultExpiry)
    {
        Number(to, Version);
        Number(to, (int)mode);
        Text(to, draft.OrderNo);
        Number(to, (int)draft.Product);
        Number(to, draft.Amount.Minor);
        Text(to, draft.Amount.Currency.Value);
        Text(to, draft.Account.Number);
        Text(to, draft.Account.Holder);
        Text(to, draft.Account.Bank);
        Text(to, draft.Account.IdNo);
        Text(to, draft.Account.Phone);
        Text(to, draft.NotifyUrl);

        // The default is written as absent, so that requests keep their meaning when the default changes.
        Number(to, draft.ExpiresInSeconds is { } seconds && seconds != defaultExpiry.TotalSeconds ? seconds : Absent);
        Number(to, draft.Metadata.Count);
        foreach (var (key, value) in draft.Metadata)
        {
            Text(to, key);
            Text(to, value);
        }
    }

    private static void Number(IBufferWriter<byte> to, long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(to.GetSpan(sizeof(long)), value);
        to.Advance(sizeof(long));
    }

    private static void Text(IBufferWriter<byte> to, string? value)
    {
        Number(to, value is null ? Absent : Encoding.UTF8.GetByteCount(value));
        if (value is not null)
        {
            Encoding.UTF8.GetBytes(value, to);
        }
    }
}
