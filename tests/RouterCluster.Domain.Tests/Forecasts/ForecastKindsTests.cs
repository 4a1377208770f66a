using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Forecasts;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Tests.Routing;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Forecasts.ForecastFixtures;

namespace RouterCluster.Domain.Tests.Forecasts;

/// <summary>Payments of one product, bank, currency and mode share what is found out of the channels.</summary>
public sealed class ForecastKindsTests
{
    private static readonly RouteRequest Large = RoutingFixtures.Request with
    {
        Amount = RoutingFixtures.Request.Amount with { Minor = 40_000 },
    };

    [Fact]
    public void Each_payment_goes_by_its_own_amount()
    {
        var small = Bravo with { Terms = Bravo.Terms with { MaxAmount = 20_000 } };
        var excluding = Charlie with { Exclusions = [new ExclusionScope(null, null, null, null, 20_000)] };

        var forecast = ForecastRules.Of(Question(Disabled, [.. Paid(2), .. Paid(3, Large), .. Paid(1)], small, excluding));

        Assert.Equal(
            [(RoutingFixtures.Bravo, 3L), (RoutingFixtures.Charlie, 3L)],
            Assert.Single(forecast.Rows).To.OrderBy(one => one.Channel.Value));
    }

    [Fact]
    public void An_exclusion_of_one_merchant_leaves_the_others_of_the_kind_alone()
    {
        var other = RoutingFixtures.Request with { Merchant = new MerchantId("other") };
        var excluding = Bravo with { Exclusions = [new ExclusionScope(null, null, other.Merchant, null, null)] };

        var forecast = ForecastRules.Of(Question(Disabled, [.. Paid(2), .. Paid(2, other)], excluding));

        Assert.Equal(2, forecast.Rows.Single(row => row.Merchant == other.Merchant).WithoutChannel);
        Assert.Equal(0, forecast.Rows.Single(row => row.Merchant != other.Merchant).WithoutChannel);
    }

    [Fact]
    public void A_rule_of_one_merchant_leaves_the_others_of_the_kind_alone()
    {
        var other = RoutingFixtures.Request with { Merchant = new MerchantId("other") };
        var rule = RouteRule.Plain(new SuccessRate()) with { Excluded = [RoutingFixtures.Bravo] };
        var question = Question(Disabled, [.. Paid(2), .. Paid(2, other)], Bravo) with
        {
            Rules = new RouteRules(
                RouteRule.Plain(new SuccessRate()),
                new Dictionary<(MerchantId Merchant, Product? Product), RouteRule> { [(other.Merchant, null)] = rule }),
        };

        var rows = ForecastRules.Of(question).Rows;

        Assert.Equal(2, rows.Single(row => row.Merchant == other.Merchant).WithoutChannel);
        Assert.Equal(0, rows.Single(row => row.Merchant != other.Merchant).WithoutChannel);
    }

    [Fact]
    public void Each_group_is_spread_as_if_it_were_alone()
    {
        ForecastChannel[] others = [Bravo.Counted(90, 10), Charlie.Counted(91, 9)];
        var other = RoutingFixtures.Request with { Merchant = new MerchantId("other") };
        var alone = Assert.Single(ForecastRules.Of(Question(Disabled, Paid(600), others)).Rows);

        var together = ForecastRules.Of(Question(Disabled, [.. Paid(600, other), .. Paid(600)], others)).Rows;

        Assert.Equal(2, alone.To.Length);
        Assert.All(together, row => Assert.Equal(alone.To.AsEnumerable(), row.To.AsEnumerable()));
    }
}
