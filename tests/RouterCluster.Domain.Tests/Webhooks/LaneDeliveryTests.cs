using RouterCluster.Domain.Webhooks;

namespace RouterCluster.Domain.Tests.Webhooks;

public sealed class LaneDeliveryTests
{
    private readonly NotificationScene _scene = new();

    [Fact]
    public void What_is_written_is_sent_at_once_and_once()
    {
        var id = _scene.Write(1);
        _scene.Wake();
        _scene.Run(TimeSpan.FromHours(1));

        var call = Assert.Single(_scene.Calls);
        Assert.Equal((id, NotificationScene.Start), (call.Id, call.At.AddMilliseconds(-2)));
        Assert.Equal((NotificationState.Delivered, 1), (_scene[id].State, _scene[id].Attempts));
        Assert.True(_scene.Lane.IsIdle);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(400)]
    [InlineData(500)]
    public void Whatever_is_not_2xx_is_tried_by_the_schedule_and_then_given_up(int status)
    {
        _scene.Endpoint = _ => (TimeSpan.Zero, DeliveryOutcome.Answered(status));
        var id = _scene.Write(1);
        _scene.Wake();
        _scene.Run(TimeSpan.FromDays(3));

        var pauses = _scene.Calls.Zip(_scene.Calls.Skip(1), (one, next) => (next.At - one.At).TotalSeconds);
        Assert.Equal([15, 60, 300, 900, 3600, 10_800, 43_200, 86_400], pauses.Select(Math.Floor));
        Assert.Equal((NotificationState.Failed, 9), (_scene[id].State, _scene[id].Attempts));
        Assert.All(_scene.Calls, call => Assert.Equal((id, $"body of {id}"), (call.Id, call.Body)));
    }

    [Fact]
    public void A_node_that_dies_between_sending_and_recording_sends_again_under_the_same_id()
    {
        var id = _scene.Write(1);
        _scene.Wake();
        _scene.Run(TimeSpan.FromMilliseconds(21));
        Assert.Single(_scene.Calls);

        _scene.Crash();
        _scene.Run(TimeSpan.FromMinutes(1));

        Assert.Equal(2, _scene.Calls.Count);
        Assert.Equal(_scene.Calls[0] with { At = default }, _scene.Calls[1] with { At = default });
        Assert.Equal(NotificationState.Delivered, _scene[id].State);
    }

    [Fact]
    public void A_node_that_dies_while_waiting_goes_on_from_the_table()
    {
        var recovered = NotificationScene.Start.AddSeconds(10);
        _scene.Endpoint = call => (TimeSpan.Zero, DeliveryOutcome.Answered(call.At < recovered ? 500 : 200));
        var id = _scene.Write(1);
        _scene.Wake();
        _scene.Run(TimeSpan.FromSeconds(5));
        _scene.Crash();
        _scene.Run(TimeSpan.FromMinutes(1));

        Assert.Equal([0, 15], _scene.Calls.Select(call => Math.Floor((call.At - NotificationScene.Start).TotalSeconds)));
        Assert.Equal(2, _scene[id].Attempts);
    }

    [Fact]
    public void While_storage_is_away_nothing_new_is_sent_and_afterwards_everything_is()
    {
        _scene.IsStorageDown = () => _scene.Now < NotificationScene.Start.AddMinutes(10);
        _scene.Write(1);
        _scene.Wake();
        _scene.Run(TimeSpan.FromMinutes(9));
        Assert.Empty(_scene.Calls);
        Assert.InRange(_scene.Reads, 500, 540);

        _scene.Run(TimeSpan.FromMinutes(2));
        Assert.Single(_scene.Calls);
    }

    [Fact]
    public void What_could_not_be_recorded_is_sent_again()
    {
        var id = _scene.Write(1);
        _scene.IsStorageDown = () => _scene.Calls.Count == 1;
        _scene.Wake();
        _scene.Run(TimeSpan.FromSeconds(3));
        Assert.Single(_scene.Calls);

        _scene.IsStorageDown = () => false;
        _scene.Run(TimeSpan.FromSeconds(3));
        Assert.Equal([id, id], _scene.Calls.Select(call => call.Id));
        Assert.Equal(NotificationState.Delivered, _scene[id].State);
    }

    [Fact]
    public void A_row_that_is_written_while_a_page_is_read_is_not_overlooked()
    {
        _scene.Wake();
        _scene.Run(TimeSpan.FromMilliseconds(1));
        _scene.Write(1);
        _scene.Wake();
        _scene.Run(TimeSpan.FromSeconds(1));

        Assert.Single(_scene.Calls);
    }

    [Fact]
    public void Rows_that_end_while_a_page_is_read_are_not_sent_from_it_again()
    {
        for (var number = 0; number < 500; number++)
        {
            _scene.Write(number);
            _scene.Wake();
            _scene.Run(TimeSpan.FromMilliseconds(1));
        }

        _scene.Run(TimeSpan.FromMinutes(1));
        Assert.Equal(500, _scene.Calls.Select(call => call.Id).Distinct().Count());
        Assert.Equal(500, _scene.Calls.Count);
    }

    [Fact]
    public void A_notification_that_is_sent_again_on_demand_keeps_its_id_and_begins_its_schedule_anew()
    {
        _scene.Endpoint = _ => (TimeSpan.Zero, DeliveryOutcome.Unanswered("timeout"));
        var id = _scene.Write(1);
        _scene.Wake();
        _scene.Run(TimeSpan.FromDays(3));
        Assert.Equal(NotificationState.Failed, _scene[id].State);

        _scene.Endpoint = _ => (TimeSpan.Zero, DeliveryOutcome.Answered(200));
        _scene.Resend(id);
        _scene.Run(TimeSpan.FromSeconds(1));

        Assert.Equal((NotificationState.Delivered, 1), (_scene[id].State, _scene[id].Attempts));
        Assert.Equal(10, _scene.Calls.Count(call => call.Id == id));
    }

    [Fact]
    public void A_demand_to_send_again_is_not_lost_in_an_attempt_that_is_under_way()
    {
        _scene.Endpoint = _ => (TimeSpan.FromSeconds(5), DeliveryOutcome.Answered(200));
        var id = _scene.Write(1);
        _scene.Wake();
        _scene.Run(TimeSpan.FromSeconds(2));
        _scene.Resend(id);
        _scene.Run(TimeSpan.FromSeconds(20));

        Assert.Equal(2, _scene.Calls.Count);
        Assert.Equal(NotificationState.Delivered, _scene[id].State);
    }

    [Fact]
    public void A_lane_that_stops_ends_what_runs_and_starts_nothing()
    {
        _scene.Endpoint = _ => (TimeSpan.FromSeconds(5), DeliveryOutcome.Answered(200));
        for (var number = 0; number < 10; number++)
        {
            _scene.Write(number);
        }

        _scene.Wake();
        _scene.Run(TimeSpan.FromSeconds(1));
        _scene.Stop();
        Assert.False(_scene.Lane.IsIdle);

        _scene.Run(TimeSpan.FromMinutes(1));
        Assert.True(_scene.Lane.IsIdle);
        Assert.Equal(4, _scene.Calls.Count);
        Assert.Equal(4, _scene.Rows.Count(row => row.State == NotificationState.Delivered));
    }
}
