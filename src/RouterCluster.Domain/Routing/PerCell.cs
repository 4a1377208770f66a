namespace RouterCluster.Domain.Routing;

public sealed class PerCell<T>
    where T : class
{
    private T?[][] _rows = [];

    public int Rows => _rows.Length;

    public T? Find(int segment, int channel) =>
        segment < _rows.Length && channel < _rows[segment].Length ? _rows[segment][channel] : null;

    /// <summary>As short as the channels used so far permit.</summary>
    public ReadOnlySpan<T?> Row(int segment) => segment < _rows.Length ? _rows[segment] : [];

    public void Set(int segment, int channel, T item)
    {
        if (segment >= _rows.Length)
        {
            var first = _rows.Length;
            Array.Resize(ref _rows, Math.Max(segment + 1, 2 * first));
            Array.Fill(_rows, [], first, _rows.Length - first);
        }

        if (channel >= _rows[segment].Length)
        {
            Array.Resize(ref _rows[segment], channel + 1);
        }

        _rows[segment][channel] = item;
    }
}
