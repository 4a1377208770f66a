using CsCheck;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Routing;

/// <summary>Channels, reports and requests that a test only has to change in the point it is about.</summary>
internal static class RoutingFixtures
{
    public static readonly ChannelId Alpha = new("alpha");
    public static readonly ChannelId Bravo = new("bravo");
    public static readonly ChannelId Charlie = new("charlie");
    public static readonly MerchantId Shop = new("shop");
    public static readonly MerchantId Rival = new("rival");

    public static readonly ChannelTerms Terms = new(
        [Product.Withhold, Product.Payout], ["*"], 1, 1_000_000, [new Currency("CNY")], ChannelMode.Sandbox);

    public static readonly RouteRequest Request = new(
        Shop, Product.Withhold, new Money(12_000, new Currency("CNY")), "ICBC", ChannelMode.Sandbox, []);

    public static readonly SubmitSignal Success = Signal(CallVerdict.Success, OutcomeClass.Success);
    public static readonly SubmitSignal Fault = Signal(CallVerdict.Fault, OutcomeClass.ChannelMaintenance);
    public static readonly SubmitSignal TimedOut = Signal(CallVerdict.Fault, OutcomeClass.Unknown);
    public static readonly SubmitSignal Declined = Signal(CallVerdict.Answered, OutcomeClass.CustomerFunds);

    public static readonly LaneReport IdleLane = new(BreakerState.Closed, 0, 8, 0, 8, 200, 20, 80, 0);

    public static SubmitSignal Signal(CallVerdict verdict, OutcomeClass @class) =>
        new(Product.Withhold, "ICBC", verdict, @class);

    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>A question that only brings a draw.</summary>
    public static RouteQuestion Drawing(double draw) => new(default, 12_000, 0, true, draw, TimeSpan.Zero);

    public static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    public static RoutedChannel Channel(ChannelId id, double weight = 1) => new(id, Terms, weight, 16);

    public static RoutingTable Table(params RoutedChannel[] channels) =>
        new(channels, RouteRules.Of(new SuccessRate()), RoutingLimits.Default);

    public static RoutingTable Table(params ChannelId[] channels) => Table([.. channels.Select(id => Channel(id))]);

    public static ChannelReport Report(
        ChannelId id, long sequence = 1, LaneReport? lane = null, IEnumerable<SubmitSignal>? signals = null) =>
        new(id, 1, sequence, ChannelLifecycle.Active, 1, lane ?? IdleLane, IdleLane, [.. Numbered(signals ?? [], sequence)]);

    /// <summary>Each the end of a submit of its own, unless it brings a number.</summary>
    private static IEnumerable<SubmitSignal> Numbered(IEnumerable<SubmitSignal> signals, long sequence) =>
        signals.Select((signal, i) => signal.Number == 0 ? signal with { Number = (sequence * 100_000) + i } : signal);

    /// <summary>A table whose channels have each reported that they are idle.</summary>
    public static RoutingTable Ready(params ChannelId[] channels)
    {
        var table = Table(channels);
        foreach (var id in channels)
        {
            table.Fold(Report(id), At(0));
        }

        return table;
    }

    public static ChannelId ChosenBy(this RoutingTable table, double draw, double at, RouteRequest? request = null) =>
        Assert.IsType<RouteDecision.Chosen>(table.Choose(request ?? Request, draw, At(at))).Channel;

    /// <summary>Until so many seconds after the epoch, which is the beginning of the table's clock.</summary>
    public static void Maintain(this RoutingTable table, params (ChannelId Channel, double Until)[] channels) => table.Maintain(
        channels.ToDictionary(
            one => one.Channel, one => MaintenanceEnds.None.With(null, DateTimeOffset.UnixEpoch + At(one.Until))),
        DateTimeOffset.UnixEpoch, TimeSpan.Zero);

    /// <summary>Share of choices that go to the channel. Settles each, so nothing stays.</summary>
    public static double ShareOf(this RoutingTable table, ChannelId channel, double at, RouteRequest? request = null)
    {
        const int Choices = 1000;
        var asked = request ?? Request;
        var taken = 0;
        for (var i = 0; i < Choices; i++)
        {
            var chosen = table.ChosenBy(i / (double)Choices, at, asked);
            table.Settle(chosen, asked.Merchant, At(at));
            taken += chosen == channel ? 1 : 0;
        }

        return taken / (double)Choices;
    }

    public static ExcludedChannel[] Excluded(this RouteDecision decision) => decision switch
    {
        RouteDecision.Chosen chosen => [.. chosen.Reasons.Excluded],
        RouteDecision.NoneNow none => [.. none.Reasons.Excluded],
        RouteDecision.NoneEver none => [.. none.Reasons.Excluded],
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
