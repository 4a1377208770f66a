using System.Collections.Immutable;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>How one life is set up, drawn from its seed: sizes, limits, and which faults it has (half of all kinds).</summary>
internal sealed class LifeSettings
{
    /// <summary>When the world is born, by a clock that is right.</summary>
    public static readonly DateTimeOffset Birth = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public const int Books = 2;
    public const int Nodes = 2;

    /// <summary>Faults stop; after this long everything must have ended or be with people.</summary>
    public const double Healing = 1500;

    public static readonly string[] Banks = ["ICBC", "CCB", "ABC"];
    public static readonly MerchantId[] Merchants = [new("shop"), new("loans"), new("wages")];

    private static readonly TimeSpan QueueDeadline = TimeSpan.FromSeconds(3);
    private static readonly string[] Names = ["alpha", "bravo", "charlie", "delta", "echo"];

    public LifeSettings(Scenario scenario)
    {
        var chance = new Chance(scenario.Seed, "settings");
        Payments = 20 + chance.Below(chance.Of(0.5) ? 100 : 1000);
        FaultsEnd = Payments * chance.Seconds(0.02, 0.3);
        Channels = [.. Names[..(2 + chance.Below(4))].Select(name => Channel(new ChannelId(name), chance))];
        Kinds = Faults.All.Where(kind => chance.Of(0.5) && !scenario.Off.Contains(kind)).ToHashSet();
        Policy = PolicyOf(new Chance(scenario.Seed, "policy"));
        var limits = new Chance(scenario.Seed, "limits");
        Rules = new BookRules(
            new PaymentRules(limits.Any<int>([1, 2, 3, 3, 4])), Hold: TimeSpan.FromSeconds(limits.Any<int>([2, 5, 5, 8])),
            KeepClosedFor: TimeSpan.FromSeconds(5), SuspendAfter: TimeSpan.FromSeconds(limits.Any<int>([30, 60, 200, 86_400])),
            MaxClockSkew, _ => Policy);
        ExpiresIn = limits.Any<int>([6, 12, 40, 40]);
    }

    /// <summary>For how long at most a channel's announcement is believed.</summary>
    public static TimeSpan LongestMaintenance { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Of a node's clock from the database's.</summary>
    public static TimeSpan MaxClockSkew { get; } = TimeSpan.FromSeconds(2);

    public static TimeSpan SubmitTimeout { get; } = TimeSpan.FromSeconds(8);

    public int Payments { get; }

    public double FaultsEnd { get; }

    public ImmutableArray<ChannelSetup> Channels { get; }

    public IReadOnlySet<FaultKind> Kinds { get; }

    public BookRules Rules { get; }

    /// <summary>Of all channels.</summary>
    public QueryPolicy Policy { get; }

    /// <summary>For how many seconds at most a payment's attempts begin; each payment's own time is up to that.</summary>
    public int ExpiresIn { get; }

    /// <summary>A long last pause shows whether agreeing answers are spaced, a short one how often is asked.</summary>
    private static QueryPolicy PolicyOf(Chance chance)
    {
        double[] schedule = chance.Below(3) switch
        {
            0 => [1, 2, 5],
            1 => [1, 2, 5, 15],
            _ => [2, 4, 8, 16, 30],
        };
        return new QueryPolicy(
            QueueDeadline, SubmitTimeout, QueryTimeout: TimeSpan.FromSeconds(5),
            Schedule: [.. schedule.Select(TimeSpan.FromSeconds)],
            NotFoundIsFinalAfter: TimeSpan.FromSeconds(chance.Any<int>([20, 60, 60, 100])),
            NotFoundAgreeing: chance.Any<int>([2, 3, 3, 4]), QueryCredit: chance.Any<int>([1, 4, 16]));
    }

    private static ChannelSetup Channel(ChannelId id, Chance chance)
    {
        var breaker = new BreakerSettings(
            0.5, 4 + chance.Below(6), TimeSpan.FromSeconds(10), OpenFor: TimeSpan.FromSeconds(3), 1 + chance.Below(3));
        var submit = new LaneSettings(
            chance.Any<int>([1, 2, 4, 8, 16]), chance.Any<double>([2, 10, 30, 200]), chance.Any<int>([2, 6, 30]),
            QueueDeadline, SubmitTimeout, Linger: TimeSpan.FromSeconds(1), breaker)
        {
            LongestPause = TimeSpan.FromSeconds(30),
            LongestClosing = 2 * LongestMaintenance,
        };
        var query = submit with
        {
            Concurrency = chance.Any<int>([1, 2, 4]),
            RatePerSecond = 30,
            Queue = 64,
            Timeout = TimeSpan.FromSeconds(3),
        };
        ImmutableHashSet<Product> products = chance.Of(0.7) ? [Product.Withhold, Product.Payout] : [Product.Withhold];
        ImmutableHashSet<string> banks = chance.Of(0.7) ? ["*"] : ["ICBC", "CCB"];
        var terms = new ChannelTerms(
            products, banks, 1, chance.Of(0.8) ? 10_000 : 500, [new Currency("CNY")], ChannelMode.Sandbox);
        var routed = new RoutedChannel(id, terms, 1 + chance.Below(3), submit.Concurrency + submit.Queue);
        return new ChannelSetup(routed, submit, query);
    }
}

/// <summary>One channel as the configuration has it.</summary>
internal sealed record ChannelSetup(RoutedChannel Routed, LaneSettings Submit, LaneSettings Query)
{
    public ChannelId Id => Routed.Id;

    public ChannelConfiguration Configuration => new(Id, Routed.Weight, Submit, Query)
    {
        LongestMaintenance = LifeSettings.LongestMaintenance,
    };
}
