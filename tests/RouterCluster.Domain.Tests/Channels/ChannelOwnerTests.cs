using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;

namespace RouterCluster.Domain.Tests.Channels;

/// <summary>A channel whose last owner may still have calls at the company.</summary>
public sealed class ChannelOwnerTests
{
    private readonly ChannelScene _scene = new();

    public ChannelOwnerTests()
    {
        _scene.Channel.Wait(_scene.Now);
        var configured = _scene.Take().OfType<ChannelEffect.Configure>().Single();
        Assert.Equal((Intake.Waiting, Intake.Waiting), (configured.Submit.Intake, configured.Query.Intake));
        _scene.Reports(ChannelLane.Query, 2);
        _scene.Reports(ChannelLane.Submit, 2);
    }

    [Fact]
    public void Routers_are_told_that_it_has_no_owner_that_sends_and_since_when()
    {
        var waiting = _scene.Take().OfType<ChannelEffect.ReportToRouters>().Single().Report;
        Assert.Equal((ChannelScene.Start, ChannelLifecycle.Active), (waiting.NoOwnerSince, waiting.Lifecycle));

        _scene.Channel.Open();
        var configured = _scene.Take().OfType<ChannelEffect.Configure>().Single();
        Assert.Equal((Intake.Open, Intake.Open), (configured.Submit.Intake, configured.Query.Intake));
        Assert.Null(_scene.ToRouters().NoOwnerSince);
    }

    [Fact]
    public void Routers_are_told_at_once_that_the_owner_leaves_and_its_lanes_work_on()
    {
        var scene = ChannelScene.Reporting();
        scene.Now += TimeSpan.FromMinutes(1);

        scene.Channel.Leave(scene.Now);

        var told = Assert.IsType<ChannelEffect.ReportToRouters>(Assert.Single(scene.Take())).Report;
        Assert.Equal((scene.Now, ChannelLifecycle.Active), (told.NoOwnerSince, told.Lifecycle));
        scene.Channel.Leave(scene.Now + TimeSpan.FromSeconds(1));
        scene.Take();
        Assert.Equal(scene.Now, scene.ToRouters().NoOwnerSince);
    }

    [Fact]
    public void Operators_are_answered_while_it_waits_and_their_change_is_in_force_after_that()
    {
        _scene.Take();
        var disable = new ChannelChange("alice", "test") { Lifecycle = ChannelLifecycle.Disabled };
        var configured = _scene.ChangeAndStore(disable, "alice's question").OfType<ChannelEffect.Configure>().Single();
        Assert.Equal((Intake.Waiting, Intake.Waiting), (configured.Submit.Intake, configured.Query.Intake));
        _scene.Reports(ChannelLane.Submit, 3);
        _scene.Reports(ChannelLane.Query, 3);
        var answer = _scene.Take().OfType<ChannelEffect.AnswerOperator>().Single().Report;
        Assert.Equal((ChannelLifecycle.Disabled, ChannelScene.Start), (answer.Lifecycle, answer.NoOwnerSince));

        _scene.Channel.Open();
        var opened = _scene.Take().OfType<ChannelEffect.Configure>().Single();
        Assert.Equal((Intake.Closed, Intake.Open), (opened.Submit.Intake, opened.Query.Intake));
    }
}
