namespace RouterCluster.Cli.Tests.Payments;

public sealed class FindTests
{
    private static readonly string Found = $$"""{ "items": [ {{Bodies.Payment}} ],  "next": null }""";

    [Fact]
    public async Task A_number_of_any_kind_finds_its_payments()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/search?number=C%2077%2Fx", Found);

        var ending = await Tool.RunAsync(node, "find", "C 77/x");

        Assert.Equal(0, ending.Code);
        Assert.Matches(@"pay_3x1 +failed +12,000\.50 CNY +demo +bravo +customer_funds +51 +2026-01-02 03:04:05", ending.Output);
    }

    [Fact]
    public async Task Wide_shows_the_merchants_number_too()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/search?number=C-77", Found);

        Assert.Contains("A-1001", (await Tool.RunAsync(node, "find", "C-77", "-o", "wide")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_has_the_columns_of_the_list_of_payments()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/search?number=C-77", Found);

        var ending = await Tool.RunAsync(node, "find", "C-77", "-o", "csv");

        Assert.StartsWith("id,created_at,updated_at,state,merchant,order_no", ending.Output, StringComparison.Ordinal);
        Assert.Equal(2, ending.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Json_is_the_answer_as_it_came()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/search?number=C-77", Found);

        Assert.Equal(Found, (await Tool.RunAsync(node, "find", "C-77", "--json")).Output);
    }

    [Theory]
    [InlineData("find")]
    [InlineData("find C-77 -o xml")]
    public Task A_wrong_use_asks_nobody(string arguments) => Tool.AsksNobodyAsync(arguments);

    [Fact]
    public async Task Help_has_an_example() =>
        Assert.Contains("routerctl find A-1001 -o wide", await Tool.HelpAsync("find"), StringComparison.Ordinal);
}
