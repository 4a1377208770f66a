using RouterCluster.Domain.Gateways;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Gateways;

public sealed class DecisionBookTests
{
    private static readonly MerchantId Shop = new("shop");
    private static readonly DecisionLimits Limits = new(TimeSpan.FromMinutes(2), 1000, 3, 4);

    private readonly DecisionBook _book = new(Limits);
    private readonly Random _draws = new(1);
    private double _now;

    [Fact]
    public void Traffic_leaves_the_gateway_that_fails()
    {
        Run(300, gateway => true);

        var decided = Run(300, gateway => gateway != "a");

        Assert.InRange(decided.TakeLast(100).Count(gateway => gateway == "a"), 0, 10);
    }

    [Fact]
    public void Merchants_learn_apart()
    {
        Run(300, gateway => gateway != "a");

        var rival = Ask("r-1", merchant: "rival");

        Assert.Equal(rival.Success[0], rival.Success[1]);
    }

    [Fact]
    public void The_same_feedback_again_changes_nothing()
    {
        var (once, often) = (Feedback(times: 1), Feedback(times: 20));

        Assert.Equal(once, often);
    }

    [Fact]
    public void Feedback_after_the_wait_takes_the_place_of_the_guess()
    {
        double SuccessOfA(Action<DecisionBook> late)
        {
            var book = new DecisionBook(Limits);
            for (var i = 0; i < 40; i++)
            {
                book.Decide(Question($"p-{i}", "shop", "a"), 0.5, TimeSpan.FromSeconds(i));
                var feedback = new GatewayFeedback(Shop, $"p-{i}", "a", IsFinal: i != 39, Succeeded: true);
                book.Learn(feedback, TimeSpan.FromSeconds(i + 0.5));
            }

            late(book);
            return book.Decide(Question("last", "shop", "a"), 0.5, TimeSpan.FromSeconds(400)).Success[0];
        }

        var silent = SuccessOfA(_ => { });
        var corrected = SuccessOfA(book =>
        {
            book.Decide(Question("tick", "shop", "b"), 0.5, TimeSpan.FromSeconds(300));
            book.Learn(new GatewayFeedback(Shop, "p-39", "a", IsFinal: true, Succeeded: true), TimeSpan.FromSeconds(310));
        });

        Assert.True(corrected > silent, $"{corrected} after the truth, {silent} without it");
    }

    [Fact]
    public void Feedback_of_a_payment_that_another_node_decided_counts()
    {
        var before = Ask("x-1").Success[0];
        for (var i = 0; i < 30; i++)
        {
            _book.Learn(new GatewayFeedback(Shop, $"elsewhere-{i}", "a", IsFinal: true, Succeeded: false), At(0.1));
        }

        Assert.True(Ask("x-2").Success[0] < before);
    }

    [Fact]
    public void What_a_test_key_tells_says_nothing_of_real_payments()
    {
        var real = Question("real", "shop", "a", "b") with { Mode = ChannelMode.Live };
        var before = _book.Decide(real, 0.5, At(0)).Success[0];
        for (var i = 0; i < 30; i++)
        {
            _book.Learn(new GatewayFeedback(Shop, $"test-{i}", "a", IsFinal: true, Succeeded: false), At(0.1));
        }

        Assert.Equal(before, _book.Decide(real, 0.5, At(0)).Success[0], 9);
    }

    [Fact]
    public void Payments_under_way_say_nothing()
    {
        var before = Ask("u-1").Success;
        _book.Learn(new GatewayFeedback(Shop, "u-1", "a", IsFinal: false, Succeeded: false), At(0));

        Assert.Equal(before[0], Ask("u-1").Success[0], 9);
    }

    [Fact]
    public void Memory_has_an_end()
    {
        for (var i = 0; i < 5000; i++)
        {
            Ask($"many-{i}");
        }

        Assert.Equal(1000, _book.Remembered);
    }

    [Fact]
    public void More_gateways_than_can_be_told_apart_are_taken_in_the_callers_order()
    {
        var answer = _book.Decide(Question("g-1", "shop", "a", "b", "c", "d"), 0.5, At(0));

        Assert.False(answer.IsScored);
        Assert.Equal("a", answer.Decided);
        Assert.True(Ask("g-2").IsScored);
    }

    private double Feedback(int times)
    {
        var book = new DecisionBook(Limits);
        book.Decide(Question("p", "shop", "a"), 0.5, TimeSpan.Zero);
        for (var i = 0; i < times; i++)
        {
            book.Learn(new GatewayFeedback(Shop, "p", "a", IsFinal: true, Succeeded: false), TimeSpan.FromSeconds(1));
        }

        return book.Decide(Question("q", "shop", "a"), 0.5, TimeSpan.FromSeconds(2)).Success[0];
    }

    private List<string> Run(int payments, Func<string, bool> succeeds)
    {
        var decided = new List<string>();
        for (var i = 0; i < payments; i++)
        {
            var id = $"run-{_now}";
            var gateway = Ask(id).Decided;
            decided.Add(gateway);
            _book.Learn(new GatewayFeedback(Shop, id, gateway, IsFinal: true, succeeds(gateway)), At(0.05));
        }

        return decided;
    }

    private GatewayAnswer Ask(string payment, string merchant = "shop") =>
        _book.Decide(Question(payment, merchant, "a", "b"), _draws.NextDouble(), At(0.05));

    private TimeSpan At(double later) => TimeSpan.FromSeconds(_now += later);

    private static GatewayQuestion Question(string payment, string merchant, params string[] gateways) =>
        new(new MerchantId(merchant), payment, "ORDER_PAYMENT, CARD", "ORDER_PAYMENT, CARD, CREDIT", [.. gateways]);
}
