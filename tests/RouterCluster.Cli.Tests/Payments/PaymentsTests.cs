namespace RouterCluster.Cli.Tests.Payments;

public sealed class PaymentsTests
{
    private static readonly string Page = $$"""{ "items": [ {{Bodies.Payment}} ],  "next": "c 1" }""";

    [Fact]
    public async Task Every_filter_is_a_part_of_the_question()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers(
            "GET /admin/v1/payments?state=failed&channel=bravo&merchant=demo&product=withhold&class=customer_funds&code=51"
            + "&bank=ICBC&since=2h&until=2026-01-02T03%3A04%3A05Z&sort=created_at&min_amount=1&max_amount=12000&cursor=c%200"
            + "&limit=5", Page);

        var ending = await Tool.RunAsync(
            node, "payments", "--state", "failed", "--channel", "bravo", "--merchant", "demo", "--product", "withhold",
            "--class", "customer_funds", "--code", "51", "--bank", "ICBC", "--since", "2h", "--until", "2026-01-02T03:04:05Z",
            "--sort", "created_at", "--min-amount", "1", "--max-amount", "12000", "--cursor", "c 0", "--limit", "5");

        Assert.Equal(0, ending.Code);
        Assert.Matches(@"pay_3x1 +failed +12,000\.50 CNY +demo +bravo +customer_funds +51 +2026-01-02 03:04:05", ending.Output);
        Assert.Contains("--cursor c 1", ending.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wide_shows_the_numbers_too()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/payments?since=1h", Page);

        var ending = await Tool.RunAsync(node, "payments", "--since", "1h", "-o", "wide");

        Assert.Matches(@"A-1001 +withhold +ICBC +622202\*+0001 +2 +2026-01-02 03:04:08", ending.Output);
    }

    [Fact]
    public async Task Csv_has_raw_values_and_nothing_but_rows()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/payments?since=1h", Page.Replace("\"51\"", "\"=1,\\\"x\"", StringComparison.Ordinal));

        var ending = await Tool.RunAsync(node, "payments", "--since", "1h", "-o", "csv");

        Assert.Equal(
            "id,created_at,updated_at,state,merchant,order_no,product,amount,currency,channel,class,code,bank,account,attempts\n"
            + "pay_3x1,2026-01-02T03:04:05.000Z,2026-01-02T03:04:08.000Z,failed,demo,A-1001,withhold,1200050,CNY,bravo,"
            + "customer_funds,\"'=1,\"\"x\",ICBC,622202******0001,2\n",
            ending.Output);
        Assert.Equal("There are more: --cursor c 1", ending.Error.Trim());
    }

    [Theory]
    [InlineData("-o json")]
    [InlineData("--json")]
    public async Task Json_is_the_answer_as_it_came(string form)
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/payments?since=1h", Page);

        var ending = await Tool.RunAsync(node, ["payments", "--since", "1h", .. form.Split(' ')]);

        Assert.Equal(Page, ending.Output);
    }

    [Fact]
    public async Task A_filter_that_would_read_everything_says_what_would_do()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers(
            "GET /admin/v1/payments?code=51",
            """
            { "type": "urn:routercluster:problem:invalid", "title": "The request is not valid", "status": 400,
              "code": "invalid", "errors": [ { "field": "code", "message": "would read every payment: add since" } ] }
            """,
            400);

        var ending = await Tool.RunAsync(node, "payments", "--code", "51");

        Assert.Equal(1, ending.Code);
        Assert.Contains("code: would read every payment: add since", ending.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("payments -o xml")]
    [InlineData("payments --min-amount few")]
    public Task A_wrong_option_asks_nobody(string arguments) => Tool.AsksNobodyAsync(arguments);

    [Fact]
    public async Task Help_has_an_example() => Assert.Contains(
        "routerctl payments --since 1h --channel alpha", await Tool.HelpAsync("payments"), StringComparison.Ordinal);
}
