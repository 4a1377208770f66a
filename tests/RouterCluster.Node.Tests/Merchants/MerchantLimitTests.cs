using Microsoft.Extensions.Time.Testing;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Merchants;

public sealed class MerchantLimitTests
{
    private const string Day = "router.merchants.shop.limits.amount-per-day = 20000";

    /// <summary>On the day of the fake books' payments.</summary>
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 4, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task The_rate_refuses_what_is_too_fast_of_this_merchant_alone()
    {
        await using var node = await TestNode.StartAsync(
            "router.merchants.shop.limits.rate-per-second = 1", new FakeTimeProvider());

        var first = await node.PostPaymentAsync(Samples.Body("A-1"));
        var second = await node.PostPaymentAsync(Samples.Body("A-2"));
        var other = await node.PostPaymentAsync(Samples.Body("A-3"), "other-key");

        Assert.Equal((201, 429, 201), (first.Status, second.Status, other.Status));
        Assert.Equal(("merchant_limit", "1"), (second.Code, second.Message.Headers.RetryAfter?.ToString()));
    }

    [Fact]
    public async Task Answers_to_a_merchant_with_a_rate_say_what_is_left_of_it()
    {
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartAsync("router.merchants.shop.limits.rate-per-second = 2", time);

        var before = await node.GetAsync("/v1/payments?order_no=A-1", "shop-key");
        var first = await node.PostPaymentAsync(Samples.Body("A-1"));
        await node.PostPaymentAsync(Samples.Body("A-2"));
        var refused = await node.PostPaymentAsync(Samples.Body("A-3"));
        time.Advance(TimeSpan.FromSeconds(0.5));
        var later = await node.GetAsync("/v1/payments?order_no=A-1", "shop-key");
        var unlimited = await node.PostPaymentAsync(Samples.Body("A-3"), "other-key");

        Assert.Equal([404, 201, 429, 200, 201], new[] { before, first, refused, later, unlimited }.Select(one => one.Status));
        Assert.Equal([(2, 2, 0), (2, 1, 1), (2, 0, 1), (2, 1, 1)], new[] { before, first, refused, later }.Select(RateOf));
        Assert.False(unlimited.Message.Headers.Contains("RateLimit-Limit"));
    }

    private static (int Limit, int Remaining, int Reset) RateOf(Answer answer)
    {
        int Value(string name) => int.Parse(
            Assert.Single(answer.Message.Headers.GetValues($"RateLimit-{name}")),
            System.Globalization.CultureInfo.InvariantCulture);
        return (Value("Limit"), Value("Remaining"), Value("Reset"));
    }

    [Theory]
    [InlineData("router.merchants.shop.limits.in-flight = 1", 429, "merchant_limit")]
    [InlineData("router.http.max-in-flight = 1", 503, "overloaded")]
    public async Task Requests_at_once_are_bounded_and_their_places_come_back(string limit, int status, string code)
    {
        await using var node = await TestNode.StartAsync(limit);
        var (entered, end) = (new TaskCompletionSource(), new TaskCompletionSource<BookAnswer>());
        node.Payments.OnAccept = (_, _) =>
        {
            entered.SetResult();
            return end.Task;
        };
        var running = node.PostPaymentAsync(Samples.Body("A-1"));
        await entered.Task;

        var refused = await node.PostPaymentAsync(Samples.Body("A-2"));
        end.SetResult(new BookAnswer.StillAccepting());
        await running;
        node.Payments.OnAccept = null;
        var later = await node.PostPaymentAsync(Samples.Body("A-3"));

        Assert.Equal((status, code, 201), (refused.Status, refused.Code, later.Status));
        Assert.NotNull(refused.Message.Headers.RetryAfter);
    }

    [Fact]
    public async Task One_payment_may_be_no_larger_than_its_limit()
    {
        await using var node = await TestNode.StartAsync("router.merchants.shop.limits.amount-per-payment = 11999");

        var answer = await node.PostPaymentAsync(Samples.Body());

        Assert.Equal((429, "merchant_limit"), (answer.Status, answer.Code));
        Assert.Empty(node.Payments.Accepted);
    }

    [Fact]
    public async Task A_day_counts_each_payment_once_however_often_it_is_asked_for()
    {
        await using var node = await TestNode.StartAsync(Day, _time);
        var first = await node.PostPaymentAsync(Samples.Body("A-1"));

        var repeat = await node.PostPaymentAsync(Samples.Body("A-1"));
        var small = Samples.Body("A-2");
        small["amount"] = 8000;
        var fits = await node.PostPaymentAsync(small);
        var over = await node.PostPaymentAsync(Samples.Body("A-3"));
        var again = await node.PostPaymentAsync(Samples.Body("A-1"));

        Assert.Equal((201, 200, 201, 429, 200), (first.Status, repeat.Status, fits.Status, over.Status, again.Status));
    }

    [Fact]
    public async Task What_was_not_stored_is_given_back_and_what_may_have_been_is_not()
    {
        await using var node = await TestNode.StartAsync(Day, _time);
        node.Payments.OnAccept = (_, _) => Task.FromResult<BookAnswer>(new BookAnswer.NoChannelNow(TimeSpan.FromSeconds(1)));
        await node.PostPaymentAsync(Samples.Body("A-1"));
        await node.PostPaymentAsync(Samples.Body("A-2"));
        node.Payments.OnAccept = (_, _) => Task.FromResult<BookAnswer>(new BookAnswer.StillAccepting());
        var unknown = await node.PostPaymentAsync(Samples.Body("A-3"));
        node.Payments.OnAccept = null;

        var over = await node.PostPaymentAsync(Samples.Body("A-4"));

        Assert.Equal((409, 429), (unknown.Status, over.Status));
    }

    [Fact]
    public async Task A_number_of_which_nobody_can_tell_is_409_when_the_day_is_used_up()
    {
        await using var node = await TestNode.StartAsync(Day, _time);
        await node.PostPaymentAsync(Samples.Body("A-0"));
        node.Payments.OnGet = _ => new BookAnswer.OutOfReach();

        var answer = await node.PostPaymentAsync(Samples.Body("A-1"));

        Assert.Equal((409, "in_progress"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData(PaymentState.Failed, 0)]
    [InlineData(PaymentState.Succeeded, -1)]
    public async Task A_repeat_of_what_moves_no_money_or_is_of_another_day_takes_nothing(PaymentState state, int days)
    {
        await using var node = await TestNode.StartAsync(Day, _time);
        node.Payments.OnAccept = (content, _) => Task.FromResult<BookAnswer>(new BookAnswer.Stored(
            Samples.Payment(node.Payments.IdOf(content.Merchant, content.OrderNo), content, _time.GetUtcNow().AddDays(days)) with
            {
                State = state,
            },
            IsNew: false));
        await node.PostPaymentAsync(Samples.Body("A-1"));
        node.Payments.OnAccept = null;

        Assert.Equal(201, (await node.PostPaymentAsync(Samples.Body("A-2"))).Status);
        Assert.Equal(429, (await node.PostPaymentAsync(Samples.Body("A-3"))).Status);
    }

    [Theory]
    [InlineData(Day)]
    [InlineData("router.merchants.shop.limits.rate-per-second = 100")]
    [InlineData("router.merchants.shop.duplicates = suspend")]
    public async Task Without_storage_of_the_limits_nothing_is_handed_on_and_nobody_says_that_nothing_is_stored(string hocon)
    {
        await using var node = await TestNode.StartAsync(hocon, _time);
        node.Get<FakeAdmissions>().IsAway = true;

        var answer = await node.PostPaymentAsync(Samples.Body("A-1"));
        var other = await node.PostPaymentAsync(Samples.Body("A-1"), "other-key");

        Assert.Equal((409, "in_progress", 201), (answer.Status, answer.Code, other.Status));
        Assert.Equal("other", Assert.Single(node.Payments.Accepted).Content.Merchant.Value);
    }

    [Fact]
    public async Task A_flood_above_the_rate_asks_the_storage_once()
    {
        await using var node = await TestNode.StartAsync("router.merchants.shop.limits.rate-per-second = 1", _time);
        for (var request = 0; request < 10; request++)
        {
            await node.PostPaymentAsync(Samples.Body($"A-{request}"));
        }

        Assert.Equal(2, node.Get<FakeAdmissions>().Asked);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(201, (await node.PostPaymentAsync(Samples.Body("A-10"))).Status);
    }

    [Fact]
    public async Task A_merchant_without_such_limits_costs_the_storage_nothing()
    {
        await using var node = await TestNode.StartAsync("router.merchants.shop.limits.in-flight = 10");

        await node.PostPaymentAsync(Samples.Body("A-1"));

        Assert.Equal(0, node.Get<FakeAdmissions>().Asked);
    }
}
