namespace RouterCluster.Cli.Tests.Channels;

public sealed class ChannelTableTests
{
    [Fact]
    public async Task Channels_shows_a_row_for_each_lane_with_what_an_operator_looks_for()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/channels", Bodies.Channels);

        var ending = await Tool.RunAsync(node, "channels");

        Assert.Equal(0, ending.Code);
        Assert.Matches(
            @"alpha +active +1 +31\.0 % +97\.4 % +7 +1 h 2 min +submit +closed +3/16 +2 +200 +21 ms +1\.5 s", ending.Output);
        Assert.Matches(@"alpha +query +half_open +0/4 +0 +50 +0 ms +0 ms", ending.Output);
        Assert.Matches(@"bravo +disabled +0\.5 +0\.0 % +- +0 +- +submit +isolated +0/8 +0 +12\.5", ending.Output);
    }

    [Fact]
    public async Task Tables_in_a_pipe_fit_120_columns_and_carry_no_escape_sequences()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/channels", Bodies.Channels);
        node.Answers("GET /admin/v1/payments/pay_3x1", Bodies.Payment);

        var channels = await Tool.RunAsync(node, "channels");
        var payment = await Tool.RunAsync(node, "payment", "pay_3x1");

        Assert.All([.. channels.Lines, .. payment.Lines], line => Assert.InRange(line.Length, 0, 120));
        Assert.DoesNotContain('\u001b', channels.Output + payment.Output);
        // Header, rule and two rows per channel: no cell was broken into lines.
        Assert.Equal(6, channels.Lines.Count(line => line.Trim().Length > 0));
    }

    [Fact]
    public async Task Numbers_end_in_the_same_column()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/channels", Bodies.Channels);

        var ending = await Tool.RunAsync(node, "channels");

        var busyEnds = ending.Lines.Single(line => line.Contains("Busy")).IndexOf("Busy", StringComparison.Ordinal) + 4;
        Assert.Equal(busyEnds, ending.Lines.Single(line => line.Contains("3/16")).IndexOf("3/16", StringComparison.Ordinal) + 4);
        Assert.Equal(busyEnds, ending.Lines.Single(line => line.Contains("0/8")).IndexOf("0/8", StringComparison.Ordinal) + 3);
    }

    [Fact]
    public async Task Show_adds_the_unknown_money_and_the_last_change()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/channels/alpha", Bodies.Alpha);

        var ending = await Tool.RunAsync(node, "channel", "show", "alpha");

        Assert.Equal(0, ending.Code);
        Assert.Contains("7, 12,345.67 CNY, oldest 1 h 2 min", ending.Output);
        Assert.Contains("enabled by alice, 2026-01-02 03:04:05.678 UTC: bank is back", ending.Output);
        Assert.Contains("withhold, payout", ending.Output);
    }

    [Fact]
    public async Task More_pages_are_said_to_exist()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/channels", """{ "items": [], "next": "c1" }""");

        var ending = await Tool.RunAsync(node, "channels");

        Assert.Contains("more channels", ending.Output);
    }

    [Fact]
    public async Task Control_characters_and_markup_of_the_node_are_printed_as_text()
    {
        await using var node = await StubNode.StartAsync();
        var hostile = Bodies.Alpha.Replace("bank is back", @"[bold]x[/] \u001b[2J\u0007\n\u202Eevil");
        node.Answers("GET /admin/v1/channels/alpha", hostile);

        var ending = await Tool.RunAsync(node, "channel", "show", "alpha");

        Assert.Contains(@"[bold]x[/] \u001b[2J\u0007\u000a\u202eevil", ending.Output);
        Assert.DoesNotContain('\u001b', ending.Output);
        Assert.DoesNotContain('\u202e', ending.Output);
    }
}
