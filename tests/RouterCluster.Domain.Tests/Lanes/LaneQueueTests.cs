using RouterCluster.Domain.Lanes;

namespace RouterCluster.Domain.Tests.Lanes;

public sealed class LaneQueueTests
{
    [Fact]
    public void A_full_queue_refuses_the_newcomer_at_once()
    {
        var scene = LaneScene.Warm();
        scene.OfferMany(12);

        var late = scene.Offer();

        Assert.Equal(LaneRefusal.Full, Assert.Single(scene.Refused).Value);
        Assert.True(scene.Refused.ContainsKey(late));
        Assert.Equal((8, 8), (scene.Report.Queue, scene.Report.QueueLimit));
    }

    [Fact]
    public void A_merchant_below_his_share_takes_the_newest_place_of_the_longest_line()
    {
        var scene = LaneScene.Warm();
        var flood = scene.OfferMany(12, "flood");

        var small = scene.Offer("small");

        Assert.Equal(new KeyValuePair<int, LaneRefusal>(flood[^1], LaneRefusal.Full), Assert.Single(scene.Refused));
        scene.Pass(0.1);
        scene.End(flood[0]);
        scene.End(flood[1]);
        Assert.Contains(small, scene.Started);
    }

    [Fact]
    public void A_merchant_with_his_share_is_refused_by_a_full_queue()
    {
        var scene = LaneScene.Warm();
        scene.OfferMany(4, "running");
        scene.OfferMany(8, "flood");

        var calls = scene.OfferMany(5, "other");

        Assert.Equal(5, scene.Refused.Count);
        Assert.True(scene.Refused.ContainsKey(calls[4]));
        Assert.False(scene.Refused.ContainsKey(calls[3]));
    }

    [Fact]
    public void Merchants_are_served_in_turn_and_each_in_order()
    {
        var scene = LaneScene.Warm(LaneScene.Usual with { Concurrency = 1 });
        var running = scene.Offer("a");
        var a = scene.OfferMany(3, "a");
        var b = scene.OfferMany(2, "b");
        var c = scene.Offer("c");

        for (var i = 0; i < 6; i++)
        {
            scene.Pass(0.1);
            scene.End(scene.Started[^1]);
        }

        Assert.Equal([running, a[0], b[0], c, a[1], b[1], a[2]], scene.Started);
    }

    [Fact]
    public void A_single_call_waits_at_most_one_round_behind_floods()
    {
        var scene = LaneScene.Warm(LaneScene.Usual with { Concurrency = 1, Queue = 100 });
        scene.OfferMany(40, "flood one");
        scene.OfferMany(40, "flood two");
        var single = scene.Offer("single");

        for (var i = 0; i < 3; i++)
        {
            scene.Pass(0.1);
            scene.End(scene.Started[^1]);
        }

        Assert.Equal(single, scene.Started[^1]);
    }

    [Fact]
    public void A_call_whose_deadline_passes_in_the_queue_is_refused_promptly()
    {
        var scene = LaneScene.Warm();
        scene.OfferMany(4);
        var patient = scene.Offer(patience: 3);
        var hasty = scene.Offer(patience: 2);

        Assert.Equal(scene.Now + LaneScene.Seconds(2), scene.Lane.NextWake(scene.Now));
        scene.Pass(2);

        Assert.Equal([hasty], scene.Refused.Keys);
        Assert.Equal(LaneRefusal.Deadline, scene.Refused[hasty]);
        scene.Pass(1);
        Assert.Equal(LaneRefusal.Deadline, scene.Refused[patient]);
    }

    [Fact]
    public void Nobody_waits_longer_than_the_settings_allow()
    {
        var scene = LaneScene.Warm();
        scene.OfferMany(4);
        var call = scene.Offer(patience: 1000);

        scene.Pass(4.999);
        Assert.Empty(scene.Refused);
        scene.Pass(0.001);
        Assert.Equal(LaneRefusal.Deadline, scene.Refused[call]);
    }

    [Fact]
    public void A_call_that_comes_after_its_deadline_is_refused_even_by_an_idle_lane()
    {
        var scene = LaneScene.Warm();
        var call = scene.Offer(patience: 0);

        Assert.Equal(LaneRefusal.Deadline, scene.Refused[call]);
    }

    [Fact]
    public void Without_a_queue_a_call_starts_now_or_is_refused()
    {
        var scene = LaneScene.Warm(LaneScene.Usual with { Queue = 0 });
        var calls = scene.OfferMany(5);

        Assert.Equal(calls[..4], scene.Started);
        Assert.Equal(LaneRefusal.Full, scene.Refused[calls[4]]);
    }

    [Fact]
    public void A_smaller_queue_sheds_the_newest_calls_of_the_longest_lines()
    {
        var scene = LaneScene.Warm();
        scene.OfferMany(4);
        var many = scene.OfferMany(5, "many");
        var few = scene.OfferMany(2, "few");

        scene.Do((lane, now) => lane.Configure(LaneScene.Usual with { Queue = 4 }, now));

        Assert.Equal([many[4], many[3], many[2]], scene.Refused.Keys);
        Assert.DoesNotContain(few[1], scene.Refused.Keys);
    }

    [Fact]
    public void The_queue_forgets_calls_that_left_it_long_before_their_deadline()
    {
        var scene = LaneScene.Warm(LaneScene.Usual with { Concurrency = 1, QueueDeadline = LaneScene.Seconds(1000) });
        scene.Offer();
        for (var i = 0; i < 500; i++)
        {
            scene.Offer("m" + (i % 3));
            scene.Pass(0.1);
            scene.End(scene.Started[^1]);
        }

        Assert.Equal(501, scene.Started.Count);
        Assert.Empty(scene.Refused);
        scene.End(scene.Started[^1]);
        Assert.Null(scene.Lane.NextWake(scene.Now));
    }
}
