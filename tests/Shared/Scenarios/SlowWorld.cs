namespace RouterCluster.Testing.Scenarios;

/// <summary>
/// Four channels and nine segments with few payments, of which most fail: success is drawn anew each week and moves
/// each day, so that the best channel of yesterday need not be today's.
/// </summary>
internal sealed class SlowWorld : World
{
    public const int Days = 60;
    private const double DayS = 86_400;
    private const int Week = 7;
    private const int SlowChannels = 4;
    private const int SlowSegments = 9;
    private const double PerSegmentAndDay = 80;
    private readonly double[,,] _success = new double[Days, SlowSegments, SlowChannels];

    public SlowWorld(int seed)
        : base(seed, 1)
    {
        TotalRate = Rate;
        var random = new Random(seed);
        for (var day = 0; day < Days; day++)
        {
            for (var segment = 0; segment < SlowSegments; segment++)
            {
                for (var channel = 0; channel < SlowChannels; channel++)
                {
                    _success[day, segment, channel] = day % Week == 0
                        ? Uniform(random, 0.10, 0.45)
                        : Math.Clamp(_success[day - 1, segment, channel] + (0.04 * Normal(random)), 0.01, 0.99);
                }
            }
        }
    }

    /// <summary>Payments per second.</summary>
    public static double Rate => SlowSegments * PerSegmentAndDay / DayS;

    public override double Success(int segment, int channel, double atS) => _success[(int)(atS / DayS), segment, channel];

    public override bool IsEligible(int segment, int channel) => channel < SlowChannels;

    public override int SegmentAt(double even) => (int)(even * SlowSegments);
}
