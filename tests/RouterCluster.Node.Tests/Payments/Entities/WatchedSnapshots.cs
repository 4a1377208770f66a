using Akka.Actor.Setup;
using Akka.Persistence;
using Akka.Persistence.Snapshot;

namespace RouterCluster.Node.Tests.Payments.Entities;

/// <summary>What the snapshot store of a system was told to do.</summary>
internal sealed class SnapshotRecord : Setup
{
    private readonly Lock _lock = new();
    private readonly List<long> _saved = [];
    private long _deletedThrough;

    /// <summary>By the row that each stands at.</summary>
    public IReadOnlyList<long> Saved
    {
        get
        {
            lock (_lock)
            {
                return [.. _saved];
            }
        }
    }

    public long DeletedThrough => Interlocked.Read(ref _deletedThrough);

    internal void Save(long row)
    {
        lock (_lock)
        {
            _saved.Add(row);
        }
    }

    internal void DeleteThrough(long row) => Interlocked.Exchange(ref _deletedThrough, row);
}

/// <summary>Snapshots in memory, and a record of them.</summary>
internal sealed class WatchedSnapshots : MemorySnapshotStore
{
    private readonly SnapshotRecord _record = Context.System.Settings.Setup.Get<SnapshotRecord>().Value;

    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot, CancellationToken cancellationToken)
    {
        _record.Save(metadata.SequenceNr);
        return base.SaveAsync(metadata, snapshot, cancellationToken);
    }

    protected override Task DeleteAsync(
        string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancellationToken)
    {
        _record.DeleteThrough(criteria.MaxSequenceNr);
        return base.DeleteAsync(persistenceId, criteria, cancellationToken);
    }
}
