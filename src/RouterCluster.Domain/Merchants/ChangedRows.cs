namespace RouterCluster.Domain.Merchants;

/// <summary>Rows of one table as a transaction has read them, and its changes of them.</summary>
public sealed class ChangedRows<TKey, TRow>
    where TKey : notnull
    where TRow : class
{
    private readonly Dictionary<TKey, TRow> _rows;
    private readonly HashSet<TKey> _changed = [];
    private readonly HashSet<TKey> _stored;

    public ChangedRows(IEnumerable<TRow> rows, Func<TRow, TKey> keyOf)
    {
        _rows = rows.ToDictionary(keyOf);
        _stored = [.. _rows.Keys];
    }

    public IReadOnlyCollection<TRow> All => _rows.Values;

    /// <summary>New rows, and changed ones in their last version.</summary>
    public IEnumerable<TRow> ToWrite => _changed.Where(_rows.ContainsKey).Select(key => _rows[key]);

    /// <summary>Stored rows that were removed or are to be replaced.</summary>
    public IEnumerable<TKey> ToReplace => _changed.Where(_stored.Contains);

    public TRow? Find(TKey key) => _rows.GetValueOrDefault(key);

    public void Put(TKey key, TRow row)
    {
        _rows[key] = row;
        _changed.Add(key);
    }

    public void Remove(TKey key)
    {
        _rows.Remove(key);
        _changed.Add(key);
    }
}
