using Npgsql;

namespace RouterCluster.Node.Platform.Storage;

public enum StorageProvider
{
    Sqlite,
    PostgreSql,
}

/// <param name="ConnectionString">For PostgreSQL; SQLite takes none.</param>
/// <param name="DataDir">The folder of SQLite's files.</param>
public sealed record StorageAddress(StorageProvider Provider, string? ConnectionString, string DataDir)
{
    /// <summary>
    /// Names every PostgreSQL connection by the node's incarnation, so that a successor can end them and with them the
    /// locks of a node that hangs.
    /// </summary>
    public StorageAddress As(string incarnation) => Provider == StorageProvider.PostgreSql
        ? this with
        {
            ConnectionString = new NpgsqlConnectionStringBuilder(ConnectionString)
            {
                ApplicationName = PostgreSqlDialect.SessionOf(incarnation),
            }.ConnectionString,
        }
        : this;

    /// <summary>Hides the connection string, which may hold a password.</summary>
    public override string ToString() => $"{Provider} storage";
}
