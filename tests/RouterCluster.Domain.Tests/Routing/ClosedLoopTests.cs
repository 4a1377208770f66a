using static RouterCluster.Domain.Tests.Routing.RoutingFixtures;

namespace RouterCluster.Domain.Tests.Routing;

public sealed class ClosedLoopTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    public void A_dying_channel_is_left_within_three_seconds_and_found_again_within_sixty(int seed, bool breakers)
    {
        var loop = new ClosedLoop(seed, perSecond: 200, breakers, Alpha, Bravo);
        loop.Run(10, Alpha);
        var before = loop.Run(50, Alpha);
        Assert.InRange(before, 0.4, 0.6);

        loop[Alpha].SuccessRate = 0;
        loop.Run(3, Alpha);
        Assert.InRange(loop.Run(30, Alpha), 0, 0.05);

        loop[Alpha].SuccessRate = 0.97;
        loop.Run(55, Alpha);
        Assert.InRange(loop.Run(5, Alpha), 0.8 * before, 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void With_a_breaker_it_is_found_again_at_ten_payments_a_second_too(int seed)
    {
        var loop = new ClosedLoop(seed, perSecond: 10, breakers: true, Alpha, Bravo);
        var before = loop.Run(120, Alpha);
        loop[Alpha].SuccessRate = 0;
        loop.Run(60, Alpha);

        loop[Alpha].SuccessRate = 0.97;
        loop.Run(60, Alpha);

        Assert.InRange(loop.Run(60, Alpha), 0.8 * before, 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_storm_of_customers_failures_at_one_channel_moves_no_traffic(int seed)
    {
        var loop = new ClosedLoop(seed, perSecond: 200, breakers: false, Alpha, Bravo);
        loop.Run(20, Alpha);

        loop[Alpha].CustomerFailureRate = 0.9;

        Assert.InRange(loop.Run(60, Alpha), 0.42, 0.58);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Trouble_at_all_channels_moves_no_traffic_for_long(int seed)
    {
        var loop = new ClosedLoop(seed, perSecond: 200, breakers: false, Alpha, Bravo);
        loop.Run(20, Alpha);

        loop[Alpha].SuccessRate = 0.5;
        loop[Bravo].SuccessRate = 0.5;

        Assert.InRange(loop.Run(120, Alpha), 0.35, 0.65);
    }
}
