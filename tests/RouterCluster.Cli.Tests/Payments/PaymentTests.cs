namespace RouterCluster.Cli.Tests.Payments;

public sealed class PaymentTests
{
    [Fact]
    public async Task A_payment_shows_its_money_its_failure_and_every_attempt()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/payments/pay_3x1", Bodies.Payment);

        var ending = await Tool.RunAsync(node, "payment", "pay_3x1");

        Assert.Equal(0, ending.Code);
        Assert.Matches(@"Amount +12,000\.50 CNY", ending.Output);
        Assert.Matches(@"Account +622202\*{6}0001 at ICBC", ending.Output);
        Assert.Contains("customer_funds, code 51, bravo: balance [red]too low[/]", ending.Output);
        Assert.Matches(@"1 +alpha +failed +channel_maintenance +39 +2026-01-02 03:04:05\.000 UTC +1\.5s", ending.Output);
        Assert.Matches(@"2 +bravo +failed +customer_funds +51 +2026-01-02 03:04:07\.000 UTC +-", ending.Output);
        Assert.Matches("2 +01JH0000000000000000000000000002 +B-77", ending.Output);
        Assert.Matches(@"First outcomes[\s\S]*1 +unknown +http_500", ending.Output);
    }

    [Fact]
    public async Task An_order_number_is_looked_up_with_its_merchant()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/payments?merchant=demo&order_no=A-1001", Bodies.Payment);

        var ending = await Tool.RunAsync(node, "payment", "A-1001", "--merchant", "demo");

        Assert.Equal(0, ending.Code);
        Assert.Contains("pay_3x1", ending.Output);
    }

    [Fact]
    public async Task A_timeline_shows_each_step_with_its_row_and_what_is_due()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/payments/pay_3x1/timeline", Bodies.Timeline);

        var ending = await Tool.RunAsync(node, "payment", "pay_3x1", "--timeline");

        Assert.Equal(0, ending.Code);
        Assert.Matches(@"2026-01-02 03:04:05\.000 UTC +send +Attempt 1 .* to alpha +3/1234 +order 01JH1", ending.Output);
        Assert.Matches(@"03:04:25\.000 UTC +operator +alice asked alpha about it +- +the customer is", ending.Output);
        Assert.Matches(@"03:05:00\.000 UTC +query +due: alpha is asked about it", ending.Output);
        Assert.Contains("too many rows", ending.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timeline_by_order_number_asks_for_the_payment_first()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/payments?merchant=demo&order_no=A-1001", Bodies.Payment);
        node.Answers("GET /admin/v1/payments/pay_3x1/timeline", Bodies.Timeline);

        var ending = await Tool.RunAsync(node, "payment", "A-1001", "--merchant", "demo", "--timeline", "--json");

        Assert.Equal(new Ending(0, Bodies.Timeline, ""), ending);
    }

    [Fact]
    public async Task An_order_number_that_looks_like_an_id_is_found_by_naming_the_merchant()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/payments?merchant=demo&order_no=pay_1", Bodies.Payment);

        var ending = await Tool.RunAsync(node, "payment", "pay_1", "--merchant", "demo");

        Assert.Equal(0, ending.Code);
    }

    [Fact]
    public async Task Explain_shows_the_choice_its_rivals_and_who_was_out()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/payments/pay_3x1/explain", Bodies.Explain);

        var ending = await Tool.RunAsync(node, "explain", "pay_3x1");

        Assert.Equal(0, ending.Code);
        Assert.Contains("Attempt 1: alpha, policy weighted, drawn 0.2500", ending.Output);
        Assert.Matches(@"alpha +0\.9700 +chosen", ending.Output);
        Assert.Matches(@"charlie +0\.5000 +candidate", ending.Output);
        Assert.Matches("bravo +- +excluded: breaker_open", ending.Output);
        Assert.DoesNotContain("more", ending.Output);
    }

    [Fact]
    public async Task Explain_counts_the_channels_that_it_does_not_name()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/payments/pay_3x1/explain", Bodies.ExplainOfMany);

        var ending = await Tool.RunAsync(node, "explain", "pay_3x1");

        Assert.Contains("How many channels more: candidate 12, excluded: full 7, excluded: amount 1.", ending.Output);
    }
}
