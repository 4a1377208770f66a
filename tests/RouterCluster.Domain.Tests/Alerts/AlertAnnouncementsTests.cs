using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Domain.Tests.Alerts;

public sealed class AlertAnnouncementsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly AlertScene _scene = new(1, AlertScene.Alpha);
    private readonly AlertAnnouncements _announcements = new();
    private readonly List<(AnnouncementKind Kind, AlertRule Rule)> _made = [];

    [Fact]
    public void A_hanging_channel_is_one_page()
    {
        _scene.Ends(AlertScene.Alpha, OutcomeClass.Unknown, "timeout", 30);
        Look(1);
        _scene.Change(channel => channel with { IsSubmitBreakerOpen = true });
        Look(20);

        Assert.True(_scene.Alerts.Count > 2);
        Assert.Equal([(AnnouncementKind.Raised, AlertRule.ChannelOutage)], _made);
    }

    [Fact]
    public void A_consequence_that_outlives_its_cause_is_announced_then()
    {
        _scene.Change(channel => channel with
        {
            IsSubmitBreakerOpen = true, Unknown = new UnknownFigures(1, 100, TimeSpan.FromHours(1)),
        });
        Look(10);
        _scene.Change(channel => channel with { IsSubmitBreakerOpen = false });
        Look(70);

        Assert.Equal(
            [
                (AnnouncementKind.Raised, AlertRule.ChannelOutage), (AnnouncementKind.Resolved, AlertRule.ChannelOutage),
                (AnnouncementKind.Raised, AlertRule.OrderOverdue),
            ],
            _made);
    }

    [Fact]
    public void A_muted_alert_is_announced_when_its_mute_is_over()
    {
        _scene.Change(channel => channel with { AmountToday = 2_000_000 });
        var alert = _scene.Look(Second).Single().Alert;
        _scene.Mute(alert.Id, new AlertMute(alert.Since + (30 * Second), "alice", "known"));
        Look(25);
        Assert.Empty(_made);
        Look(10);
        Assert.Equal([(AnnouncementKind.Raised, AlertRule.Amount)], _made);
    }

    [Fact]
    public void The_end_of_a_muted_alert_and_of_one_that_nobody_knows_is_no_news()
    {
        _scene.Change(channel => channel with { AmountToday = 2_000_000 });
        Look(1);
        var alert = Assert.Single(_scene.Alerts);
        _scene.Mute(alert.Id, new AlertMute(alert.Since + (300 * Second), "alice", "known"));
        _scene.Change(channel => channel with { AmountToday = 0 });
        Look(70);

        Assert.Empty(_scene.Alerts);
        Assert.Equal([(AnnouncementKind.Raised, AlertRule.Amount)], _made);
    }

    [Fact]
    public void After_a_restart_nothing_is_announced_again()
    {
        _scene.Change(channel => channel with { AmountToday = 2_000_000 });
        Look(1);
        var alert = Assert.Single(_scene.Alerts);
        var next = new AlertAnnouncements();
        next.Recover([alert.Id]);

        Assert.True(next.IsAnnounced(alert.Id));
        Assert.Empty(next.Look([alert], [], alert.Since + (10 * Second)));
        var end = new AlertChange(AlertChangeKind.Resolved, alert with { ResolvedAt = alert.Since + (20 * Second) });
        Assert.Equal(AnnouncementKind.Resolved, Assert.Single(next.Look([], [end], alert.Since + (20 * Second))).Kind);
    }

    private void Look(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            var changes = _scene.Look(Second);
            var made = _announcements.Look(_scene.Alerts, changes, _scene.At);
            _made.AddRange(made.Select(one => (one.Kind, one.Alert.Rule)));
        }
    }
}
