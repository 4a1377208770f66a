using Google.Protobuf;
using RouterCluster.Actors.Payments.Codec.Stored;
using RouterCluster.Actors.Storage;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Actors.Payments.Codec;

/// <summary>A book as it was after one of its rows.</summary>
/// <param name="Payments">Every payment in memory with the sequence number of the row that last changed it.</param>
/// <param name="Seen">The filter over all numbers that the book ever took.</param>
/// <param name="Clock">The latest time the book has stamped; it never goes back behind it.</param>
public sealed record BookSnapshot(
    IReadOnlyList<(Payment Payment, long ChangedAt)> Payments, ReadOnlyMemory<byte> Seen, DateTimeOffset Clock)
{
    public override string ToString() => $"book snapshot of {Payments.Count} payments";
}

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
