using System.Buffers;
using System.Buffers.Binary;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Tests.Books;

internal readonly record struct StoredEvent(PaymentId Id, PaymentEvent Event);

/// <summary>An encoder whose bytes are numbers of events that it remembers.</summary>
internal sealed class StoredEvents : IPaymentEventEncoder
{
    private const int EntryBytes = 4;
    private readonly List<StoredEvent> _known = [];

    public Func<PaymentEvent, bool> CanStore { get; set; } = _ => true;

    public bool TryEncode(PaymentId id, PaymentEvent @event, IBufferWriter<byte> to)
    {
        if (!CanStore(@event))
        {
            return false;
        }

        BinaryPrimitives.WriteInt32LittleEndian(to.GetSpan(EntryBytes), _known.Count);
        to.Advance(EntryBytes);
        _known.Add(new StoredEvent(id, @event));
        return true;
    }

    public IReadOnlyList<StoredEvent> Decode(ReadOnlyMemory<byte> row) =>
        [.. row.ToArray().Chunk(EntryBytes).Select(entry => _known[BinaryPrimitives.ReadInt32LittleEndian(entry)])];
}
