using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Replay;

/// <summary>The names of a trace with their indexes, in order of appearance.</summary>
internal sealed class TraceNames
{
    private readonly SegmentIndex _segments = new(int.MaxValue);
    private readonly Dictionary<string, int> _channels = new(StringComparer.Ordinal);
    private readonly List<ChannelId> _ids = [];

    public IReadOnlyList<ChannelId> Channels => _ids;

    public Segment SegmentOf(in TraceRow row) => _segments.Of(row.Product, row.Segment);

    public int ChannelOf(string name)
    {
        if (!_channels.TryGetValue(name, out var index))
        {
            index = _ids.Count;
            _channels.Add(name, index);
            _ids.Add(ChannelId.Unchecked(name));
        }

        return index;
    }
}

/// <summary>The rows of one bucket by segment.</summary>
internal sealed class TraceBucket(TraceNames names)
{
    private readonly Dictionary<Segment, Gathered> _segments = [];

    // Fractions of arrivals are carried over to the segment's next bucket.
    private readonly Dictionary<Segment, double> _fractions = [];

    public double Start { get; private set; }

    public void Begin(double start)
    {
        Start = start;
        _segments.Clear();
    }

    public void Add(in TraceRow row, long line)
    {
        var segment = names.SegmentOf(row);
        if (!_segments.TryGetValue(segment, out var gathered))
        {
            gathered = new Gathered(row.Arrivals, row.Length);
            _segments.Add(segment, gathered);
        }

        var channel = names.ChannelOf(row.Channel);
        if (gathered.Arrivals != row.Arrivals)
        {
            throw new TraceFormatException(line, $"arrivals differ from the segment's {gathered.Arrivals} in the same bucket");
        }

        if (gathered.Length != row.Length)
        {
            throw new TraceFormatException(line, $"bucket_len_s differs from the segment's {gathered.Length} in the same bucket");
        }

        if (!gathered.Channels.Add(channel))
        {
            throw new TraceFormatException(line, $"a second row of {row.Segment} and {row.Channel} in the same bucket");
        }

        if (TraceOption.Of(row, channel, line) is { } option)
        {
            gathered.Options.Add(option);
        }
    }

    /// <summary>The payments of the bucket by segment, in the order of the trace.</summary>
    public IEnumerable<SegmentFlow> Flows(double origin)
    {
        foreach (var (segment, gathered) in _segments)
        {
            var due = gathered.Arrivals + _fractions.GetValueOrDefault(segment);
            var whole = Math.Floor(due + 1e-9);
            _fractions[segment] = due - whole;
            var start = Start - origin;
            yield return new SegmentFlow(segment, [.. gathered.Options], (long)whole, start, start + gathered.Length);
        }
    }

    private sealed record Gathered(double Arrivals, double Length)
    {
        public List<TraceOption> Options { get; } = [];

        public HashSet<int> Channels { get; } = [];
    }
}
