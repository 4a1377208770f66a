using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Platform.Storage;

/// <param name="ConnectionString">Null: SQLite, in files of the data directory.</param>
/// <param name="Lease">How long a node's row in PostgreSQL keeps others away without being renewed.</param>
public sealed record StorageSettings(StorageProvider Provider, Secret? ConnectionString, TimeSpan Lease)
{
    public StorageConnections Connections { get; init; } = StorageConnections.Default;
}
