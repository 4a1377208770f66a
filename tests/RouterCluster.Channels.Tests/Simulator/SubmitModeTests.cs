using System.Net;

namespace RouterCluster.Channels.Tests.Simulator;

public sealed class SubmitModeTests : SimulatorTest
{
    [Fact]
    public async Task Ok_moves_the_money_and_says_so()
    {
        var answer = await Psp.SubmitAsync("order1", 1200);

        Assert.Equal((HttpStatusCode.OK, true), (answer.Http, answer.IsSigned));
        Assert.Equal(("succeeded", "00"), answer.Verdict);
        Assert.Equal("order1", (string?)answer.Field("order_no"));
        Assert.Equal(1200, answer.Amount);
        Assert.Equal("CNY", (string?)answer.Field("currency"));
        Assert.NotNull(answer.ChannelOrderNo);
        await Expect(("submit", "order1", 1200, "moved"));
    }

    [Fact]
    public async Task The_same_number_again_is_a_duplicate_and_moves_nothing()
    {
        await Psp.SubmitAsync("order1", 100);
        var second = await Psp.SubmitAsync("order1", 100);

        Assert.Equal(("failed", "12"), second.Verdict);
        await Expect(("submit", "order1", 100, "moved"), ("submit", "order1", 100, "not_moved"));
    }

    [Fact]
    public async Task Of_many_submits_of_one_number_at_once_one_moves_money()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Psp.SubmitAsync("order1")));

        Assert.Single(answers, answer => answer.Code == "00");
        Assert.Equal(39, answers.Count(answer => answer.Code == "12"));
        Assert.Single(await Psp.CallsAsync(), call => call.Money == "moved");
    }

    [Theory]
    [InlineData("hang", "not_moved", "failed")]
    [InlineData("lost_response", "moved", "succeeded")]
    public async Task Hang_and_lost_response_book_and_never_answer(string mode, string money, string laterStatus)
    {
        await Psp.SetAsync($$"""{ "mode": "{{mode}}", "success_rate": {{(mode == "hang" ? 1 : 0)}} }""");
        using var giveUp = new CancellationTokenSource();
        var submit = Psp.SubmitAsync("order1", cancellation: giveUp.Token);
        await SimulatedPsp.Eventually(async () => (await Psp.CallsAsync()).Length == 1);
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => submit);
        await Expect(("submit", "order1", 100, money));
        await Psp.SetAsync("""{ "mode": "ok" }""");
        Assert.Equal(laterStatus, (await Psp.QueryAsync("order1")).Status);
    }

    [Fact]
    public async Task Reset_before_books_nothing()
    {
        await Psp.SetAsync("""{ "mode": "reset_before" }""");
        await Assert.ThrowsAsync<HttpRequestException>(() => Psp.SubmitAsync("order1"));

        await Expect(("submit", "order1", 100, "not_moved"));
        Assert.Equal(("not_found", "34"), (await Psp.QueryAsync("order1")).Verdict);
    }

    [Fact]
    public async Task Reset_after_books_first()
    {
        await Psp.SetAsync("""{ "mode": "reset_after" }""");
        await Assert.ThrowsAsync<HttpRequestException>(() => Psp.SubmitAsync("order1"));

        await Expect(("submit", "order1", 100, "moved"));
        Assert.Equal(("succeeded", "00"), (await Psp.QueryAsync("order1")).Verdict);
    }

    [Fact]
    public async Task Error_500_is_a_page_and_books_some_orders_but_not_all()
    {
        await Psp.SetAsync("""{ "mode": "error_500" }""");
        for (var order = 0; order < 30; order++)
        {
            var answer = await Psp.SubmitAsync($"order{order}");
            Assert.Equal(HttpStatusCode.InternalServerError, answer.Http);
            Assert.StartsWith("<html>", answer.Text, StringComparison.Ordinal);
        }

        Assert.InRange((await Psp.CallsAsync()).Count(call => call.Money == "moved"), 5, 25);
    }

    [Fact]
    public async Task Bad_signature_tells_the_truth_under_a_wrong_signature()
    {
        await Psp.SetAsync("""{ "mode": "bad_signature" }""");
        var answer = await Psp.SubmitAsync("order1");

        Assert.False(answer.IsSigned);
        Assert.Equal(("succeeded", "00"), answer.Verdict);
        Assert.True((await Psp.QueryAsync("order1")).IsSigned);
    }

    [Fact]
    public async Task Wrong_amount_is_signed_and_booked_right()
    {
        await Psp.SetAsync("""{ "mode": "wrong_amount" }""");
        var answer = await Psp.SubmitAsync("order1", 700);

        Assert.True(answer.IsSigned);
        Assert.NotEqual(700, answer.Amount);
        Assert.Equal(700, (await Psp.QueryAsync("order1")).Amount);
        await Expect(("submit", "order1", 700, "moved"), ("query", "order1", 700, "not_moved"));
    }

    [Fact]
    public async Task Throttle_alternates_between_status_and_code_and_books_nothing()
    {
        await Psp.SetAsync("""{ "mode": "throttle" }""");
        var first = await Psp.SubmitAsync("order1");
        var second = await Psp.SubmitAsync("order1");

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (first.Http, second.Http));
        Assert.Equal(("failed", "TOO_FAST"), second.Verdict);
        Assert.Equal(HttpStatusCode.NotFound, (await Psp.QueryAsync("order1")).Http);
    }

    [Fact]
    public async Task Maintenance_fails_with_39_and_books_nothing()
    {
        await Psp.SetAsync("""{ "mode": "maintenance" }""");

        Assert.Equal(("failed", "39"), (await Psp.SubmitAsync("order1")).Verdict);
        Assert.Equal(HttpStatusCode.NotFound, (await Psp.QueryAsync("order1")).Http);
        await Psp.SetAsync("""{ "mode": "ok" }""");
        Assert.Equal(("succeeded", "00"), (await Psp.SubmitAsync("order1")).Verdict);
    }

    [Fact]
    public async Task Maintenance_says_how_long_it_lasts_where_the_settings_do()
    {
        await Psp.SetAsync("""{ "mode": "maintenance" }""");
        Assert.Null((await Psp.SubmitAsync("order1")).RetryAfter);

        await Psp.SetAsync("""{ "retry_after_s": 90 }""");
        Assert.Equal(TimeSpan.FromSeconds(90), (await Psp.SubmitAsync("order1")).RetryAfter);
    }

    [Fact]
    public async Task Processing_becomes_final_and_only_then_has_money_moved()
    {
        await Psp.SetAsync("""{ "mode": "processing" }""");

        Assert.Equal(("processing", "05"), (await Psp.SubmitAsync("order1")).Verdict);
        Assert.Equal(("processing", "05"), (await Psp.QueryAsync("order1")).Verdict);
        Assert.Equal("not_moved", (await Psp.CallsAsync())[0].Money);
        await SimulatedPsp.Eventually(async () => (await Psp.QueryAsync("order1")).Verdict == ("succeeded", "00"));
        Assert.Equal("moved", (await Psp.CallsAsync())[0].Money);
    }

    private async Task Expect(params (string Kind, string OrderNo, long Amount, string Money)[] calls) =>
        Assert.Equal(calls, (await Psp.CallsAsync())[..calls.Length]);
}
