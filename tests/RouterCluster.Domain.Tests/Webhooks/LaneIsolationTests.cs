using RouterCluster.Domain.Webhooks;

namespace RouterCluster.Domain.Tests.Webhooks;

public sealed class LaneIsolationTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <summary>Lanes share nothing; one merchant's scene is run beside another's at the same moments.</summary>
    [Fact]
    public void An_endpoint_that_hangs_for_an_hour_delays_no_other_merchant()
    {
        var hanging = new NotificationScene();
        hanging.Endpoint = call => call.At < NotificationScene.Start.AddHours(1)
            ? (Timeout, DeliveryOutcome.Unanswered("timeout"))
            : (TimeSpan.FromMilliseconds(20), DeliveryOutcome.Answered(200));
        var other = new NotificationScene();
        var written = new Dictionary<NotificationId, DateTimeOffset>();

        for (var second = 0; second < 3600; second++)
        {
            hanging.Write(second);
            hanging.Wake();
            written[other.Write(second)] = other.Now;
            other.Wake();
            hanging.Run(TimeSpan.FromSeconds(1));
            other.Run(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(3600, other.Calls.Count);
        Assert.All(other.Calls, call => Assert.InRange(call.At - written[call.Id], TimeSpan.Zero, TimeSpan.FromMilliseconds(10)));
        Assert.InRange(hanging.MostInMemory, 1, NotificationScene.Policy.Page * 2);

        // After the first failures one call at a time: a backlog does not use up its attempts against a closed door.
        Assert.InRange(hanging.Calls.Count, 200, 250);

        hanging.Run(TimeSpan.FromHours(2));
        Assert.All(hanging.Rows, row => Assert.Equal(NotificationState.Delivered, row.State));
        Assert.All(hanging.Rows, row => Assert.InRange(row.Attempts, 1, 6));
    }

    /// <summary>A URL without its query hangs; or each URL of a host that hangs is another one.</summary>
    [Theory]
    [InlineData("https://hangs.example/hook")]
    [InlineData("https://hangs.example/hook?payment={0}")]
    [InlineData("https://hangs.example/{0}")]
    [InlineData("https://shop.example/hangs?payment={0}")]
    public void An_endpoint_that_hangs_delays_no_other_endpoint_of_its_merchant(string hanging)
    {
        var scene = new NotificationScene { Endpoint = call => call.Url.Contains("hangs", StringComparison.Ordinal)
            ? (Timeout, DeliveryOutcome.Unanswered("timeout"))
            : (TimeSpan.FromMilliseconds(20), DeliveryOutcome.Answered(200)) };
        var written = new Dictionary<NotificationId, DateTimeOffset>();
        for (var number = 0; number < 3000; number++)
        {
            scene.Write(number, string.Format(System.Globalization.CultureInfo.InvariantCulture, hanging, number));
            if (number % 5 == 0)
            {
                written[scene.Write(100_000 + number, "https://shop.example/well")] = scene.Now;
            }

            scene.Wake();
            scene.Run(TimeSpan.FromMilliseconds(200));
        }

        scene.Run(TimeSpan.FromSeconds(1));
        var calls = scene.Calls.Where(call => written.ContainsKey(call.Id)).ToList();
        Assert.Equal(written.Count, calls.Count);
        Assert.All(calls, call => Assert.InRange(call.At - written[call.Id], TimeSpan.Zero, TimeSpan.FromMilliseconds(50)));
        Assert.InRange(scene.MostInMemory, 1, NotificationScene.Policy.MostInMemory + NotificationScene.Policy.Page);
    }

    [Fact]
    public void A_backlog_of_one_endpoint_comes_out_whole_after_its_trouble_and_others_beside_it()
    {
        var scene = new NotificationScene { Endpoint = call => call.Url.EndsWith("old", StringComparison.Ordinal)
                && call.At < NotificationScene.Start.AddMinutes(20)
            ? (Timeout, DeliveryOutcome.Unanswered("timeout"))
            : (TimeSpan.FromMilliseconds(20), DeliveryOutcome.Answered(200)) };
        for (var number = 0; number < 1000; number++)
        {
            scene.Write(number, $"https://shop.example/{(number % 2 == 0 ? "old" : $"hook{number % 70}")}");
        }

        scene.Wake();
        scene.Run(TimeSpan.FromSeconds(20));
        Assert.Equal(500, scene.Rows.Count(row => row.State == NotificationState.Delivered));

        scene.Run(TimeSpan.FromHours(3));
        Assert.All(scene.Rows, row => Assert.Equal(NotificationState.Delivered, row.State));
        Assert.True(scene.Lane.IsIdle);
    }

    [Fact]
    public void Calls_at_once_stay_within_the_merchants_share_and_return_to_it_after_trouble()
    {
        var scene = new NotificationScene();
        var isUp = false;
        scene.Endpoint = _ => isUp
            ? (TimeSpan.FromMilliseconds(50), DeliveryOutcome.Answered(200))
            : (TimeSpan.FromMilliseconds(50), DeliveryOutcome.Answered(503));
        for (var number = 0; number < 300; number++)
        {
            scene.Write(number);
        }

        scene.Wake();
        scene.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(1, scene.Running);

        isUp = true;
        scene.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(NotificationScene.Policy.Concurrency, scene.Running);
        Assert.Equal(NotificationScene.Policy.Concurrency, scene.MostRunning);
    }

    [Fact]
    public void A_message_that_is_refused_does_not_slow_the_others_down()
    {
        var scene = new NotificationScene { Endpoint = _ => (TimeSpan.FromMilliseconds(50), DeliveryOutcome.Answered(422)) };
        for (var number = 0; number < 100; number++)
        {
            scene.Write(number);
        }

        scene.Wake();
        scene.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(NotificationScene.Policy.Concurrency, scene.MostRunning);
        Assert.InRange(scene.Calls.Count, 60, 100);
    }

    [Fact]
    public void A_hundred_thousand_that_wait_are_sent_with_a_page_of_them_in_memory()
    {
        var scene = new NotificationScene { Endpoint = _ => (TimeSpan.FromMilliseconds(1), DeliveryOutcome.Answered(200)) };
        for (var number = 0; number < 100_000; number++)
        {
            scene.Write(number);
        }

        scene.Wake();
        scene.Run(TimeSpan.FromMinutes(10));

        Assert.Equal(100_000, scene.Calls.Count);
        Assert.InRange(scene.MostInMemory, 1, NotificationScene.Policy.Page * 2);
        Assert.All(scene.Rows, row => Assert.Equal(NotificationState.Delivered, row.State));
    }

    [Fact]
    public void Storage_that_is_slower_than_the_endpoint_does_not_fill_the_memory()
    {
        var scene = new NotificationScene(NotificationScene.Policy with { Concurrency = 1000 });
        scene.Endpoint = _ => (TimeSpan.Zero, DeliveryOutcome.Answered(200));
        for (var number = 0; number < 5000; number++)
        {
            scene.Write(number);
        }

        scene.Wake();
        scene.Run(TimeSpan.FromMinutes(1));

        Assert.Equal(5000, scene.Calls.Count);
        Assert.InRange(scene.MostInMemory, 1, NotificationScene.Policy.Page * 3);
    }
}
