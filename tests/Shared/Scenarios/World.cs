namespace RouterCluster.Testing.Scenarios;

/// <summary>Channels, segments and their true success rates, from one seed.</summary>
public class World
{
    public const int X = 0;
    public const int Channels = 30;
    public const int ThickSegments = 12;
    public const int Segments = 32;

    /// <summary>Of the usual mixture: 92 % around a second, 8 % evenly from 1 to 30 s, and timeouts at 30 s.</summary>
    public const double MeanLatencyS = 2.3;

    private const double ThinPerSecond = 1 / 60.0;
    private readonly double[,] _success = new double[Segments, Channels];
    private readonly bool[,] _eligible = new bool[Segments, Channels];
    private readonly double[] _medianLatency = new double[Channels];
    private readonly double[] _phase = new double[Segments];
    private readonly double[] _rates = new double[Segments];

    public World(int seed, double rate)
    {
        var random = new Random(seed);
        var channelFactors = Enumerable.Range(0, Channels).Select(c => Uniform(random, 0.93, 0.99)).ToArray();
        channelFactors[X] = 0.996;
        for (var channel = 0; channel < Channels; channel++)
        {
            _medianLatency[channel] = Uniform(random, 0.5, 1.3);
        }

        var weights = Enumerable.Range(0, ThickSegments).Sum(s => 1.0 / (s + 1));
        for (var segment = 0; segment < Segments; segment++)
        {
            _phase[segment] = random.NextDouble();
            _rates[segment] = IsThick(segment) ? rate / (segment + 1) / weights : rate < 1 ? rate / 100 : ThinPerSecond;
            Fill(random, segment, channelFactors);
        }

        TotalRate = _rates.Sum();
        ShareOfX = Enumerable.Range(0, Segments).Where(s => _eligible[s, X]).Sum(s => _rates[s]) / rate;
    }

    public static World Of(ScenarioKind kind, int seed, double rate) =>
        kind == ScenarioKind.SlowLow ? new SlowWorld(seed) : new World(seed, rate);

    public double TotalRate { get; protected init; }

    /// <summary>Share of all payments that X may take.</summary>
    public double ShareOfX { get; }

    public virtual double Success(int segment, int channel, double atS) => _success[segment, channel];

    public virtual bool IsEligible(int segment, int channel) => _eligible[segment, channel];

    public double MedianLatency(int channel) => _medianLatency[channel];

    public double Phase(int segment) => _phase[segment];

    public bool IsThick(int segment) => segment < ThickSegments;

    public static bool IsNewcomer(int channel) => channel >= 28;

    public static int Product(int segment) => segment % 3;

    /// <param name="even">Evenly drawn from [0, 1).</param>
    public virtual int SegmentAt(double even)
    {
        var left = even * TotalRate;
        for (var segment = 0; segment < Segments - 1; segment++)
        {
            left -= _rates[segment];
            if (left < 0)
            {
                return segment;
            }
        }

        return Segments - 1;
    }

    private void Fill(Random random, int segment, double[] channelFactors)
    {
        var factor = Uniform(random, 0.82, 0.97);
        var size = Math.Min(8, 2 + (int)(7 * random.NextDouble()));
        var others = Enumerable.Range(1, 27).OrderBy(_ => random.NextDouble()).Take(size).ToArray();
        for (var channel = 0; channel < Channels; channel++)
        {
            _success[segment, channel] = Math.Min(0.99, factor * channelFactors[channel] * (1 + (0.01 * Normal(random))));
        }

        var best = others.Max(channel => _success[segment, channel]);
        foreach (var channel in others)
        {
            _eligible[segment, channel] = true;
        }

        if (IsThick(segment) ? segment % 3 != 2 : segment % 2 == 0)
        {
            _eligible[segment, X] = true;
            _success[segment, X] = Math.Min(0.99, Math.Max(_success[segment, X], 1.02 * best));
            best = _success[segment, X];
        }

        _success[segment, 28] = Math.Min(0.99, 1.04 * best);
        _success[segment, 29] = 0.5 * best;
    }

    protected static double Uniform(Random random, double from, double to) => from + ((to - from) * random.NextDouble());

    protected static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
