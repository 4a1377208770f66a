using RouterCluster.Domain.Lanes;

namespace RouterCluster.Domain.Tests.Lanes;

/// <summary>What waits in a lane, and what becomes of it when the node stops or nobody wants it sent any more.</summary>
public sealed class LaneStopTests
{
    [Fact]
    public void A_lane_that_stops_gives_back_what_waits_and_running_calls_end()
    {
        var scene = LaneScene.Warm();
        var calls = scene.OfferMany(6);
        scene.Do((lane, now) => lane.SetIntake(Intake.Stopping, now));
        var late = scene.Offer();

        Assert.All([calls[4], calls[5], late], call => Assert.Equal(LaneRefusal.Stopping, scene.Refused[call]));
        Assert.False(scene.Lane.IsIdle);
        Array.ForEach(calls[..4], call => scene.End(call));
        Assert.True(scene.Lane.IsIdle);
    }

    [Theory]
    [InlineData(Intake.Open)]
    [InlineData(Intake.Draining)]
    [InlineData(Intake.Closed)]
    public void A_lane_that_stops_does_not_open_again(Intake wanted)
    {
        var scene = LaneScene.Warm();
        scene.Do((lane, now) => lane.SetIntake(Intake.Stopping, now));
        scene.Do((lane, now) => lane.SetIntake(wanted, now));
        Assert.Equal(LaneRefusal.Stopping, scene.Refused[scene.Offer()]);
    }

    [Fact]
    public void A_lane_says_what_waits_and_when_it_is_sent()
    {
        var scene = LaneScene.Warm();
        var calls = scene.OfferMany(5);
        Assert.Equal([calls[4]], scene.Waiting);
        scene.End(calls[0]);
        scene.Pass(0.1);
        Assert.Empty(scene.Waiting);
        Assert.Equal(calls, scene.Started);
    }

    [Fact]
    public void What_is_withdrawn_leaves_the_queue_and_nothing_else_does()
    {
        var scene = LaneScene.Warm();
        int[] calls = [.. scene.OfferMany(6, "one"), .. scene.OfferMany(2, "two")];
        scene.Do((lane, now) => lane.Withdraw(call => call == calls[4] || call == calls[0] || call == calls[7], now));

        Assert.Equal(2, scene.Refused.Count);
        Assert.All([calls[4], calls[7]], call => Assert.Equal(LaneRefusal.Withdrawn, scene.Refused[call]));
        Assert.Equal(2, scene.Report.Queue);
        Array.ForEach(calls[..4], call => scene.End(call));
        scene.Pass(0.1);
        Assert.Equal([.. calls[..4], calls[5], calls[6]], scene.Started.Order());
        scene.Pass(100);
        Assert.Equal(2, scene.Refused.Count);
    }
}
