using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Books;

/// <summary>A book as its last acknowledged row has left it.</summary>
/// <param name="Payments">Each with the row that holds its last change.</param>
/// <param name="Seen">The numbers that have left memory, as <see cref="SeenNumbers.ToBytes"/> gives them.</param>
/// <param name="Clock">UTC; the book's clock never goes back behind it.</param>
public sealed record BookSnapshot(
    IReadOnlyList<(Payment Payment, long ChangedAt)> Payments, ReadOnlyMemory<byte> Seen, DateTimeOffset Clock)
{
    /// <summary>
    /// Changes that merchants are to be told of and that the read model may not have, with the rows that hold them. Null in
    /// snapshots that were stored before changes were kept.
    /// </summary>
    public IReadOnlyList<(Payment Payment, long Row)>? Untold { get; init; }

    public override string ToString() => $"book snapshot of {Payments.Count} payments";
}
