using RouterCluster.Domain.Routing;
using static RouterCluster.Domain.Tests.Routing.RoutingFixtures;

namespace RouterCluster.Domain.Tests.Routing;

/// <summary>Channels that come, change and go while the router runs.</summary>
public sealed class ReconfiguredTableTests
{
    private static readonly TimeSpan Now = At(10);

    [Fact]
    public void An_added_channel_is_chosen_and_one_that_left_is_not()
    {
        var table = Table(Alpha);
        table.Configure([Channel(Bravo)], RouteRules.Of(new SuccessRate()));
        table.Fold(Report(Alpha), Now);
        table.Fold(Report(Bravo), Now);

        var chosen = Assert.IsType<RouteDecision.Chosen>(table.Choose(Request, 0.5, Now));

        Assert.Equal(Bravo, chosen.Channel);
        Assert.Empty(chosen.Reasons.Excluded);
        Assert.Equal([Bravo], table.Channels);
        table.Settle(Alpha, Request.Merchant, Now);
    }

    [Fact]
    public void What_is_known_and_counted_of_a_channel_stays_also_while_it_is_away()
    {
        var table = Table(Alpha, Bravo);
        table.Fold(Report(Alpha), Now);
        Assert.IsType<RouteDecision.Chosen>(table.Choose(Request, 0.5, Now));
        var before = table.Standing(Alpha, Now);
        Assert.Equal(1, before.Outstanding);

        table.Configure([Channel(Bravo), Channel(Charlie)], RouteRules.Of(new SuccessRate()));
        table.Configure([Channel(Alpha), Channel(Bravo)], RouteRules.Of(new SuccessRate()));

        Assert.Equal(before.Outstanding, table.Standing(Alpha, Now).Outstanding);
        Assert.Equal(before.Lifecycle, table.Standing(Alpha, Now).Lifecycle);
    }

    [Fact]
    public void New_terms_and_retirement_count_at_once()
    {
        var table = Table(Alpha, Bravo);
        table.Fold(Report(Alpha), Now);
        table.Fold(Report(Bravo), Now);
        table.Configure([Channel(Alpha) with { IsRetired = true }, Channel(Bravo)], RouteRules.Of(new SuccessRate()));

        Assert.Equal(Bravo, Assert.IsType<RouteDecision.Chosen>(table.Choose(Request, 0.5, Now)).Channel);
    }
}
