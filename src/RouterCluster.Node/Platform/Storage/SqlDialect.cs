using System.Data.Common;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>Where SQLite and PostgreSQL differ in what we say to them.</summary>
internal abstract class SqlDialect
{
    /// <summary>More than one writer only makes writers wait for each other in the driver.</summary>
    public abstract bool HasOneWriter { get; }

    /// <summary>An expression for the database's own clock, Unix milliseconds.</summary>
    public abstract string UnixMilliseconds { get; }

    public abstract string TypeName(SqlType type);

    /// <summary>The type of a key: nobody reads keys in a language's order, which costs more to compare.</summary>
    public virtual string KeyTypeName => TypeName(SqlType.Text);

    /// <summary>An expression for a URL up to its query, compared character by character.</summary>
    public abstract string UpToQuery(string column);

    public abstract DbDataSource Open(StorageAddress address);

    /// <summary>Before a transaction that writes; the connection may have served before.</summary>
    public virtual Task PrepareToWriteAsync(DbConnection connection, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>
    /// Held until the transaction ends: of nodes that start at once, one creates tables and the others find them.
    /// </summary>
    public abstract Task LockSchemaAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>Ends what connections of a node's incarnation still do, and releases what they hold.</summary>
    public abstract Task EndSessionsAsync(DbConnection connection, string incarnation, CancellationToken cancellation);

    /// <summary>A condition that holds where the column is one of the texts, and the value of its parameter.</summary>
    public abstract (string Condition, object Value) IsAnyOf(string column, string parameter, IEnumerable<string> texts);

    /// <summary>Inserts rows whose keys are not taken; one that is taken fails the transaction.</summary>
    public abstract Task InsertAsync<TRow>(
        DbConnection connection, SqlTable<TRow> table, IReadOnlyList<TRow> rows, CancellationToken cancellation);

    /// <summary>Inserts rows or, where the key is taken, overwrites what is older, or nothing as the table says.</summary>
    public abstract Task UpsertAsync<TRow>(
        DbConnection connection, SqlTable<TRow> table, IReadOnlyList<TRow> rows, CancellationToken cancellation);

    public static SqlDialect For(StorageProvider provider) => provider switch
    {
        StorageProvider.Sqlite => new SqliteDialect(),
        StorageProvider.PostgreSql => new PostgreSqlDialect(),
    };

    protected static string InsertStatement<TRow>(SqlTable<TRow> table, string source) =>
        $"insert into {table.Name} ({table.ColumnNames}) {source}";

    protected static string UpsertStatement<TRow>(SqlTable<TRow> table, string source)
    {
        var updates = string.Join(", ", table.Columns.Skip(1).Select(column => $"{column.Name} = excluded.{column.Name}"));
        var onConflict = table.Version is null ? "do nothing"
            : $"do update set {updates} where excluded.{table.Version} > {table.Name}.{table.Version}";
        return $"{InsertStatement(table, source)} on conflict ({table.Columns[0].Name}) {onConflict}";
    }
}
