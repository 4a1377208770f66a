using Akka.Persistence;
using Akka.TestKit.Xunit2;

namespace RouterCluster.Node.Tests;

/// <summary>What an entity's snapshot store holds.</summary>
internal static class Snapshots
{
    /// <summary>How far the newest snapshot of those reaches that reach at most so far; null: there is none.</summary>
    public static async Task<long?> NewestAsync(
        TestKit kit, string plugin, string persistenceId, long most = long.MaxValue)
    {
        var asker = kit.CreateTestProbe();
        var store = Persistence.Instance.Apply(kit.Sys).SnapshotStoreFor(plugin);
        store.Tell(new LoadSnapshot(persistenceId, new SnapshotSelectionCriteria(most), most), asker);
        return (await asker.ExpectMsgAsync<LoadSnapshotResult>()).Snapshot?.Metadata.SequenceNr;
    }
}
