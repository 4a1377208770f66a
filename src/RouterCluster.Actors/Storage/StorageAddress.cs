namespace RouterCluster.Actors.Storage;

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
    public static StorageAddress Sqlite(string dataDir) => new(StorageProvider.Sqlite, null, dataDir);

    public static StorageAddress PostgreSql(string connectionString, string dataDir) =>
        new(StorageProvider.PostgreSql, connectionString, dataDir);

    /// <summary>A connection string may hold a password.</summary>
    public override string ToString() => $"{Provider} storage";
}
