using RouterCluster.Domain.Lanes;

namespace RouterCluster.Domain.Tests.Lanes;

/// <summary>A lane whose channel's last owner may still have calls at the company.</summary>
public sealed class LaneOwnerTests
{
    [Fact]
    public void Calls_come_back_unsent_while_those_of_the_last_owner_may_run()
    {
        var scene = Waiting();
        var call = scene.Offer();

        Assert.Empty(scene.Started);
        Assert.Equal(LaneRefusal.NoOwner, scene.Refused[call]);
        Assert.Equal("no_owner", scene.Refused[call].AsOutcome().Code);
    }

    /// <summary>The last owner may have sent its burst a moment before.</summary>
    [Fact]
    public void It_opens_without_the_tokens_that_came_while_it_waited()
    {
        var scene = Waiting();
        scene.Pass(60);
        scene.Do((lane, now) => lane.SetIntake(Intake.Open, now));
        scene.Offer();
        Assert.Empty(scene.Started);

        scene.Pass(0.011);
        Assert.Single(scene.Started);
    }

    [Fact]
    public void A_lane_that_is_being_stopped_does_not_open()
    {
        var scene = Waiting();
        scene.Do((lane, now) => lane.SetIntake(Intake.Stopping, now));
        scene.Do((lane, now) => lane.SetIntake(Intake.Open, now));
        Assert.Equal(LaneRefusal.Stopping, scene.Refused[scene.Offer()]);
    }

    private static LaneScene Waiting()
    {
        var scene = new LaneScene(LaneScene.Usual);
        scene.Do((lane, now) => lane.SetIntake(Intake.Waiting, now));
        return scene;
    }
}
