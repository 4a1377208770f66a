using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Routing.Policies;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Routing.RoutingFixtures;

namespace RouterCluster.Domain.Tests.Routing;

/// <summary>A table whose merchants have rules of their own.</summary>
public sealed class RuledTableTests
{
    private static readonly Priority BravoFirst = new("bravo-first/1", [Bravo], 1);
    private static readonly Priority CharlieFirst = new("charlie-first/1", [Charlie], 1);

    [Fact]
    public void The_merchants_policy_decides_and_is_named()
    {
        var chosen = Choose(Table(Rule(BravoFirst)), Request);

        Assert.Equal((Bravo, "bravo-first/1"), (chosen.Channel, chosen.Reasons.Policy));
    }

    [Fact]
    public void Other_merchants_have_the_default()
    {
        var chosen = Choose(Table(Rule(BravoFirst)), Request with { Merchant = Rival });

        Assert.Equal((Charlie, "charlie-first/1"), (chosen.Channel, chosen.Reasons.Policy));
    }

    [Fact]
    public void Unwanted_channels_are_excluded_with_their_reason()
    {
        var rule = Rule(BravoFirst) with { Excluded = [Bravo], Only = [Alpha, Bravo] };

        var chosen = Choose(Table(rule), Request);

        Assert.Equal(Alpha, chosen.Channel);
        Assert.Equal(
            [new ExcludedChannel(Bravo, Exclusion.Excluded), new ExcludedChannel(Charlie, Exclusion.NotPinned)],
            chosen.Reasons.Excluded.ToArray());
    }

    [Fact]
    public void A_rule_that_leaves_no_channel_is_no_route_ever()
    {
        var rule = Rule(BravoFirst) with { Only = [] };

        Assert.IsType<RouteDecision.NoneEver>(Table(rule).Choose(Request, 0.5, At(0)));
    }

    [Fact]
    public void A_channel_under_maintenance_gets_nothing_and_comes_back()
    {
        var table = Table(Rule(BravoFirst));

        table.Maintain((Bravo, 90));
        var during = Choose(table, Request);
        table.Maintain();

        Assert.NotEqual(Bravo, during.Channel);
        Assert.Contains(
            new ExcludedChannel(Bravo, Exclusion.Maintenance) { Until = DateTimeOffset.UnixEpoch.AddSeconds(90) },
            during.Reasons.Excluded);
        Assert.Equal(Bravo, Choose(table, Request).Channel);
    }

    [Fact]
    public void All_under_maintenance_is_no_channel_until_the_first_is_back()
    {
        var table = Table(Rule(BravoFirst));
        table.Maintain((Alpha, 3600), (Bravo, 90), (Charlie, 300));

        var none = Assert.IsType<RouteDecision.NoneNow>(table.Choose(Request, 0.5, At(10)));

        Assert.Equal(At(80), none.RetryAfter);
    }

    [Fact]
    public void A_shadow_decides_and_does_not_act()
    {
        var table = Table(Rule(BravoFirst) with { Shadows = [CharlieFirst, BravoFirst] });

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(Bravo, Choose(table, Request).Channel);
        }

        var standings = table.PolicyStandings().ToDictionary(standing => (standing.Policy, standing.Role));
        Assert.Equal((3, 3), Counts(standings[("bravo-first/1", PolicyRole.Active)]));
        Assert.Equal((3, 0), Counts(standings[("charlie-first/1", PolicyRole.Shadow)]));
        Assert.Equal((3, 3), Counts(standings[("bravo-first/1", PolicyRole.Shadow)]));
        Assert.All(standings.Values, standing => Assert.InRange(standing.ExpectedSuccess!.Value, 0.5, 1));
    }

    [Fact]
    public void A_canary_acts_on_its_part_of_the_payments()
    {
        var table = Table(Rule(BravoFirst) with { Canary = CharlieFirst, CanaryPercent = 20 });

        var atCharlie = Enumerable.Range(0, 400).Count(number =>
        {
            var request = Request with { PaymentKey = StableHash.Of($"pay_{number}") };
            var chosen = Choose(table, request);
            table.Settle(chosen.Channel, request.Merchant, At(0));
            return chosen.Channel == Charlie;
        });

        Assert.InRange(atCharlie, 55, 105);
        var standings = table.PolicyStandings().ToDictionary(standing => standing.Role);
        Assert.Equal((atCharlie, atCharlie), Counts(standings[PolicyRole.Canary]));
        Assert.Equal((400 - atCharlie, 400 - atCharlie), Counts(standings[PolicyRole.Active]));
    }

    [Fact]
    public void A_pin_holds_for_the_payments_of_its_policy_only()
    {
        var pinned = Rule(BravoFirst) with { Only = [Bravo] };
        var canary = Rule(BravoFirst) with { CanaryOnly = [Bravo] };

        Assert.Equal(Charlie, Choose(Table(pinned with { Canary = CharlieFirst, CanaryPercent = 100 }), Request).Channel);
        Assert.Equal(
            [new ExcludedChannel(Alpha, Exclusion.NotPinned), new ExcludedChannel(Charlie, Exclusion.NotPinned)],
            Choose(Table(canary with { Canary = CharlieFirst, CanaryPercent = 100 }), Request).Reasons.Excluded.ToArray());
        Assert.Empty(Choose(Table(canary), Request).Reasons.Excluded);
    }

    private static (long, long) Counts(PolicyStanding standing) => (standing.Decisions, standing.Agreed);

    private static RouteDecision.Chosen Choose(RoutingTable table, RouteRequest request) =>
        Assert.IsType<RouteDecision.Chosen>(table.Choose(request, 0.5, At(0)));

    private static RouteRule Rule(IRoutingPolicy policy) => RouteRule.Plain(policy);

    private static RoutingTable Table(RouteRule shops)
    {
        var rules = new RouteRules(
            Rule(CharlieFirst), new Dictionary<(MerchantId, Product?), RouteRule> { [(Shop, null)] = shops });
        var table = new RoutingTable([Channel(Alpha), Channel(Bravo), Channel(Charlie)], rules, RoutingLimits.Default);
        foreach (var channel in new[] { Alpha, Bravo, Charlie })
        {
            table.Fold(Report(channel), At(0));
        }

        return table;
    }
}
