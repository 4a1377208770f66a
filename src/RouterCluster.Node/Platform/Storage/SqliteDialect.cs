using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>SQLite runs in this process: one prepared statement per row is as fast as many rows in one statement.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    public override bool HasOneWriter => true;

    public override string UnixMilliseconds => "cast(round((julianday('now') - 2440587.5) * 86400000) as integer)";

    /// <summary>A writing transaction holds the file's only write lock anyway.</summary>
    public override string ForUpdate => "";

    public override string ForUpdateOfFreeRows => "";

    public override string TypeName(SqlType type) => type switch
    {
        SqlType.Text => "text",
        SqlType.Number => "integer",
        SqlType.Flag => "integer",
        SqlType.Bytes => "blob",
    };

    public override string UpToQuery(string column) => $"substr({column}, 1, instr({column} || '?', '?') - 1)";

    public override string HasTable(string name) =>
        $"exists (select 1 from sqlite_master where type = 'table' and name = '{name}')";

    public override DbDataSource Open(StorageAddress address, StoragePurpose purpose)
    {
        var connectionString = SqliteFile.ConnectionString(address.DataDir, "readmodel");
        SqliteFile.Prepare(connectionString);
        return SqliteFactory.Instance.CreateDataSource(connectionString);
    }

    public override Task PrepareToWriteAsync(DbConnection connection, CancellationToken cancellation) =>
        connection.ExecuteAsync(SqliteFile.ForManyWrites, cancellation);

    /// <summary>Nothing to do: a writing transaction holds the file's only write lock from its beginning.</summary>
    public override Task LockSchemaAsync(DbConnection connection, CancellationToken cancellation) => Task.CompletedTask;

    public override Task EndSessionsAsync(DbConnection connection, string incarnation, CancellationToken cancellation) =>
        Task.CompletedTask;

    public override (string Condition, object Value) IsAnyOf(string column, string parameter, IEnumerable<string> texts) =>
        ($"{column} in (select value from json_each({parameter}))", System.Text.Json.JsonSerializer.Serialize(texts));

    public override Task InsertAsync<TRow>(
        DbConnection connection, SqlTable<TRow> table, IReadOnlyList<TRow> rows, CancellationToken cancellation) =>
        ExecuteEachAsync(connection, InsertStatement(table, Values(table)), table, rows, cancellation);

    public override Task UpsertAsync<TRow>(
        DbConnection connection, SqlTable<TRow> table, IReadOnlyList<TRow> rows, CancellationToken cancellation) =>
        ExecuteEachAsync(connection, UpsertStatement(table, Values(table)), table, rows, cancellation);

    private static string Values<TRow>(SqlTable<TRow> table) =>
        $"values ({string.Join(", ", table.Columns.Select(column => $"@{column.Name}"))})";

    private static async Task ExecuteEachAsync<TRow>(
        DbConnection connection, string statement, SqlTable<TRow> table, IReadOnlyList<TRow> rows,
        CancellationToken cancellation)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using var command = connection.CreateCommand();
        var parameters = table.Columns.Select(column => new SqliteParameter { ParameterName = $"@{column.Name}" }).ToArray();
        command.Parameters.AddRange(parameters);
        command.CommandText = statement;
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
