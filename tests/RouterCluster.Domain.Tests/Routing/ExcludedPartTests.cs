using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Routing;
using static RouterCluster.Domain.Tests.Routing.RoutingFixtures;

namespace RouterCluster.Domain.Tests.Routing;

/// <summary>A channel of which operators have switched off a part.</summary>
public sealed class ExcludedPartTests
{
    private static readonly ExclusionScope Rivals = new(null, null, Rival, null, null);
    private static readonly ExclusionScope Icbc = new("ICBC", null, null, null, null);

    [Fact]
    public void It_is_left_out_for_that_part_and_chosen_for_the_rest()
    {
        var table = Ready(Alpha, Bravo);
        Exclude(table, Rivals, Icbc);

        Assert.Equal(0, table.ShareOf(Alpha, at: 1));
        var chosen = Assert.IsType<RouteDecision.Chosen>(table.Choose(Request, 0.5, At(1)));
        Assert.Equal([new ExcludedChannel(Alpha, Exclusion.ExcludedByOperator, 2)], chosen.Excluded());
        Assert.InRange(table.ShareOf(Alpha, at: 1, Request with { Bank = "CCB" }), 0.1, 1);
        Assert.Equal(0, table.ShareOf(Alpha, at: 1, Request with { Bank = "CCB", Merchant = Rival }));
    }

    [Fact]
    public void A_payment_that_only_it_could_take_may_be_taken_later()
    {
        var table = Ready(Alpha);
        Exclude(table, Icbc);

        var none = Assert.IsType<RouteDecision.NoneNow>(table.Choose(Request, 0.5, At(1)));

        Assert.Equal([new ExcludedChannel(Alpha, Exclusion.ExcludedByOperator, 1)], none.Excluded());
        Assert.Equal(RoutingLimits.Default.RetryAfter, none.RetryAfter);
        table.Fold(Report(Alpha, sequence: 3), At(2));
        Assert.Equal(Alpha, table.ChosenBy(0.5, at: 2));
    }

    [Fact]
    public void A_disabled_channel_is_called_disabled()
    {
        var table = Table(Alpha);
        table.Fold(
            Report(Alpha) with { Lifecycle = ChannelLifecycle.Disabled, Exclusions = [new NumberedScope(1, Icbc)] }, At(0));

        Assert.Equal([new ExcludedChannel(Alpha, Exclusion.Disabled)], table.Choose(Request, 0.5, At(1)).Excluded());
    }

    private static void Exclude(RoutingTable table, params ExclusionScope[] scopes)
    {
        var numbered = scopes.Select((scope, index) => new NumberedScope(index + 1, scope));
        table.Fold(Report(Alpha, sequence: 2) with { Exclusions = [.. numbered] }, At(1));
    }
}
