using System.Data.Common;
using Npgsql;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>One array per column: the same statement takes any number of rows.</summary>
internal sealed class PostgreSqlDialect : SqlDialect
{
    private const int RowsPerStatement = 1000;

    // A statement is hundreds of kilobytes; the default buffer would send it in many small packets.
    private const int WriteBufferBytes = 64 * 1024;
    private const string SessionPrefix = "router-";
    private const long SchemaLock = 0x726f75746572;

    public override bool HasOneWriter => false;

    public override string UnixMilliseconds => "cast(floor(extract(epoch from clock_timestamp()) * 1000) as bigint)";

    public override string ForUpdate => "for update";

    public override string ForUpdateOfFreeRows => "for update skip locked";

    public override string TypeName(SqlType type) => type switch
    {
        SqlType.Text => "text",
        SqlType.Number => "bigint",
        SqlType.Flag => "boolean",
        SqlType.Bytes => "bytea",
    };

    public override string KeyTypeName => "text collate \"C\"";

    public override string UpToQuery(string column) => $"(split_part({column}, '?', 1) collate \"C\")";

    public override string HasTable(string name) => $"to_regclass('{name}') is not null";

    public override DbDataSource Open(StorageAddress address, StoragePurpose purpose) => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(address.ConnectionFor(purpose)) { WriteBufferSize = WriteBufferBytes });

    public override async Task LockSchemaAsync(DbConnection connection, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"select pg_advisory_xact_lock({SchemaLock})";
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public override Task EndSessionsAsync(DbConnection connection, string incarnation, CancellationToken cancellation) =>
        connection.ExecuteAsync(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where split_part(application_name, ' ', 1) = @session and usename = current_user
            """,
            cancellation, ("session", SessionOf(incarnation)));

    /// <summary>PostgreSQL truncates an application name to 63 characters.</summary>
    public static string SessionOf(string incarnation) => $"{SessionPrefix}{incarnation}";

    /// <summary>Stands behind the session's name.</summary>
    public static string WordOf(StoragePurpose purpose) => purpose.ToString().ToLowerInvariant();

    /// <summary>Null: another program's session.</summary>
    public static (string Incarnation, StoragePurpose Purpose)? ParseSession(string name) =>
        name.Split(' ') is [var session, var word] && session.StartsWith(SessionPrefix, StringComparison.Ordinal)
        && Enum.TryParse<StoragePurpose>(word, ignoreCase: true, out var purpose)
            ? (session[SessionPrefix.Length..], purpose)
            : null;

    public override (string Condition, object Value) IsAnyOf(string column, string parameter, IEnumerable<string> texts) =>
        ($"{column} = any({parameter})", texts.ToArray());

    /// <summary>COPY costs less than an insert: it logs the rows of a page at once and looks up no key before.</summary>
    public override Task InsertAsync<TRow>(
        DbConnection connection, SqlTable<TRow> table, IReadOnlyList<TRow> rows, CancellationToken cancellation) =>
        rows.Count == 0
            ? Task.CompletedTask
            : PostgreSqlCopy.WriteAsync((NpgsqlConnection)connection, table, rows, cancellation);

    public override async Task UpsertAsync<TRow>(
        DbConnection connection, SqlTable<TRow> table, IReadOnlyList<TRow> rows, CancellationToken cancellation)
    {
        var arrays = string.Join(", ", table.Columns.Select((column, i) => $"@{column.Name}::{TypeName(column.Type)}[]"));
        var statement = UpsertStatement(table, $"select * from unnest({arrays})");
        foreach (var chunk in rows.Chunk(RowsPerStatement))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            foreach (var column in table.Columns)
            {
                command.Parameters.Add(new NpgsqlParameter(column.Name, ToArray(column, chunk)));
            }

            await command.PrepareAsync(cancellation);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    private static object ToArray<TRow>(SqlColumn<TRow> column, TRow[] rows) => column.Type switch
    {
        SqlType.Text => Array.ConvertAll(rows, row => (string?)column.Value(row)),
        SqlType.Number => Array.ConvertAll(rows, row => (long)column.Value(row)!),
        SqlType.Flag => Array.ConvertAll(rows, row => (bool)column.Value(row)!),
        SqlType.Bytes => Array.ConvertAll(rows, row => (byte[])column.Value(row)!),
    };
}
