using Google.Protobuf;
using RouterCluster.Actors.Payments.Codec.Stored;
using RouterCluster.Actors.Storage;
using RouterCluster.Domain.Books;

namespace RouterCluster.Actors.Payments.Codec;

public static class BookSnapshotCodec
{
    public static byte[] Encode(BookSnapshot snapshot) => new Snapshot
    {
        Payments =
        {
            snapshot.Payments.Select(entry => new SnapshotEntry
            {
                Payment = PaymentCodec.ToStored(entry.Payment),
                ChangedAt = entry.ChangedAt,
            }),
        },
        Seen = UnsafeByteOperations.UnsafeWrap(snapshot.Seen),
        Clock = snapshot.Clock.ToStored(),
    }.ToByteArray();

    public static BookSnapshot Decode(ReadOnlyMemory<byte> bytes)
    {
        var stored = Snapshot.Parser.ParseFrom(bytes.Span);
        return new BookSnapshot(
            [.. stored.Payments.Select(entry => (PaymentCodec.ToPayment(entry.Payment), entry.ChangedAt))],
            stored.Seen.Memory,
            stored.Clock.ToTime());
    }
}
