using Google.Protobuf;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments.Codec.Stored;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Payments.Codec;

public static class BookSnapshotCodec
{
    public static byte[] Encode(BookSnapshot snapshot) => new Snapshot
    {
        Payments = { snapshot.Payments.Select(ToStored) },
        Seen = UnsafeByteOperations.UnsafeWrap(snapshot.Seen),
        Clock = snapshot.Clock.ToStored(),
        Untold = snapshot.Untold is { } untold ? new UntoldChanges { Changes = { untold.Select(ToStored) } } : null,
    }.ToByteArray();

    public static BookSnapshot Decode(ReadOnlyMemory<byte> bytes)
    {
        var stored = Snapshot.Parser.ParseFrom(bytes.Span);
        return new BookSnapshot([.. stored.Payments.Select(ToPayment)], stored.Seen.Memory, stored.Clock.ToTime())
        {
            Untold = stored.Untold is { } untold ? [.. untold.Changes.Select(ToPayment)] : null,
        };
    }

    private static SnapshotEntry ToStored((Payment Payment, long Row) kept) =>
        new() { Payment = PaymentCodec.ToStored(kept.Payment), ChangedAt = kept.Row };

    private static (Payment Payment, long Row) ToPayment(SnapshotEntry stored) =>
        (PaymentCodec.ToPayment(stored.Payment), stored.ChangedAt);
}
