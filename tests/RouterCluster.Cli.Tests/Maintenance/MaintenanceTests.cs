namespace RouterCluster.Cli.Tests.Maintenance;

public sealed class MaintenanceTests
{
    [Theory]
    [InlineData(
        "--from 2026-12-01T02:30 --until 2026-12-01T04:30",
        """{"channel":"alpha","from":"2026-12-01T02:30","until":"2026-12-01T04:30","reason":"x"}""")]
    [InlineData(
        "--daily --from 02:30 --until 04:30 --time-zone Europe/Berlin",
        """{"channel":"alpha","from":"02:30","until":"04:30","reason":"x","days":["*"],"time_zone":"Europe/Berlin"}""")]
    [InlineData(
        "--days saturday,sunday --from 23:30 --until 01:00 --bank ICBC",
        """{"channel":"alpha","from":"23:30","until":"01:00","reason":"x","days":["saturday","sunday"],"bank":"ICBC"}""")]
    public async Task Add_posts_what_was_given_and_shows_the_id(string options, string body)
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("POST /admin/v1/maintenance", Bodies.Planned);

        var ending = await Tool.RunAsync(node, ["maintenance", "add", "alpha", .. options.Split(' '), "--reason", "x"]);

        Assert.Equal(0, ending.Code);
        Assert.Equal(body, Assert.Single(node.Seen).Body);
        Assert.Matches("Maintenance +alpha.1", ending.Output);
        Assert.Matches("Times +saturday sunday 23:30-01:00 Asia/Shanghai", ending.Output);
        Assert.Matches(@"Ends +2026-01-03 17:00:00\.000 UTC", ending.Output);
    }

    [Theory]
    [InlineData("maintenance")]
    [InlineData("maintenance add alpha --from 02:30 --until 04:30")]
    [InlineData("maintenance add alpha --from 02:30 --reason x")]
    [InlineData("maintenance add alpha --until 02:30 --reason x")]
    [InlineData("maintenance add --from 02:30 --until 04:30 --reason x")]
    [InlineData("maintenance add alpha --from 02:30 --until 04:30 --reason x --daily --days sunday")]
    [InlineData("maintenance remove")]
    [InlineData("maintenance remove ..")]
    [InlineData("maintenance list alpha")]
    [InlineData("maintenance list -o xml")]
    public Task A_wrong_command_line_asks_nobody(string arguments) => Tool.AsksNobodyAsync(arguments);

    [Fact]
    public async Task One_list_has_all_sources()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/maintenance", Bodies.Maintenance);

        var output = (await Tool.RunAsync(node, "maintenance", "list")).Output;

        Assert.Matches(
            @"alpha +alpha\.1 +open +ICBC +2026-01-03 15:30:00\.000 UTC +2026-01-03 17:00:00\.000 UTC +operator "
            + "+saturday sunday 23:30-01:00 Asia/Shanghai +alice +books close",
            output);
        Assert.Matches(@"alpha +- +open +- +- +2026-01-03 18:00:00\.000 UTC +announced +- +- +-", output);
        Assert.Matches(
            @"bravo +- +to come +- +2026-12-01 01:30:00\.000 UTC +2026-12-01 03:30:00\.000 UTC +configured "
            + "+2026-12-01T02:30 to 2026-12-01T04:30 Europe/Berlin +- +-",
            output);
    }

    [Fact]
    public async Task Csv_has_one_line_for_each_and_json_comes_as_it_is()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/maintenance?channel=alpha", Bodies.Maintenance);

        var csv = await Tool.RunAsync(node, "maintenance", "list", "--channel", "alpha", "-o", "csv");
        var json = await Tool.RunAsync(node, "maintenance", "list", "--channel", "alpha", "--json");

        Assert.StartsWith(
            "id,channel,bank,source,from,until,days,time_zone,open,starts_at,ends_at,reason,by,since\n"
            + "alpha.1,alpha,ICBC,operator,23:30,01:00,saturday sunday,Asia/Shanghai,yes,2026-01-03T15:30:00.000Z,"
            + "2026-01-03T17:00:00.000Z,books close,alice,2026-01-02T03:04:05.000Z\n"
            + ",alpha,,announced,,,,,yes,,2026-01-03T18:00:00.000Z,,,\n",
            csv.Output, StringComparison.Ordinal);
        Assert.Equal(Bodies.Maintenance, json.Output);
    }

    [Theory]
    [InlineData("", "{}")]
    [InlineData("--reason off", """{"reason":"off"}""")]
    public async Task Remove_takes_back_by_id(string options, string body)
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("DELETE /admin/v1/maintenance/alpha.1", Bodies.Alpha);

        var words = options.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var ending = await Tool.RunAsync(node, ["maintenance", "remove", "alpha.1", .. words]);

        Assert.Equal(0, ending.Code);
        Assert.Equal(body, Assert.Single(node.Seen).Body);
    }

    [Fact]
    public async Task Explain_says_until_when()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/payments/pay_1/explain", """
            { "payment": "pay_1", "attempts": [ { "no": 1, "policy": "success-rate/1", "chosen": "bravo", "draw": 0.5,
              "candidates": [ { "channel": "bravo", "score": 1 } ],
              "excluded": [ { "channel": "alpha", "reason": "maintenance", "until": "2026-01-03T18:00:00.000Z" } ] } ] }
            """);

        var output = (await Tool.RunAsync(node, "explain", "pay_1")).Output;

        Assert.Matches(@"alpha +- +excluded: maintenance \(until 2026-01-03 18:00:00\.000 UTC\)", output);
    }

    [Theory]
    [InlineData("list", "routerctl maintenance list --channel alpha -o csv")]
    [InlineData("add", "routerctl maintenance add alpha --bank ICBC --days sunday --from 23:30 --until 01:00")]
    [InlineData("remove", "routerctl maintenance remove alpha.1")]
    public async Task Help_has_an_example(string verb, string example) =>
        Assert.Contains(example, await Tool.HelpAsync("maintenance", verb), StringComparison.Ordinal);
}
