using static RouterCluster.Domain.Tests.Routing.RoutingFixtures;

namespace RouterCluster.Domain.Tests.Routing;

/// <summary>The whole way: reports, table, learner and policy. The best channel is a little better than the other.</summary>
public sealed class ClosedLoopTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    public void A_dying_channel_is_left_within_three_seconds_and_back_within_sixty(int seed, bool breakers)
    {
        var loop = Loop(seed, 200, breakers);
        loop.Run(60, Alpha);
        var before = loop.Run(60, Alpha);
        Assert.InRange(before, 0.8, 1);

        loop[Alpha].SuccessRate = 0;
        loop.Run(3, Alpha);
        Assert.InRange(loop.Run(30, Alpha), 0, 0.05);

        loop[Alpha].SuccessRate = Good;
        loop.Run(55, Alpha);
        Assert.InRange(loop.Run(5, Alpha), 0.9 * before, 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void It_is_found_again_at_ten_payments_a_second_too(int seed)
    {
        var loop = Loop(seed, 10, breakers: true);
        loop.Run(120, Alpha);
        var before = loop.Run(120, Alpha);
        loop[Alpha].SuccessRate = 0;
        loop.Run(60, Alpha);

        loop[Alpha].SuccessRate = Good;
        loop.Run(60, Alpha);

        Assert.InRange(loop.Run(60, Alpha), 0.8 * before, 1);
    }

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(2, 0.8)]
    public void A_storm_of_customers_failures_at_one_channel_moves_no_traffic(int seed, double failures)
    {
        var loop = Loop(seed, 200, breakers: false);
        loop.Run(60, Alpha);
        var before = loop.Run(30, Alpha);

        loop[Alpha].CustomerFailureRate = failures;

        Assert.InRange(loop.Run(60, Alpha), before - 0.05, 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Trouble_at_all_channels_moves_no_traffic_for_long(int seed)
    {
        var loop = Loop(seed, 200, breakers: false);
        loop.Run(60, Alpha);

        loop[Alpha].SuccessRate = 0.5;
        loop[Bravo].SuccessRate = 0.45;
        loop.Run(60, Alpha);

        Assert.InRange(loop.Run(60, Alpha), 0.5, 1);
    }

    private const double Good = 0.97;

    private static ClosedLoop Loop(int seed, double perSecond, bool breakers)
    {
        var loop = new ClosedLoop(seed, perSecond, breakers, Alpha, Bravo);
        loop[Alpha].SuccessRate = Good;
        loop[Bravo].SuccessRate = 0.93;
        return loop;
    }
}
