namespace RouterCluster.Node.Payments;

/// <summary>How payouts of live merchants are approved. Without approval they are refused.</summary>
public enum PayoutApproval
{
    None = 0,
}

/// <param name="WriteWatchdog">A write that takes longer stops its book, which then recovers from the journal.</param>
/// <param name="SnapshotEvery">Least journal rows between snapshots; the rows must also be as long as a snapshot.</param>
/// <param name="SeenNumbers">Capacity, in numbers, of the filter that tells new numbers from those that have left
/// memory.</param>
/// <param name="KeepClosedFor">Least time that an ended payment stays in memory.</param>
/// <param name="Tick">How often a book looks for due work.</param>
/// <param name="SuspendAfter">A payment that is unknown for so long, while its channel answers, is suspended for
/// people.</param>
/// <param name="ExpiresIn">No new attempt starts after this time, unless the request says otherwise.</param>
/// <param name="DuplicatesWithin">The same merchant, account and amount within this time count as a duplicate.</param>
public sealed record BookSettings(
    TimeSpan WriteWatchdog, int SnapshotEvery, int SeenNumbers, TimeSpan KeepClosedFor, TimeSpan Tick, TimeSpan ProjectionEvery,
    TimeSpan SuspendAfter, TimeSpan ExpiresIn, TimeSpan DuplicatesWithin)
{
    public PayoutApproval PayoutApproval { get; init; }
}
