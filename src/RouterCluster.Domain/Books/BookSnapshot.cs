using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Books;

/// <param name="Clock">UTC; the book's clock never goes back behind it.</param>
public sealed record BookSnapshot(
    IReadOnlyList<(Payment Payment, long ChangedAt)> Payments, ReadOnlyMemory<byte> Seen, DateTimeOffset Clock)
{
    /// <summary>Null in snapshots from before changes were kept.</summary>
    public IReadOnlyList<(Payment Payment, long Row)>? Untold { get; init; }

    public override string ToString() => $"book snapshot of {Payments.Count} payments";
}
