using System.Collections.Immutable;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>The connections of all nodes, as the database counts them.</summary>
public sealed class OpenConnections(RouterDatabase database, StorageAddress address)
{
    /// <summary>The most that this node may open; null: its storage is in files.</summary>
    public int? Limit => address.Provider == StorageProvider.PostgreSql ? address.Connections.Limit : null;

    /// <summary>By the incarnation of the node and the purpose.</summary>
    public async Task<ImmutableDictionary<(string Incarnation, StoragePurpose Purpose), int>> CountAsync(
        CancellationToken cancellation)
    {
        if (address.Provider != StorageProvider.PostgreSql)
        {
            return ImmutableDictionary<(string, StoragePurpose), int>.Empty;
        }

        var rows = await database.QueryAsync(
            """
            select application_name, count(*) from pg_stat_activity
            where datname = current_database() and application_name like @sessions group by application_name
            """,
            row => (Name: row.GetString(0), Count: row.GetInt64(1)), cancellation,
            ("sessions", PostgreSqlDialect.SessionOf("%")));
        return rows.Select(row => (Session: PostgreSqlDialect.ParseSession(row.Name), row.Count))
            .Where(row => row.Session is not null)
            .ToImmutableDictionary(row => row.Session!.Value, row => checked((int)row.Count));
    }
}
