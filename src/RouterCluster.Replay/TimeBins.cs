namespace RouterCluster.Replay;

/// <summary>
/// Route choices and successes over time, in a bounded number of equal bins; when time exceeds them, pairs of bins are
/// joined.
/// </summary>
public sealed class TimeBins
{
    private const int Most = 240;
    private readonly List<Bin> _bins = [];

    /// <summary>Length of a bin in seconds.</summary>
    public double Width { get; private set; } = 1;

    public int Count => _bins.Count;

    /// <summary>Share of the bin's payments that went to the channel, 0–1.</summary>
    public double Share(int bin, int channel) =>
        _bins[bin] is { All: > 0 } one && channel < one.Chosen.Length ? one.Chosen[channel] / (double)one.All : 0;

    /// <summary>Share of the bin's payments that succeeded, 0–1; null without payments.</summary>
    public double? Success(int bin) => _bins[bin] is { All: > 0 } one ? one.Expected / one.All : null;

    internal void Chosen(double at, int channel, double expected) => At(at).Add(channel, expected);

    internal void Refused(double at) => At(at).All++;

    private Bin At(double at)
    {
        while (at >= Width * Most)
        {
            Halve();
        }

        var place = Math.Max(0, (int)(at / Width));
        while (_bins.Count <= place)
        {
            _bins.Add(new Bin());
        }

        return _bins[place];
    }

    private void Halve()
    {
        Width *= 2;
        var joined = _bins.Chunk(2).Select(pair => pair.Length == 2 ? pair[0].With(pair[1]) : pair[0]).ToList();
        _bins.Clear();
        _bins.AddRange(joined);
    }

    private sealed class Bin
    {
        private long[] _chosen = [];

        public long[] Chosen => _chosen;

        public long All { get; set; }

        public double Expected { get; private set; }

        public void Add(int channel, double expected)
        {
            Reach(channel + 1);
            _chosen[channel]++;
            All++;
            Expected += expected;
        }

        public Bin With(Bin other)
        {
            Reach(other._chosen.Length);
            for (var channel = 0; channel < other._chosen.Length; channel++)
            {
                _chosen[channel] += other._chosen[channel];
            }

            All += other.All;
            Expected += other.Expected;
            return this;
        }

        private void Reach(int length)
        {
            if (_chosen.Length < length)
            {
                Array.Resize(ref _chosen, length);
            }
        }
    }
}
