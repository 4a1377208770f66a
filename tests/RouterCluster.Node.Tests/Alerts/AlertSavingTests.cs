using RouterCluster.Domain.Alerts;
using RouterCluster.Node.Alerts;
using RouterCluster.Node.Alerts.Delivery;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Alerts;

public sealed class AlertSavingTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly Alert Alert = FakeAlerts.Active;
    private static readonly RobotMessage Message = new("duty", new Announcement(AnnouncementKind.Raised, Alert), Alert.Since);
    private readonly AlertSaving _saving = new(100);

    [Fact]
    public void What_was_not_stored_is_stored_later_and_not_delivered_again()
    {
        _saving.Add([Alert], [Message]);
        var first = Begin(TimeSpan.Zero)!;
        Assert.Equal((Alert, Message), (Assert.Single(first.News), Assert.Single(first.Messages)));
        Assert.Null(Begin(TimeSpan.Zero));

        _saving.End(first, isStored: false, retryAt: Second);
        Assert.Null(Begin(Second / 2));
        var second = Begin(Second)!;

        Assert.False(second.HasNews);
        Assert.Equal((Alert, Message), (Assert.Single(second.Alerts).Alert, Assert.Single(second.Rows)));
        Assert.True(second.Alerts[0].Version > first.Alerts[0].Version);
    }

    [Fact]
    public void News_does_not_wait_for_the_time_of_the_next_try()
    {
        _saving.Add([Alert], []);
        _saving.End(Begin(TimeSpan.Zero)!, isStored: false, retryAt: 100 * Second);
        _saving.Add([FakeAlerts.Over], []);
        Assert.Equal(FakeAlerts.Over, Assert.Single(Begin(Second)!.News));
    }

    [Fact]
    public void A_newer_state_is_not_replaced_by_one_that_failed_to_be_stored()
    {
        _saving.Add([Alert], []);
        var failed = Begin(TimeSpan.Zero)!;
        var resolved = Alert with { ResolvedAt = Alert.Since + Second };
        _saving.Add([resolved], []);
        _saving.End(failed, isStored: false, retryAt: TimeSpan.Zero);
        Assert.Equal(resolved, Assert.Single(Begin(Second)!.Alerts).Alert);
    }

    [Fact]
    public void A_message_that_arrived_before_its_row_was_stored_needs_none()
    {
        _saving.Add([], [Message]);
        _saving.End(Begin(TimeSpan.Zero)!, isStored: false, retryAt: TimeSpan.Zero);
        _saving.Sent([Message.Id]);
        Assert.Null(Begin(Second));
    }

    [Fact]
    public void Figures_are_stored_when_they_have_moved()
    {
        _saving.Add([Alert], []);
        _saving.End(Begin(TimeSpan.Zero)!, isStored: true, retryAt: TimeSpan.Zero);
        _saving.Refresh([Alert]);
        Assert.Null(Begin(Second));
        _saving.Refresh([Alert with { Message = "it is still down" }]);
        var batch = Begin(Second)!;
        Assert.Equal("it is still down", Assert.Single(batch.Alerts).Alert.Message);
        Assert.False(batch.HasNews);
    }

    private AlertBatch? Begin(TimeSpan now) => _saving.Begin(_ => true, now);
}
