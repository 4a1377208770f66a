using System.Buffers.Binary;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments.Codec;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Payments;

/// <summary>
/// A payment in the read model: columns to search by, and the whole payment as its body. Times are Unix milliseconds,
/// enums the domain's numbers; the account is sealed.
/// </summary>
internal sealed record PaymentRow(Payment Payment, long Version, byte[] Body)
{
    public static readonly SqlTable<PaymentRow> Table = new(
        "payments",
        [
            new("id", SqlType.Text, row => row.Payment.Id.Value),
            new("merchant", SqlType.Text, row => row.Payment.Content.Merchant.Value),
            new("order_no", SqlType.Text, row => row.Payment.Content.OrderNo),
            new("product", SqlType.Number, row => (long)row.Payment.Content.Product),
            new("amount", SqlType.Number, row => row.Payment.Content.Amount.Minor),
            new("currency", SqlType.Text, row => row.Payment.Content.Amount.Currency.Value),
            new("state", SqlType.Number, row => (long)row.Payment.State),
            new("mode", SqlType.Number, row => (long)row.Payment.Content.Mode),
            new("channel", SqlType.Text, row => row.Payment.Channel?.Value),
            new("created_at", SqlType.Number, row => row.Payment.CreatedAt.ToStored()),
            new("updated_at", SqlType.Number, row => row.Payment.UpdatedAt.ToStored()),
            new("needs_person", SqlType.Flag, row => row.Payment.NeedsDecision),
            new("version", SqlType.Number, row => row.Version),
            new("fingerprint", SqlType.Bytes, row => Bytes(row.Payment.Content.Fingerprint)),
            new("body", SqlType.Bytes, row => row.Body),
        ],
        Version: "version");

    public static PaymentRow Of(Payment payment, long version) => new(payment, version, PaymentCodec.Encode(payment));

    private static byte[] Bytes(Fingerprint fingerprint)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, fingerprint.Value);
        return bytes;
    }
}
