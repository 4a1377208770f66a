using System.Data.Common;
using System.Globalization;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>
/// The version of the tables: a row for each step that was taken. Steps run one after the other in one transaction under the
/// lock on the schema, so that of nodes which start at once one takes them and the others find them taken.
/// </summary>
/// <param name="create">Creates what is missing in its newest shape; an empty database needs no other step.</param>
/// <param name="steps">The first one leads to version 1. Steps are added, never changed.</param>
internal sealed class DatabaseSchema(ChangeSchema create, IReadOnlyList<SchemaStep> steps)
{
    private const string TableName = "schema_version";

    public int Newest => steps.Count;

    /// <summary>
    /// To be called at each start. Tables that hold data in PostgreSQL, where other nodes may work on them, are changed only by
    /// <see cref="MigrateAsync"/>; those of SQLite, which belong to this node alone, are changed here too.
    /// </summary>
    /// <exception cref="StartUpException">The schema is older or newer than the program's.</exception>
    public Task<SchemaMove> EnsureAsync(RouterDatabase database, CancellationToken cancellation) =>
        MoveAsync(database, from => from is null || database.Dialect.HasOneWriter, cancellation);

    /// <exception cref="StartUpException">The schema is newer than the program's.</exception>
    public Task<SchemaMove> MigrateAsync(RouterDatabase database, CancellationToken cancellation) =>
        MoveAsync(database, _ => true, cancellation);

    private Task<SchemaMove> MoveAsync(RouterDatabase database, Func<int?, bool> mayChange, CancellationToken cancellation) =>
        database.WriteAsync(
            async connection =>
            {
                await database.Dialect.LockSchemaAsync(connection, cancellation);
                var from = await VersionAsync(connection, database.Dialect, cancellation);
                if (from > Newest)
                {
                    throw Refusal(from, $"at most version {Newest}: a newer program has migrated the database");
                }

                if (from == Newest)
                {
                    return new SchemaMove(from, Newest);
                }

                if (!mayChange(from))
                {
                    throw Refusal(from, $"version {Newest}: run this program once with --migrate");
                }

                await ChangeAsync(connection, database.Dialect, from, cancellation);
                return new SchemaMove(from, Newest);
            },
            cancellation);

    private async Task ChangeAsync(DbConnection connection, SqlDialect dialect, int? from, CancellationToken cancellation)
    {
        await connection.ExecuteAsync(
            $"""
            create table if not exists {TableName} (
              version {dialect.TypeName(SqlType.Number)} primary key, what text not null,
              taken_at {dialect.TypeName(SqlType.Number)} not null)
            """,
            cancellation);
        if (from is null)
        {
            await create(connection, dialect, cancellation);
        }

        for (var at = from ?? 0; at < steps.Count; at++)
        {
            if (from is not null)
            {
                await steps[at].Change(connection, dialect, cancellation);
            }

            await connection.ExecuteAsync(
                $"insert into {TableName} (version, what, taken_at) values (@version, @what, {dialect.UnixMilliseconds})",
                cancellation, ("version", (long)at + 1), ("what", steps[at].What));
        }
    }

    private static async Task<int?> VersionAsync(DbConnection connection, SqlDialect dialect, CancellationToken cancellation)
    {
        if (await HasAsync(connection, dialect, TableName, cancellation))
        {
            var newest = await connection.QueryAsync(
                $"select coalesce(max(version), 0) from {TableName}", row => row.GetInt64(0), cancellation);
            return checked((int)newest.Single());
        }

        return await HasAsync(connection, dialect, StorageStamp.TableName, cancellation) ? 0 : null;
    }

    private static async Task<bool> HasAsync(
        DbConnection connection, SqlDialect dialect, string table, CancellationToken cancellation) =>
        (await connection.QueryAsync(
            $"select 1 where {dialect.HasTable(table)}", _ => true, cancellation)).Count > 0;

    private static StartUpException Refusal(int? from, string allowed) => new(
        "router.storage", string.Create(CultureInfo.InvariantCulture, $"the database's schema has version {from}"), allowed,
        null);
}
