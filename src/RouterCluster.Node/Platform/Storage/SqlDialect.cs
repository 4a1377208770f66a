using System.Data.Common;

namespace RouterCluster.Node.Platform.Storage;

internal abstract class SqlDialect
{
    /// <summary>With more than one writer, writers would only wait for each other in the driver.</summary>
    public abstract bool HasOneWriter { get; }

    /// <summary>An SQL expression for the database's clock in Unix milliseconds.</summary>
    public abstract string UnixMilliseconds { get; }

    /// <summary>Ends a select whose rows stay locked until the transaction ends.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>The same, without rows that another transaction has locked.</summary>
    public abstract string ForUpdateOfFreeRows { get; }

    public abstract string TypeName(SqlType type);

    /// <summary>A key's type, compared byte by byte: a language's sort order would cost more.</summary>
    public virtual string KeyTypeName => TypeName(SqlType.Text);

    /// <summary>An SQL expression for a URL without its query, compared byte by byte.</summary>
    public abstract string UpToQuery(string column);

    /// <summary>A condition that holds when the table is there.</summary>
    public abstract string HasTable(string name);

    public abstract DbDataSource Open(StorageAddress address, StoragePurpose purpose);

    /// <summary>Called before each writing transaction; the connection may be a reused one.</summary>
    public virtual Task PrepareToWriteAsync(DbConnection connection, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Held until the transaction ends: of nodes that start at once, one creates the tables.</summary>
    public abstract Task LockSchemaAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>Ends the connections of a node's incarnation, which releases their locks.</summary>
    public abstract Task EndSessionsAsync(DbConnection connection, string incarnation, CancellationToken cancellation);

    /// <summary>A condition that holds when the column is one of the texts, and the value of its parameter.</summary>
    public abstract (string Condition, object Value) IsAnyOf(string column, string parameter, IEnumerable<string> texts);

    /// <summary>Inserts rows; a key that is taken fails the transaction.</summary>
    public abstract Task InsertAsync<TRow>(
        DbConnection connection, SqlTable<TRow> table, IReadOnlyList<TRow> rows, CancellationToken cancellation);

    /// <summary>Inserts rows; where the key is taken, overwrites as the table's version column says.</summary>
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
