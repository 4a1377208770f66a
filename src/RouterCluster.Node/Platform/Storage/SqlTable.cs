namespace RouterCluster.Node.Platform.Storage;

internal enum SqlType
{
    /// <summary>The only type whose columns may be null.</summary>
    Text,
    Number,
    Flag,
    Bytes,
}

/// <param name="Value">A string, long, bool or byte array, according to the type.</param>
internal sealed record SqlColumn<TRow>(string Name, SqlType Type, Func<TRow, object?> Value);

/// <summary>A table whose rows are written in bulk. The first column is its key.</summary>
/// <param name="Version">A column that grows with each change; an older row never overwrites a newer one. Null: the first
/// row stays.</param>
internal sealed record SqlTable<TRow>(string Name, IReadOnlyList<SqlColumn<TRow>> Columns, string? Version)
{
    public string ColumnNames { get; } = string.Join(", ", Columns.Select(column => column.Name));

    public string CreateStatement(SqlDialect dialect)
    {
        var columns = Columns.Select((column, i) =>
        {
            var constraint = column.Type == SqlType.Text ? "" : " not null";
            return i == 0
                ? $"{column.Name} {dialect.KeyTypeName} primary key"
                : $"{column.Name} {dialect.TypeName(column.Type)}{constraint}";
        });
        return $"create table if not exists {Name} ({string.Join(", ", columns)})";
    }
}
