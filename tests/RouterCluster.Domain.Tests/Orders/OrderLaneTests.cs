using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Orders;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Tests.Lanes;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Orders;

public sealed class OrderLaneTests
{
    private static readonly Outcome TooFast = new(OutcomeClass.ChannelThrottled, Landing.NotLanded, "TOO_FAST");
    private static readonly LaneSettings One = LaneScene.Usual with { Concurrency = 1 };

    private readonly OrderLaneScene _scene = new();

    [Fact]
    public void An_order_that_may_start_is_sent_at_once() =>
        Assert.Equal(OrderLaneScene.Order(1).OrderNo, _scene.Send(1).Order.OrderNo);

    [Fact]
    public void An_end_goes_to_the_book_again_until_the_book_has_taken_it()
    {
        _scene.End(_scene.Send(1), Success);
        var told = Assert.Single(_scene.Take().Reports());
        Assert.Equal(new AttemptReport(IdOf("A-1"), 1, Alpha, ReportSource.Submit, Success), told);

        _scene.Pass(2);
        _scene.Lane.Tell(_scene.Now);
        Assert.Equal([told], _scene.Take().Reports());

        _scene.Lane.Taken(told.Payment, told.AttemptNo);
        _scene.Pass(2);
        _scene.Lane.Tell(_scene.Now);
        Assert.Empty(_scene.Take().Reports());
    }

    [Fact]
    public void A_refusal_goes_to_the_book_as_not_sent()
    {
        Configure(_scene, LaneScene.Usual, Intake.Closed);
        _scene.Lane.Offer(OrderLaneScene.Order(1), _scene.Now);

        var outcome = Assert.Single(_scene.Take().Reports()).Outcome;
        Assert.Equal((Landing.NotSent, "disabled"), (outcome.Landing, outcome.Code));
    }

    [Fact]
    public void The_book_knows_when_its_order_waits_and_when_that_is_over()
    {
        var scene = new OrderLaneScene(One);
        var first = scene.Send(1);
        scene.Lane.Offer(OrderLaneScene.Order(2), scene.Now);
        Assert.Equal(
            new OrderLaneEffect<SubmitOrder>.TellQueued(IdOf("A-2"), 1, true),
            Assert.Single(scene.Take().OfType<OrderLaneEffect<SubmitOrder>.TellQueued>()));

        scene.Pass(1);
        scene.End(first, Success);
        var effects = scene.Take();
        Assert.Equal(
            new OrderLaneEffect<SubmitOrder>.TellQueued(IdOf("A-2"), 1, false),
            Assert.Single(effects.OfType<OrderLaneEffect<SubmitOrder>.TellQueued>()));
        Assert.Equal(IdOf("A-2"), Assert.Single(effects.OfType<OrderLaneEffect<SubmitOrder>.Send>()).Order.Payment);
    }

    [Fact]
    public void An_order_is_sent_with_the_time_that_it_waited_in_the_queue()
    {
        var scene = new OrderLaneScene(One);
        var first = scene.Send(1);
        Assert.Equal(TimeSpan.Zero, first.Waited);
        scene.Lane.Offer(OrderLaneScene.Order(2), scene.Now);
        scene.Pass(1);
        scene.End(first, Success);

        var second = Assert.Single(scene.Take().OfType<OrderLaneEffect<SubmitOrder>.Send>());
        Assert.Equal(TimeSpan.FromSeconds(1), second.Waited);
    }

    [Fact]
    public void An_order_waits_no_longer_than_it_may_be_sent()
    {
        var scene = new OrderLaneScene(One);
        scene.Send(1);
        scene.Lane.Offer(OrderLaneScene.Order(2) with { SendBefore = scene.Now.Utc.AddSeconds(2) }, scene.Now);
        scene.Pass(1.9);
        Assert.Empty(scene.Take().Reports());

        scene.Pass(0.1);
        Assert.Equal("lane_deadline", Assert.Single(scene.Take().Reports()).Outcome.Code);
    }

    [Fact]
    public void Only_an_order_that_waits_is_withdrawn()
    {
        var scene = new OrderLaneScene(One);
        scene.Send(1);
        scene.Lane.Offer(OrderLaneScene.Order(2), scene.Now);
        scene.Take();

        scene.Lane.Withdraw(OrderLaneScene.Order(1).OrderNo, scene.Now);
        Assert.Empty(scene.Take());
        scene.Lane.Withdraw(OrderLaneScene.Order(2).OrderNo, scene.Now);
        Assert.Equal("withdrawn", Assert.Single(scene.Take().Reports()).Outcome.Code);
    }

    [Fact]
    public void Signals_go_to_the_channel_once_with_their_age()
    {
        var sent = _scene.Send(1);
        _scene.Pass(0.3);
        _scene.End(sent, Success);
        _scene.Pass(0.2);

        var signals = _scene.Tell().Signals;
        Assert.Equal([SignalKind.Dispatched, SignalKind.Ended], signals.Select(signal => signal.Signal.Kind));
        Assert.Equal([0.5, 0.2], signals.Select(signal => Math.Round(signal.Signal.Age.TotalSeconds, 3)));
        Assert.Empty(_scene.Tell().Signals);
    }

    [Fact]
    public void A_notice_tells_the_truth_about_an_order()
    {
        _scene.Lane.Noticed("no-1", Domain.Vocabulary.Product.Payout, NoFunds, _scene.Now.Monotonic);

        var (orderNo, signal) = Assert.Single(_scene.Tell().Signals);
        Assert.Equal(("no-1", SignalKind.Corrected, OutcomeClass.CustomerFunds), (orderNo, signal.Kind, signal.Class));
    }

    [Fact]
    public void An_end_that_is_told_twice_is_one_signal()
    {
        var sent = _scene.Send(1);
        _scene.End(sent, Unknown);
        _scene.End(sent, Unknown);

        Assert.Equal(1, _scene.Tell().Signals.Count(signal => signal.Signal.Kind == SignalKind.Ended));
    }

    [Fact]
    public void The_channel_learns_for_how_long_the_company_wants_to_be_left_alone()
    {
        _scene.End(_scene.Send(1), new CallEnd(TooFast) { Pause = TimeSpan.FromSeconds(7) });

        Assert.Contains(new LaneNews.PausedUntil(_scene.Now.Utc.AddSeconds(7)), _scene.Take().News());
    }

    [Fact]
    public void The_channel_learns_until_when_the_company_is_closed()
    {
        var until = _scene.Now.Utc.AddMinutes(20);
        _scene.End(_scene.Send(1), new CallEnd(Maintenance) { ClosedUntil = until });

        Assert.Contains(new LaneNews.ClosedUntil(until), _scene.Take().News());
    }

    [Fact]
    public void A_breaker_that_turns_is_told_with_a_report_behind_it()
    {
        for (var number = 1; number <= LaneScene.Usual.Breaker.MinimumCalls; number++)
        {
            _scene.Take();
            _scene.End(_scene.Send(number), Unknown);
        }

        var news = _scene.Take().News().ToList();
        var turned = Assert.IsType<LaneNews.BreakerTurned>(news[0]);
        var reported = Assert.IsType<LaneNews.Reported>(news[1]);
        Assert.Equal((BreakerState.Open, BreakerState.Open), (turned.Memory.State, reported.Report.Breaker));
    }

    [Fact]
    public void A_configuration_is_in_force_when_its_version_is_reported()
    {
        Configure(_scene, LaneScene.Usual with { Concurrency = 2 }, Intake.Open, version: 5);

        var reported = Assert.IsType<LaneNews.Reported>(Assert.Single(_scene.Take().News()));
        Assert.Equal((5, 2), (reported.Version, reported.Report.Budget));
        Assert.Equal(2, _scene.Lane.Settings.Concurrency);
    }

    [Fact]
    public void A_lane_begins_paused_when_its_predecessor_was_and_an_operator_ends_that()
    {
        var scene = new OrderLaneScene(paused: TimeSpan.FromMinutes(5));
        scene.Lane.Offer(OrderLaneScene.Order(1), scene.Now);
        Assert.Equal("paused", Assert.Single(scene.Take().Reports()).Outcome.Code);

        Configure(scene, LaneScene.Usual, Intake.Open, resumes: true);
        scene.Pass(1);
        scene.Take();
        Assert.Equal(IdOf("A-2"), scene.Send(2).Order.Payment);
    }

    [Fact]
    public void A_lane_that_stops_is_done_when_its_calls_have_ended_and_the_books_have_taken_that()
    {
        var sent = _scene.Send(1);
        _scene.Lane.Stop(_scene.Now);
        Assert.False(_scene.Lane.IsDone);

        _scene.End(sent, Success);
        Assert.False(_scene.Lane.IsDone);

        var told = _scene.Take().Reports().Single();
        _scene.Lane.Taken(told.Payment, told.AttemptNo);
        Assert.True(_scene.Lane.IsDone);
    }

    [Fact]
    public void What_no_book_has_taken_goes_to_the_next_owners_lane_which_repeats_it()
    {
        var sent = _scene.Send(1);
        _scene.Lane.Stop(_scene.Now);
        Assert.False(_scene.Lane.HasEnded);
        _scene.End(sent, Success);
        var told = _scene.Take().Reports().Single();
        Assert.True(_scene.Lane.HasEnded);

        var left = _scene.Lane.HandOver();
        Assert.Equal(told, Assert.Single(left));
        Assert.True(_scene.Lane.IsDone);

        var next = new OrderLaneScene();
        next.Lane.Adopt(left, next.Now.Monotonic);
        Assert.Equal(told, next.Take().Reports().Single());
        next.Pass(3);
        next.Lane.Tell(next.Now);
        Assert.Equal(told, next.Take().Reports().Single());
        next.Lane.Taken(told.Payment, told.AttemptNo);
        next.Lane.Stop(next.Now);
        Assert.True(next.Lane.IsDone);
    }

    [Fact]
    public void An_order_that_was_forbidden_at_the_last_moment_says_nothing_of_the_channel()
    {
        var forbidden = Outcome.NotSent(OutcomeClass.ChannelUnreachable, SubmitCall.Forbidden);

        Assert.Equal(CallVerdict.Neutral, SubmitOrders.Instance.Verdict(forbidden));
    }

    [Fact]
    public void An_order_that_operators_keep_away_goes_back_unsent_and_says_nothing_of_the_channel()
    {
        var order = OrderLaneScene.Order(1);
        var scope = new ExclusionScope(null, order.Product, order.Merchant, order.Amount.Minor, order.Amount.Minor);
        _scene.Lane.Configure(
            new LaneConfiguration(1, _scene.Lane.Settings, Intake.Open, Isolated: false, Resumes: false) { Exclusions = [scope] },
            _scene.Now);
        _scene.Take();

        _scene.Lane.Offer(order, _scene.Now);

        var refused = _scene.Take().Reports().Single().Outcome;
        Assert.Equal((Landing.NotSent, "excluded"), (refused.Landing, refused.Code));
        Assert.False(SubmitOrders.Instance.IsExcluded(order, [scope with { Bank = "none" }]));
        Assert.False(SubmitOrders.Instance.IsExcluded(order, []));
    }

    private static void Configure(
        OrderLaneScene scene, LaneSettings settings, Intake intake, long version = 1, bool resumes = false)
    {
        scene.Lane.Configure(new LaneConfiguration(version, settings, intake, Isolated: false, resumes), scene.Now);
        if (version == 1)
        {
            scene.Take();
        }
    }
}
