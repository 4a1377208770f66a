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
    /// <summary>Several nodes may use it. SQLite's files belong to one process at a time.</summary>
    public bool IsShared => Provider == StorageProvider.PostgreSql;

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

    public StorageConnections Connections { get; init; } = StorageConnections.Default;

    /// <summary>
    /// With several hosts, of which the database has made one the primary: connections go there, and a host that was seen as
    /// something else is looked at again a second later instead of ten.
    /// </summary>
    /// <exception cref="InvalidOperationException">The storage is not PostgreSQL.</exception>
    public string ConnectionFor(StoragePurpose purpose)
    {
        var settings = new NpgsqlConnectionStringBuilder(
            ConnectionString ?? throw new InvalidOperationException("router.storage.connection-string is missing."));
        settings.ApplicationName = $"{settings.ApplicationName ?? "router"} {PostgreSqlDialect.WordOf(purpose)}";
        settings.MaxPoolSize = Connections.Of(purpose);
        settings.MinPoolSize = Math.Min(settings.MinPoolSize, settings.MaxPoolSize);

        // Nothing here changes a session, and each time that a connection is given back this would be six statements more.
        settings.NoResetOnClose = true;
        if (settings.Host?.Contains(',', StringComparison.Ordinal) == true)
        {
            settings.TargetSessionAttributes ??= "primary";
            settings.HostRecheckSeconds = settings.ShouldSerialize("Host Recheck Seconds") ? settings.HostRecheckSeconds : 1;
        }

        return settings.ConnectionString;
    }

    /// <summary>Hides the connection string, which may hold a password.</summary>
    public override string ToString() => $"{Provider} storage";
}
