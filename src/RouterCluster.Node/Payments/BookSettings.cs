namespace RouterCluster.Node.Payments;

/// <summary>How payouts of live merchants are approved. Without approval they are refused.</summary>
public enum PayoutApproval
{
    None = 0,
}

/// <param name="WriteWatchdog">A write that takes longer stops its book, which then recovers from the journal.</param>
/// <param name="SnapshotEvery">Journal rows between snapshots, at least; their bytes are as many as a snapshot's, too.</param>
/// <param name="SeenNumbers">Numbers that have left memory and are told from new ones without a look-up, about.</param>
/// <param name="KeepClosedFor">How long an ended payment stays in memory, at least.</param>
/// <param name="Tick">How often a book looks at what is due.</param>
/// <param name="SuspendAfter">Unknown for so long (channel answering): a person must look.</param>
/// <param name="ExpiresIn">No new attempt starts after it, where the request does not say.</param>
/// <param name="DuplicatesWithin">Same merchant, account and amount within it count as a duplicate.</param>
public sealed record BookSettings(
    TimeSpan WriteWatchdog, int SnapshotEvery, int SeenNumbers, TimeSpan KeepClosedFor, TimeSpan Tick, TimeSpan ProjectionEvery,
    TimeSpan SuspendAfter, TimeSpan ExpiresIn, TimeSpan DuplicatesWithin)
{
    public PayoutApproval PayoutApproval { get; init; }
}
