using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Routing.Policies;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Routing.Policies.PolicyFixtures;

namespace RouterCluster.Domain.Tests.Routing;

public sealed class RouteRuleTests
{
    private static readonly Sticky Usual = new("usual", 0.02);
    private static readonly Sticky Trial = new("trial", 0.02);

    [Fact]
    public void A_rule_of_the_product_goes_before_the_merchants_general_one_and_that_before_the_default()
    {
        var shop = new MerchantId("shop");
        var (standard, general, exact) = (Rule(), Rule(), Rule());
        var rules = new RouteRules(standard, new Dictionary<(MerchantId, Product?), RouteRule>
        {
            [(shop, null)] = general,
            [(shop, Product.Payout)] = exact,
        });

        Assert.Same(exact, rules.For(shop, Product.Payout));
        Assert.Same(general, rules.For(shop, Product.Withhold));
        Assert.Same(standard, rules.For(new MerchantId("rival"), Product.Payout));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(100)]
    public void The_canary_acts_on_its_share_and_always_on_the_same_payments(double percent)
    {
        var rule = Rule() with { Canary = Trial, CanaryPercent = percent };
        var payments = Enumerable.Range(0, 20_000).Select(number => StableHash.Of($"pay_{number}")).ToArray();

        var chosen = payments.Select(payment => rule.PolicyFor(payment)).ToArray();

        Assert.Equal(percent / 100, chosen.Count(policy => policy == Trial) / 20_000.0, 2);
        Assert.Equal(chosen, payments.Select(payment => rule.PolicyFor(payment)));
    }

    [Fact]
    public void A_larger_share_keeps_the_payments_of_a_smaller_one()
    {
        var few = Rule() with { Canary = Trial, CanaryPercent = 5 };
        var more = few with { CanaryPercent = 20 };
        var payments = Enumerable.Range(0, 5000).Select(number => StableHash.Of($"pay_{number}"));

        Assert.All(
            payments.Where(payment => few.PolicyFor(payment) == Trial),
            payment => Assert.Same(Trial, more.PolicyFor(payment)));
    }

    [Fact]
    public void Excluded_and_other_than_pinned_channels_are_told_apart()
    {
        var rule = Rule() with { Only = [Alpha, Bravo], Excluded = [Bravo] };

        Assert.Null(rule.WhyNot(Alpha, rule.Policy));
        Assert.Equal(Exclusion.Excluded, rule.WhyNot(Bravo, rule.Policy));
        Assert.Equal(Exclusion.NotPinned, rule.WhyNot(Charlie, rule.Policy));
    }

    [Fact]
    public void Amounts_above_the_limit_explore_nothing()
    {
        Assert.True((Rule() with { ExploreUpTo = 100 }).MayExplore(100));
        Assert.False((Rule() with { ExploreUpTo = 100 }).MayExplore(101));
        Assert.True(Rule().MayExplore(long.MaxValue));
    }

    private static RouteRule Rule() => RouteRule.Plain(Usual);
}
