namespace RouterCluster.Node.Payments.Codec;

/// <summary>One journal row of a book: the events of one write, as <see cref="PaymentEventCodec"/> encoded them.</summary>
public sealed record BookRow(ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Dead letters and failed writes log their message, so it must stay short.</summary>
    public override string ToString() => $"book row of {Bytes.Length} bytes";
}
