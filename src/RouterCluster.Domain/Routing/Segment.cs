namespace RouterCluster.Domain.Routing;

/// <summary>Payments that are expected to fare alike: one product at one bank. Indexes are dense, from 0.</summary>
public readonly record struct Segment(int Index, int Product);

/// <param name="limit">Segments told apart; payments beyond them share their product's.</param>
public sealed class SegmentIndex(int limit)
{
    private readonly Dictionary<(string Product, string? Bank), Segment> _segments = [];
    private readonly Dictionary<string, int> _products = new(StringComparer.Ordinal);

    public int? ProductOf(string product) => _products.TryGetValue(product, out var known) ? known : null;

    public Segment Of(string product, string? bank)
    {
        if (_segments.TryGetValue((product, bank), out var known))
        {
            return known;
        }

        if (_segments.Count >= limit && bank is not null)
        {
            return Of(product, null);
        }

        _products.TryAdd(product, _products.Count);
        var added = new Segment(_segments.Count, _products[product]);
        _segments.Add((product, bank), added);
        return added;
    }
}
