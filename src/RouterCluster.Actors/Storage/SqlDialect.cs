using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace RouterCluster.Actors.Storage;

/// <summary>Where SQLite and PostgreSQL differ in what we say to them.</summary>
internal abstract class SqlDialect
{
    /// <summary>More than one writer only makes writers wait for each other in the driver.</summary>
    public abstract bool HasOneWriter { get; }

    /// <summary>An expression for the database's own clock, Unix milliseconds.</summary>
    public abstract string UnixMilliseconds { get; }

    public abstract string TypeName(SqlType type);

    public abstract DbDataSource Open(StorageAddress address);

    /// <summary>
    /// Held until the transaction ends: of nodes that start at once, one creates tables and the others find them.
    /// </summary>
    public abstract Task LockSchemaAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>A condition that holds where the column is one of the texts, and the value of its parameter.</summary>
    public abstract (string Condition, object Value) IsAnyOf(string column, string parameter, IEnumerable<string> texts);

    /// <summary>Inserts rows or, where the key is taken, overwrites what is older, or nothing as the table says.</summary>
    public abstract Task UpsertAsync<TRow>(
        DbConnection connection, SqlTable<TRow> table, IReadOnlyList<TRow> rows, CancellationToken cancellation);

    public static SqlDialect For(StorageProvider provider) => provider switch
    {
        StorageProvider.Sqlite => new SqliteDialect(),
        StorageProvider.PostgreSql => new PostgreSqlDialect(),
    };

    protected static string UpsertStatement<TRow>(SqlTable<TRow> table, string source)
    {
        var names = string.Join(", ", table.Columns.Select(column => column.Name));
        var updates = string.Join(", ", table.Columns.Skip(1).Select(column => $"{column.Name} = excluded.{column.Name}"));
        var onConflict = table.Version is null ? "do nothing"
            : $"do update set {updates} where excluded.{table.Version} > {table.Name}.{table.Version}";
        return $"insert into {table.Name} ({names}) {source} on conflict ({table.Columns[0].Name}) {onConflict}";
    }
}

/// <summary>SQLite runs in this process: a prepared statement per row is as fast as many rows in one, and has no limit.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    public override bool HasOneWriter => true;

    public override string UnixMilliseconds => "cast(round((julianday('now') - 2440587.5) * 86400000) as integer)";

    public override string TypeName(SqlType type) => type switch
    {
        SqlType.Text => "text",
        SqlType.Number => "integer",
        SqlType.Flag => "integer",
        SqlType.Bytes => "blob",
    };

    public override DbDataSource Open(StorageAddress address)
    {
        var connectionString = SqliteFile.ConnectionString(address.DataDir, "readmodel");
        SqliteFile.Prepare(connectionString);
        return SqliteFactory.Instance.CreateDataSource(connectionString);
    }

    /// <summary>A transaction that may write holds the file's only write lock from its first moment.</summary>
    public override Task LockSchemaAsync(DbConnection connection, CancellationToken cancellation) => Task.CompletedTask;

    public override (string Condition, object Value) IsAnyOf(string column, string parameter, IEnumerable<string> texts) =>
        ($"{column} in (select value from json_each({parameter}))", System.Text.Json.JsonSerializer.Serialize(texts));

    public override async Task UpsertAsync<TRow>(
        DbConnection connection, SqlTable<TRow> table, IReadOnlyList<TRow> rows, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        var parameters = table.Columns.Select(column => new SqliteParameter { ParameterName = $"@{column.Name}" }).ToArray();
        command.Parameters.AddRange(parameters);
        var values = string.Join(", ", parameters.Select(one => one.ParameterName));
        command.CommandText = UpsertStatement(table, $"values ({values})");
        await command.PrepareAsync(cancellation);
        foreach (var row in rows)
        {
            for (var i = 0; i < parameters.Length; i++)
            {
                parameters[i].Value = table.Columns[i].Value(row) ?? DBNull.Value;
            }

            await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}

/// <summary>One array per column: one statement, always of the same text, takes as many rows as there are.</summary>
internal sealed class PostgreSqlDialect : SqlDialect
{
    private const int RowsPerStatement = 1000;

    // A statement is hundreds of kilobytes; the default buffer would go out in as many small packets.
    private const int WriteBufferBytes = 64 * 1024;
    private const long SchemaLock = 0x726f75746572;

    public override bool HasOneWriter => false;

    public override string UnixMilliseconds => "cast(floor(extract(epoch from clock_timestamp()) * 1000) as bigint)";

    public override string TypeName(SqlType type) => type switch
    {
        SqlType.Text => "text",
        SqlType.Number => "bigint",
        SqlType.Flag => "boolean",
        SqlType.Bytes => "bytea",
    };

    public override DbDataSource Open(StorageAddress address) => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(
        address.ConnectionString ?? throw new InvalidOperationException("router.storage.connection-string is missing."))
    {
        WriteBufferSize = WriteBufferBytes,
    });

    public override async Task LockSchemaAsync(DbConnection connection, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"select pg_advisory_xact_lock({SchemaLock})";
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public override (string Condition, object Value) IsAnyOf(string column, string parameter, IEnumerable<string> texts) =>
        ($"{column} = any({parameter})", texts.ToArray());

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
