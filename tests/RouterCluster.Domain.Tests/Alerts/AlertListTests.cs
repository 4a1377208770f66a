using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Alerts;

public sealed class AlertListTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly MerchantId Shop = new("shop");
    private readonly AlertScene _scene = new(1, AlertScene.Alpha, AlertScene.Bravo);

    [Fact]
    public void A_finding_is_told_once_when_it_has_lasted()
    {
        _scene.Change(BreakerOpen);
        Assert.Empty(_scene.Look(Second));
        Assert.Empty(_scene.Look(Second));
        var raised = Assert.Single(_scene.Look(Second));
        Assert.Equal(
            (AlertChangeKind.Raised, AlertRule.ChannelOutage, AlertScene.Alpha),
            (raised.Kind, raised.Alert.Rule, raised.Alert.Subject.Channel));
        Assert.Empty(_scene.Look(Second));
    }

    [Fact]
    public void A_finding_that_ends_too_early_is_told_to_nobody()
    {
        _scene.Change(BreakerOpen);
        _scene.Look(Second);
        _scene.Change(channel => channel with { IsSubmitBreakerOpen = false });
        _scene.Look(Second);
        _scene.Change(BreakerOpen);
        Assert.Empty(_scene.Look(Second));
        Assert.Empty(_scene.Look(Second));
    }

    [Fact]
    public void An_alert_that_flickers_is_one_alert()
    {
        RaiseOutage();
        for (var times = 0; times < 10; times++)
        {
            _scene.Change(channel => channel with { IsSubmitBreakerOpen = false });
            Assert.Empty(_scene.Look(50 * Second));
            _scene.Change(BreakerOpen);
            Assert.Empty(_scene.Look(Second));
        }
    }

    [Fact]
    public void It_is_resolved_when_its_subject_has_been_well_for_a_while()
    {
        var raised = RaiseOutage();
        _scene.Change(channel => channel with { IsSubmitBreakerOpen = false });
        Assert.Empty(_scene.Look(Second));
        var resolved = Assert.Single(_scene.Look(60 * Second));
        Assert.Equal((AlertChangeKind.Resolved, raised.Id), (resolved.Kind, resolved.Alert.Id));
        Assert.NotNull(resolved.Alert.ResolvedAt);
        Assert.Empty(_scene.Alerts);
    }

    [Fact]
    public void The_next_trouble_of_the_same_subject_has_another_id()
    {
        var first = RaiseOutage();
        _scene.Change(channel => channel with { IsSubmitBreakerOpen = false });
        _scene.Look(Second);
        _scene.Look(60 * Second);
        Assert.NotEqual(first.Id, RaiseOutage().Id);
    }

    [Fact]
    public void Nothing_is_resolved_while_figures_are_missing()
    {
        RaiseOutage();
        _scene.Figures = _scene.Figures with { Channels = [], AreComplete = false };
        _scene.Look(600 * Second);
        Assert.Empty(_scene.Look(600 * Second));
        Assert.Single(_scene.Alerts);
    }

    [Fact]
    public void Cases_that_cannot_be_counted_leave_their_alert()
    {
        _scene.Figures = _scene.Figures with { Cases = new CaseFigures(1, 1, 0, Second) };
        Assert.Equal(AlertRule.ImpossibleState, Assert.Single(_scene.Look(Second)).Alert.Rule);
        _scene.Figures = _scene.Figures with { Cases = null };
        _scene.Look(600 * Second);
        Assert.Empty(_scene.Look(600 * Second));
        Assert.Single(_scene.Alerts);
    }

    [Fact]
    public void Consequences_point_at_the_beginning_of_their_chain()
    {
        RaiseOutage();
        _scene.Ends(AlertScene.Alpha, OutcomeClass.Unknown, "timeout", 20);
        _scene.Look(Second);
        _scene.Change(channel => channel with { Unknown = new UnknownFigures(20, 900, TimeSpan.FromMinutes(11)) });
        _scene.Look(3 * Second);

        var outage = _scene.Alerts.Single(alert => alert.Rule == AlertRule.ChannelOutage);
        var others = _scene.Alerts.Where(alert => alert != outage).ToList();
        Assert.Null(outage.CausedBy);
        Assert.Equal(
            [AlertRule.Network, AlertRule.OrderOverdue, AlertRule.SuccessRate, AlertRule.CodeFrequent],
            others.Select(alert => alert.Rule).Order());
        Assert.All(others, alert => Assert.Equal(outage.Id, alert.CausedBy));
    }

    [Fact]
    public void Another_channels_trouble_is_no_cause()
    {
        RaiseOutage();
        _scene.Ends(AlertScene.Bravo, OutcomeClass.Unknown, "timeout", 20);
        _scene.Look(Second);
        _scene.Look(3 * Second);
        Assert.Null(_scene.Alerts.Single(alert => alert.Rule == AlertRule.Network).CausedBy);
    }

    [Fact]
    public void The_missing_second_channel_points_at_the_channel_that_is_down()
    {
        _scene.Figures = _scene.Figures with
        {
            Lines = [new LineFigures(Shop, Product.Withhold, [AlertScene.Alpha, AlertScene.Bravo], [AlertScene.Bravo])],
        };
        var outage = RaiseOutage();
        _scene.Look(20 * Second);
        Assert.Equal(outage.Id, _scene.Alerts.Single(alert => alert.Rule == AlertRule.NoSecondChannel).CausedBy);
    }

    [Fact]
    public void A_mute_is_kept_while_figures_move()
    {
        var alert = RaiseOutage();
        var mute = new AlertMute(alert.Since + TimeSpan.FromHours(1), "alice", "known");
        _scene.Change(channel => channel with { Unknown = new UnknownFigures(3, 300, Second) });
        Assert.NotNull(_scene.Mute(alert.Id, mute));
        _scene.Look(Second);
        Assert.Equal(mute, Assert.Single(_scene.Alerts).Mute);
        Assert.Null(_scene.Mute("alert_0", mute));
    }

    [Fact]
    public void Recovered_alerts_are_not_told_again()
    {
        var stored = RaiseOutage();
        var list = AlertScene.Policy.NewList();
        list.Recover([stored]);
        var figures = _scene.Figures with { At = stored.Since + TimeSpan.FromMinutes(5) };
        Assert.Empty(list.Look(figures));
        Assert.Equal(stored.Id, Assert.Single(list.Alerts).Id);
    }

    private static ChannelFigures BreakerOpen(ChannelFigures channel) => channel with { IsSubmitBreakerOpen = true };

    private Alert RaiseOutage()
    {
        _scene.Change(BreakerOpen);
        _scene.Look(Second);
        return _scene.Look(3 * Second).Single(change => change.Kind == AlertChangeKind.Raised).Alert;
    }
}
