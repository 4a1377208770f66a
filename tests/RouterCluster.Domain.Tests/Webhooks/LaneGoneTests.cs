using RouterCluster.Domain.Webhooks;

namespace RouterCluster.Domain.Tests.Webhooks;

public sealed class LaneGoneTests
{
    private const string Old = "https://shop.example/old";
    private const string New = "https://shop.example/new";

    private readonly NotificationScene _scene = new();
    private bool _isBack;

    public LaneGoneTests() => _scene.Endpoint = call =>
        (TimeSpan.FromMilliseconds(5), DeliveryOutcome.Answered(call.Url == Old && !_isBack ? 410 : 200));

    [Fact]
    public void A_URL_that_is_gone_gets_nothing_more_and_others_do()
    {
        for (var number = 0; number < 100; number++)
        {
            _scene.Write(number, number % 2 == 0 ? Old : New);
        }

        _scene.Wake();
        _scene.Run(TimeSpan.FromMinutes(1));

        // Those that were under way when the first answer came could not know.
        Assert.InRange(_scene.Calls.Count(call => call.Url == Old), 1, 4);
        Assert.Equal(50, _scene.Calls.Count(call => call.Url == New));
        Assert.All(_scene.Rows.Where(row => row.Url == Old), row => Assert.Equal(NotificationState.Held, row.State));
        Assert.All(_scene.Rows.Where(row => row.Url == New), row => Assert.Equal(NotificationState.Delivered, row.State));
    }

    [Fact]
    public void What_is_written_for_it_later_is_held_without_a_call()
    {
        _scene.Write(1, Old);
        _scene.Wake();
        _scene.Run(TimeSpan.FromDays(1));
        var later = _scene.Write(2, Old);
        _scene.Wake();
        _scene.Run(TimeSpan.FromDays(1));

        Assert.Single(_scene.Calls);
        Assert.Equal(NotificationState.Held, _scene[later].State);
    }

    [Fact]
    public void A_restart_does_not_forget_it()
    {
        _scene.Write(1, Old);
        _scene.Wake();
        _scene.Run(TimeSpan.FromMinutes(1));
        _scene.Write(2, Old);
        _scene.Crash();
        _scene.Run(TimeSpan.FromDays(1));

        Assert.Single(_scene.Calls);
    }

    [Fact]
    public void An_operator_enables_it_and_what_was_held_is_sent()
    {
        var first = _scene.Write(1, Old);
        _scene.Wake();
        _scene.Run(TimeSpan.FromMinutes(1));
        var second = _scene.Write(2, Old);
        _scene.Wake();
        _scene.Run(TimeSpan.FromMinutes(1));

        _isBack = true;
        _scene.Enable();
        _scene.Run(TimeSpan.FromMinutes(1));

        Assert.Equal((NotificationState.Delivered, NotificationState.Delivered), (_scene[first].State, _scene[second].State));
        Assert.Equal([first, first, second], _scene.Calls.Select(call => call.Id).OrderBy(id => id.Value));
    }
}
