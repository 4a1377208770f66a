using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Routing.Policies;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Routing;
using RouterCluster.Node.Tests.Settings;

namespace RouterCluster.Node.Tests.Routing;

public sealed class PolicyCatalogTests
{
    private const string Policies = """
        router.policies.first { kind = volume, minimums = ["own=1000"] }
        router.policies.only { kind = pinned, channels = ["own"], fallback = none }
        router.merchants.shop.keys = [ { token = "shop" } ]

        """;

    [Fact]
    public void What_is_chosen_in_shadow_does_not_count_for_a_policy_that_acts()
    {
        var rule = Rule("policy = first, shadow = [first]");

        Assert.NotSame(rule.Policy, Assert.Single(rule.Shadows));
        Assert.Equal(rule.Policy.Name, rule.Shadows[0].Name);
    }

    [Fact]
    public void A_pin_without_fallback_holds_in_its_own_role()
    {
        var pinned = Rule("policy = only, canary = first");
        var canary = Rule("policy = first, canary = only");

        Assert.Equal(new ChannelId("own"), Assert.Single(pinned.Only!));
        Assert.Null(pinned.CanaryOnly);
        Assert.Null(canary.Only);
        Assert.Equal(new ChannelId("own"), Assert.Single(canary.CanaryOnly!));
        Assert.IsType<Pinned>(canary.Canary);
    }

    private static RouteRule Rule(string route)
    {
        var settings = Given.Settings(Given.Channel + Policies + $"router.merchants.shop.routing.\"*\" {{ {route} }}");
        return PolicyCatalog.Rules(settings.Policies, settings.Merchants, settings.Channels)
            .For(new MerchantId("shop"), Product.Withhold);
    }
}
