using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Routing.RoutingFixtures;

namespace RouterCluster.Domain.Tests.Routing;

/// <summary>A throttled channel gets what it takes, the rest goes elsewhere; where there is none, merchants hear when.</summary>
public sealed class SpillOverTests
{
    private static readonly LaneReport Slow =
        IdleLane with { RatePerSecond = 10, Throttle = new ThrottleReport(TimeSpan.Zero, 1) };

    [Fact]
    public void The_rest_goes_elsewhere()
    {
        var table = Ready(Alpha, Bravo);
        table.Fold(Report(Alpha, 2, Slow), At(0));

        var toAlpha = Enumerable.Range(0, 50).Count(i =>
        {
            var chosen = table.ChosenBy(i / 50.0, 0.1, Request with { Tried = [] });
            table.Settle(chosen, Shop, At(0.1));
            return chosen == Alpha;
        });

        // One token, and one more for the tenth of a second.
        Assert.InRange(toAlpha, 0, 2);
    }

    [Fact]
    public void Alone_it_queues_what_it_will_take_within_a_second_and_no_more()
    {
        var table = Ready(Alpha);
        table.Fold(Report(Alpha, 2, Slow with { Budget = 100, QueueLimit = 100 }), At(0));

        var taken = 0;
        while (taken < 100 && table.Choose(Request, 0.5, At(0)) is RouteDecision.Chosen)
        {
            taken++;
        }

        Assert.Equal(11, taken);
        Assert.Equal(At(1), Assert.IsType<RouteDecision.NoneNow>(table.Choose(Request, 0.5, At(0))).RetryAfter);
    }

    [Fact]
    public void Alone_and_paused_it_takes_nothing_and_merchants_hear_how_long()
    {
        var table = Ready(Alpha);
        table.Fold(Report(Alpha, 2, Slow with { Throttle = new ThrottleReport(At(60), 1) }), At(0));

        var none = Assert.IsType<RouteDecision.NoneNow>(table.Choose(Request, 0.5, At(3)));

        Assert.Equal(At(57), none.RetryAfter);
        Assert.Equal(Exclusion.Throttled, none.Excluded().Single().Reason);
    }

    [Fact]
    public void The_first_that_is_back_says_how_long()
    {
        var table = Ready(Alpha, Bravo, Charlie);
        table.Fold(Report(Alpha, 2, Slow with { Throttle = new ThrottleReport(At(60), 1) }), At(0));
        table.Fold(Report(Bravo, 2) with { Lifecycle = ChannelLifecycle.Disabled }, At(0));
        table.Maintain((Charlie, 20));

        Assert.Equal(At(20), Assert.IsType<RouteDecision.NoneNow>(table.Choose(Request, 0.5, At(0))).RetryAfter);
    }

    [Fact]
    public void A_retired_channel_shortens_nobodys_wait()
    {
        var table = Table(Channel(Alpha), Channel(Bravo) with { IsRetired = true });
        table.Fold(Report(Alpha, 1, Slow with { Throttle = new ThrottleReport(At(60), 1) }), At(0));
        table.Fold(Report(Bravo) with { Lifecycle = ChannelLifecycle.Retired }, At(0));

        Assert.Equal(At(60), Assert.IsType<RouteDecision.NoneNow>(table.Choose(Request, 0.5, At(0))).RetryAfter);
    }

    [Fact]
    public void A_part_that_is_closed_is_left_alone_and_the_rest_is_not()
    {
        var table = Ready(Alpha, Bravo);
        var large = new ClosedPart(Product.Withhold, "ICBC", 50_000, At(5));
        table.Fold(Report(Alpha, 2, IdleLane with { ClosedParts = [large] }), At(0));

        var refused = table.Choose(Request with { Amount = new Money(50_000, new Currency("CNY")), Tried = [Bravo] }, 0.5, At(1));
        Assert.Equal(At(4), Assert.IsType<RouteDecision.NoneNow>(refused).RetryAfter);

        var smaller = Request with { Amount = new Money(49_999, new Currency("CNY")), Tried = [Bravo] };
        Assert.Equal(Alpha, table.ChosenBy(0.5, 1, smaller));
        var larger = smaller with { Bank = "CCB", Amount = new Money(50_000, new Currency("CNY")) };
        Assert.Equal(Alpha, table.ChosenBy(0.5, 1, larger));
        Assert.Equal(Alpha, table.ChosenBy(0.5, 4.9, Request with { Product = Product.Payout, Tried = [Bravo] }));
    }

    [Fact]
    public void An_open_breaker_is_an_outage_of_all_products_since_it_opened()
    {
        var table = Ready(Alpha);
        var since = DateTimeOffset.UnixEpoch;
        var probing = IdleLane with { Breaker = BreakerState.HalfOpen, HasFailed = true };
        table.Fold(Report(Alpha, 2, probing) with { FailingSince = since }, At(0));

        var change = Assert.Single(table.LookForOutages(At(1), since.AddHours(1)));

        Assert.Equal((OutageLevel.None, OutageLevel.Down), (change.Before, change.Now));
        Assert.All(
            table.Standing(Alpha, At(1)).Products.Values,
            product => Assert.Equal(new OutageStanding(OutageLevel.Down, since), product.Outage));
        table.Fold(Report(Alpha, 3), At(2));
        Assert.Equal(OutageLevel.None, Assert.Single(table.LookForOutages(At(2), since.AddHours(2))).Now);
    }
}
