using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Forecasts;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Tests.Routing;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Forecasts.ForecastFixtures;

namespace RouterCluster.Domain.Tests.Forecasts;

/// <summary>The room of those that payments move to, and merchants that are left without a channel.</summary>
public sealed class ForecastRoomTests
{
    private static readonly ServedMerchant Served = new(RoutingFixtures.Shop, Product.Withhold, ChannelMode.Sandbox);

    [Theory]
    [InlineData(4, 10, true)]
    [InlineData(6, 10, false)]
    [InlineData(4, 2.5, false)]
    public void What_comes_is_held_against_the_free_budget_of_concurrency_and_rate(int inFlight, double rate, bool hasRoom)
    {
        var lane = RoutingFixtures.IdleLane with { P50Ms = 3000, InFlight = inFlight, RatePerSecond = rate };
        var bravo = Bravo.Counted(95, 5, attempts: 7200) with { Submit = lane };

        var target = Assert.Single(ForecastRules.Of(Question(Disabled, Paid(3600), bravo)).Targets);

        // One a second comes and takes three seconds; two a second are there already; the budget is eight.
        Assert.Equal((3600, 1.0, 3.0), (target.Payments, target.PerSecond, target.Concurrency!.Value));
        Assert.Equal((8 - inFlight, rate - 2), (target.FreeConcurrency, target.FreeRatePerSecond!.Value));
        Assert.Equal((0.95, hasRoom), (target.SuccessRate!.Value, target.HasRoom!.Value));
    }

    [Fact]
    public void Room_that_nobody_knows_is_not_said()
    {
        var uncounted = Assert.Single(ForecastRules.Of(Question(Disabled, Paid(8), Bravo)).Targets);
        var bravo = Bravo.Counted(95, 5) with { Submit = RoutingFixtures.IdleLane with { P50Ms = 0 } };
        var unmeasured = Assert.Single(ForecastRules.Of(Question(Disabled, Paid(8), bravo)).Targets);

        Assert.Equal((null, null, null), (uncounted.FreeRatePerSecond, uncounted.SuccessRate, uncounted.HasRoom));
        Assert.Equal((null, null), (unmeasured.Concurrency, unmeasured.HasRoom));
    }

    [Fact]
    public void A_merchant_whose_product_no_other_channel_serves_is_left_without_one()
    {
        Assert.Equal([Served], Left(Disabled));
        Assert.Equal([Served], Left(Disabled, Bravo with { Lifecycle = ChannelLifecycle.Draining }));
        Assert.Equal([Served], Left(Disabled, Bravo with { Terms = RoutingFixtures.Terms with { Products = [Product.Payout] } }));
        Assert.Empty(Left(Disabled, Bravo));
        Assert.Empty(Left(Disabled, Bravo with { Exclusions = [new ExclusionScope("ICBC", null, null, null, null)] }));
    }

    [Fact]
    public void A_rule_that_keeps_the_merchant_from_the_other_channel_leaves_it_without_one()
    {
        var rule = RouteRule.Plain(new SuccessRate()) with { Excluded = [RoutingFixtures.Bravo] };
        var question = Question(Disabled, [], Bravo) with
        {
            Served = [Served],
            Rules = new RouteRules(
                RouteRule.Plain(new SuccessRate()),
                new Dictionary<(MerchantId, Product?), RouteRule> { [(RoutingFixtures.Shop, null)] = rule }),
        };

        Assert.Equal([Served], ForecastRules.Of(question).LeftWithoutChannel.AsEnumerable());
    }

    [Theory]
    [InlineData("shop", null, true)]
    [InlineData("rival", null, false)]
    [InlineData("shop", "ICBC", false)]
    public void An_exclusion_leaves_a_merchant_without_a_channel_where_it_covers_all(string merchant, string? bank, bool isLeft)
    {
        var after = new ChannelAfter(true, 1, 8, 200)
        {
            Excluded = new ExclusionScope(bank, null, new MerchantId(merchant), null, null),
        };

        Assert.Equal(isLeft, Left(after).Length == 1);
    }

    private static ServedMerchant[] Left(ChannelAfter after, params ForecastChannel[] others) =>
        [.. ForecastRules.Of(Question(after, [], others) with { Served = [Served] }).LeftWithoutChannel];
}
