using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Lanes;

/// <summary>What a channel refuses of one bank, product or amount closes that part and leaves the rest alone.</summary>
public sealed class LanePartTests
{
    private static readonly CallPart Icbc = new(Product.Withhold, "ICBC", 12_000);
    private static readonly CallPart Ccb = new(Product.Withhold, "CCB", 12_000);

    [Fact]
    public void One_banks_maintenance_closes_that_bank_and_opens_no_breaker()
    {
        var scene = LaneScene.Warm();
        for (var i = 0; i < 30; i++)
        {
            Refuse(scene, Icbc);
            Take(scene, Ccb);
        }

        Assert.Equal(BreakerState.Closed, scene.State);
        var closed = Assert.Single(scene.Report.ClosedParts);
        Assert.Equal((Product.Withhold, "ICBC", 0L), (closed.Product, closed.Bank, closed.From));
    }

    [Fact]
    public void A_channel_that_refuses_every_bank_opens_its_breaker()
    {
        var scene = LaneScene.Warm();
        Take(scene, Icbc);
        Take(scene, Ccb);
        for (var i = 0; i < 8 && scene.State == BreakerState.Closed; i++)
        {
            Refuse(scene, i % 2 == 0 ? Icbc : Ccb);
        }

        Assert.Equal(BreakerState.Open, scene.State);
    }

    [Fact]
    public void The_only_bank_that_is_ever_seen_is_the_channel()
    {
        var scene = LaneScene.Warm();
        for (var i = 0; i < 4; i++)
        {
            Refuse(scene, Icbc);
        }

        Assert.Equal(BreakerState.Open, scene.State);
    }

    [Fact]
    public void Large_amounts_that_are_refused_while_small_ones_are_taken_close_the_large_ones()
    {
        var scene = LaneScene.Warm();
        for (var i = 0; i < 30; i++)
        {
            Refuse(scene, Icbc with { Amount = 50_000 + i });
            Take(scene, Icbc with { Amount = 40_000 });
        }

        Assert.Equal(BreakerState.Closed, scene.State);
        Assert.Equal(50_000, Assert.Single(scene.Report.ClosedParts).From);
    }

    [Fact]
    public void A_closed_part_is_tried_again_and_stays_closed_for_longer_while_it_is_refused()
    {
        var scene = LaneScene.Warm();
        for (var i = 0; i < 3; i++)
        {
            Refuse(scene, Icbc);
            Take(scene, Ccb);
        }

        Assert.Equal(5, scene.Report.ClosedParts.Single().For.TotalSeconds, 0);
        scene.Pass(5.1);
        Assert.Empty(scene.Report.ClosedParts);
        Refuse(scene, Icbc);
        Assert.Equal(10, scene.Report.ClosedParts.Single().For.TotalSeconds, 0);

        scene.Pass(10.1);
        Take(scene, Icbc);
        Refuse(scene, Icbc);
        Assert.Empty(scene.Report.ClosedParts);
    }

    [Fact]
    public void A_bank_said_to_be_closed_closes_the_channel_only_where_no_other_is_seen_to_work()
    {
        var alone = LaneScene.Warm();
        Refuse(alone, Icbc, 600);
        Assert.Equal(600, Assert.Single(alone.Closings).TotalSeconds);

        var beside = LaneScene.Warm();
        Take(beside, Ccb);
        Refuse(beside, Icbc, 600);
        Assert.Empty(beside.Closings);
        Assert.Equal(600, Assert.Single(beside.Report.ClosedParts).For.TotalSeconds);

        // The next bank says the same, and nothing was taken since: it is the channel.
        beside.Pass(1);
        Refuse(beside, Ccb, 600);
        Assert.Single(beside.Closings);
    }

    private static void Take(LaneScene scene, CallPart part)
    {
        scene.End(scene.Offer(), CallVerdict.Success, news: new CallNews(null, part, null));
        scene.Pass(0.05);
    }

    private static void Refuse(LaneScene scene, CallPart part, double? closedFor = null)
    {
        TimeSpan? length = closedFor is { } seconds ? LaneScene.Seconds(seconds) : null;
        scene.End(scene.Offer(), CallVerdict.Refused, news: new CallNews(null, part, length));
        if (closedFor is null)
        {
            scene.Pass(0.05);
        }
    }
}
