using Npgsql;

namespace RouterCluster.Node.Platform.Storage;

public enum StorageProvider
{
    Sqlite,
    PostgreSql,
}

/// <summary>Where everything durable is kept.</summary>
/// <param name="ConnectionString">PostgreSQL's database; SQLite takes none.</param>
/// <param name="DataDir">The folder of SQLite's files.</param>
public sealed record StorageAddress(StorageProvider Provider, string? ConnectionString, string DataDir)
{
    /// <summary>
    /// PostgreSQL knows every connection of this node by the node's incarnation. Whoever replaces the node can end them, and
    /// with them the locks that a node which stands still holds for ever.
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

    /// <summary>A connection string may hold a password.</summary>
    public override string ToString() => $"{Provider} storage";
}
