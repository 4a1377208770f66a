using RouterCluster.Domain.Routing;

namespace RouterCluster.Testing.Scenarios;

/// <summary>What happens to the best channel, called X, or to others, between the beginning and the end of the event.</summary>
public enum ScenarioKind
{
    Steady,
    OutageFast,
    OutageHang,
    Brownout,
    Drift,
    Flap,
    Issuer,
    Common,
    CommonSegment,
    Shared,
    Cold,
    Delayed,
    Customer,
    Latency,
    Capacity,
    Mislabel,
    SlowLow,
    Poison,
    Undecided,
    Throttled,
    Part,
}

/// <summary>When things happen, in seconds, at a rate of payments per second.</summary>
public sealed record Timeline(double Rate, double LengthS, double ScoredFromS, double OnS, double OffS, int WindowS)
{
    private const double DayS = 86_400;

    /// <summary>Slow traffic with low success has a rate of its own: 80 attempts a day in each of nine segments.</summary>
    public static Timeline Of(ScenarioKind kind, double rate) => kind == ScenarioKind.SlowLow
        ? new Timeline(SlowWorld.Rate, SlowWorld.Days * DayS, 0, 20 * DayS, 40 * DayS, (int)DayS)
        : At(rate);

    public static Timeline At(double rate) => rate switch
    {
        >= 1000 => new Timeline(rate, 600, 180, 240, 400, 2),
        >= 1 => new Timeline(rate, 1800, 600, 900, 1200, rate >= 50 ? 5 : 10),
        _ => new Timeline(rate, 18_000 / rate, 6_000 / rate, 9_000 / rate, 12_000 / rate, (int)(100 / rate)),
    };
}

/// <summary>How a channel answers at first, and when, if ever, what became of the payment is known.</summary>
public readonly record struct Reply(double AfterS, AttemptEnd End, double? SettlesAfterS);

/// <summary>One scenario: what is true at a moment, unknown to the routers.</summary>
public sealed class Scenario(ScenarioKind kind, Timeline timeline, World world)
{
    public const int StormPayers = 20;
    public const int ThrottledPerSecond = 10;
    private const double StormPayments = 10;
    private const double FlapS = 30;
    private const double StormPeriodS = 300;
    private const double AcceptsAfterS = 0.2;
    private const double SettlesAfterS = 600;
    private const double LeftWithinS = 15;
    private const double FirstLookS = 10;
    private readonly double[] _budgets = Budgets(kind, timeline, world);

    public Scenario(ScenarioKind kind, double rate, int seed)
        : this(kind, Timeline.Of(kind, rate), World.Of(kind, seed, rate))
    {
    }

    public ScenarioKind Kind => kind;

    public Timeline Timeline => timeline;

    public World World => world;

    /// <summary>It is about what the lanes know, and not only the learner.</summary>
    public bool IsOfLanes => kind is ScenarioKind.Throttled or ScenarioKind.Part;

    /// <summary>When X's share is judged by what it was before: at each of these times.</summary>
    public IReadOnlyList<(double FromS, double UntilS)> Judged => kind == ScenarioKind.Undecided
        ?
        [
            (timeline.OnS + LeftWithinS, timeline.OnS + LeftWithinS + FirstLookS),
            (timeline.OnS + LeftWithinS, timeline.OffS),
        ]
        : [(timeline.OnS, timeline.OffS)];

    /// <summary>
    /// Probability of a success, given that the customer does nothing wrong. What is settled much later is none: nobody
    /// has waited for it.
    /// </summary>
    public double Success(int segment, int channel, double atS)
    {
        var usual = world.Success(segment, channel, atS);
        var isX = channel == World.X;
        return kind switch
        {
            ScenarioKind.OutageFast or ScenarioKind.OutageHang or ScenarioKind.Delayed or ScenarioKind.Mislabel =>
                isX && IsOn(atS) ? 0 : usual,
            ScenarioKind.Brownout => isX && IsOn(atS) ? usual * 2 / 3 : usual,
            ScenarioKind.Drift => isX && atS > timeline.OnS
                ? usual * (1 - (0.3 * (atS - timeline.OnS) / (timeline.LengthS - timeline.OnS))) : usual,
            ScenarioKind.Flap => isX && IsFlapping(atS) ? 0 : usual,
            ScenarioKind.Issuer or ScenarioKind.Part => isX && segment == 0 && IsOn(atS) ? 0 : usual,
            ScenarioKind.Undecided => IsUndecided(channel, atS) ? 0 : usual,
            ScenarioKind.Common => IsOn(atS) ? usual / 2 : usual,
            ScenarioKind.CommonSegment => segment == 0 && IsOn(atS) ? usual * 0.2 : usual,
            ScenarioKind.Shared => (isX || channel % 7 == 1) && IsOn(atS) ? 0 : usual,
            ScenarioKind.Customer => isX && IsOn(atS) ? usual * 0.9 : usual,
            ScenarioKind.Steady or ScenarioKind.Cold or ScenarioKind.Latency or ScenarioKind.Capacity
                or ScenarioKind.SlowLow or ScenarioKind.Poison or ScenarioKind.Throttled => usual,
        };
    }

    /// <summary>The same of what becomes of the order in the end.</summary>
    public double SettlesWell(int segment, int channel, double atS) =>
        IsUndecided(channel, atS) ? world.Success(segment, channel, atS) : Success(segment, channel, atS);

    /// <summary>Payments of the storm for each one of the others: one merchant's, which every channel declines.</summary>
    public double Storm(double atS) => kind == ScenarioKind.Poison && IsOn(atS) ? StormPayments : 0;

    /// <summary>Share of the storm's declines that carry a code of the channel's own faults.</summary>
    public double StormMislabelled(int channel) => channel == World.X ? 0.5 : 0;

    /// <summary>A way of answering that is no matter of success and latency; null for the usual.</summary>
    public Reply? Reply(int channel, double atS) => IsUndecided(channel, atS)
        ? new Reply(AcceptsAfterS, AttemptEnd.Undecided, SettlesAfterS)
        : null;

    /// <summary>The channel says that it takes no orders of this bank.</summary>
    public bool Refuses(int segment, int channel, double atS) =>
        kind == ScenarioKind.Part && channel == World.X && segment == 0 && IsOn(atS);

    /// <summary>The channel takes so many orders in a second, and refuses the others as too many.</summary>
    public int? MostPerSecond(int channel, double atS) =>
        kind == ScenarioKind.Throttled && channel == World.X && IsOn(atS) ? ThrottledPerSecond : null;

    /// <summary>X's share is judged by these.</summary>
    public bool IsWatched(int segment) => kind != ScenarioKind.Part || segment != 0;

    public double CustomerFault(int segment, double atS) => kind == ScenarioKind.Customer
        ? 0.135 + (0.115 * Math.Sin(2 * Math.PI * ((atS / StormPeriodS) + world.Phase(segment))))
        : 0.05;

    /// <summary>What the channel says of the order in the end.</summary>
    internal AttemptEnd End(int segment, int channel, double atS, double customerFault, in Luck luck)
    {
        var isCustomers = luck.Customer < customerFault;
        var mislabelled = isCustomers ? 0.05 : Mislabelled(channel, atS);
        return !isCustomers && luck.Success < SettlesWell(segment, channel, atS) ? AttemptEnd.Succeeded
            : isCustomers != (luck.Label < mislabelled) ? AttemptEnd.CustomerFault
            : AttemptEnd.ChannelFault;
    }

    /// <summary>Seconds until the channel's answer, from numbers drawn evenly and normally.</summary>
    public double Latency(int channel, double atS, double which, double even, double normal)
    {
        var (hung, late) = kind == ScenarioKind.Delayed ? (0.02, 0.5) : (0.004, 0.08);
        var isDead = channel == World.X || (kind == ScenarioKind.Shared && channel % 7 == 1);
        if (isDead && IsFailingFast(atS))
        {
            return 0.2;
        }

        if (isDead && kind == ScenarioKind.OutageHang && IsOn(atS))
        {
            return 600;
        }

        var latency = which < hung ? 600
            : which < hung + late ? 1 + (29 * even)
            : world.MedianLatency(channel) * Math.Exp(0.5 * normal);
        return kind == ScenarioKind.Latency && isDead && IsOn(atS) ? 10 * latency : latency;
    }

    /// <summary>Share of the channel's own faults that carry a customer's code.</summary>
    public double Mislabelled(int channel, double atS) =>
        kind == ScenarioKind.Mislabel && channel == World.X && IsOn(atS) ? 1 : 0.05;

    public bool IsEligible(int segment, int channel, double atS) =>
        world.IsEligible(segment, channel)
        || (kind == ScenarioKind.Cold && World.IsNewcomer(channel) && atS >= timeline.OnS
            && world.IsThick(segment) && segment % 2 == 0);

    public int Budget(int channel) => (int)Math.Min(int.MaxValue, _budgets[channel]);

    private bool IsOn(double atS) => atS >= timeline.OnS && atS < timeline.OffS;

    private bool IsUndecided(int channel, double atS) =>
        kind == ScenarioKind.Undecided && channel == World.X && IsOn(atS);

    private bool IsFlapping(double atS) =>
        atS >= timeline.OnS && atS < timeline.LengthS - 60 && (int)((atS - timeline.OnS) / FlapS) % 2 == 0;

    private bool IsFailingFast(double atS) => kind switch
    {
        ScenarioKind.OutageFast or ScenarioKind.Shared or ScenarioKind.Mislabel => IsOn(atS),
        ScenarioKind.Flap => IsFlapping(atS),
        _ => false,
    };

    /// <summary>X takes 40 % of what it would get; by Little's law that many are under way at once.</summary>
    private static double[] Budgets(ScenarioKind kind, Timeline timeline, World world)
    {
        var budgets = new double[World.Channels];
        Array.Fill(budgets, double.MaxValue);
        if (kind == ScenarioKind.Capacity)
        {
            Array.Fill(budgets, Math.Max(1, Math.Ceiling(0.8 * timeline.Rate)));
            budgets[World.X] = Math.Max(1, Math.Round(0.4 * world.ShareOfX * timeline.Rate * World.MeanLatencyS));
        }

        return budgets;
    }
}
