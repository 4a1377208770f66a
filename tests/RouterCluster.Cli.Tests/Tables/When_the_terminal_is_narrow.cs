using System.Text.RegularExpressions;
using Spectre.Console;

namespace RouterCluster.Cli.Tests.Tables;

public sealed partial class When_the_terminal_is_narrow
{
    private const int Rows = 3;

    public static TheoryData<string, int> EveryVerb => Crossed(Verbs.All, 70, 80, 120, 200);

    public static TheoryData<string, int> EveryList => Crossed(Verbs.Lists, 80, 120);

    [Theory]
    [MemberData(nameof(EveryVerb))]
    public async Task Should_write_no_line_that_is_wider(string arguments, int width)
    {
        var ending = await ShowAsync(arguments, width);

        Assert.All(ending.Lines, line => Assert.InRange(line.GetCellWidth(), 0, width));
    }

    [Theory]
    [MemberData(nameof(EveryVerb))]
    public async Task Should_write_ids_whole_or_not_at_all(string arguments, int width)
    {
        var ending = await ShowAsync(arguments, width);

        Assert.Empty(BrokenId().Matches(ending.Output.Replace(LongBodies.Id, "").Replace(LongBodies.OtherId, "")));
        // The first id is what the row is about.
        Assert.Contains(LongBodies.Id, ending.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EveryList))]
    public async Task Should_write_one_line_for_each_row_below_its_heading(string arguments, int width)
    {
        var ending = await ShowAsync(arguments, width);

        var table = ending.Lines.TakeWhile(line => !line.StartsWith("Not shown", StringComparison.Ordinal));
        Assert.Equal(1 + Rows, table.Count(line => line.Length > 0));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(60)]
    public async Task Should_keep_ids_whole_where_they_cannot_fit(int width)
    {
        foreach (var verb in Verbs.All)
        {
            var ending = await ShowAsync(verb.Arguments, width);

            Assert.Empty(BrokenId().Matches(ending.Output.Replace(LongBodies.Id, "").Replace(LongBodies.OtherId, "")));
            Assert.Contains(LongBodies.Id, ending.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Should_say_of_six_channels_in_six_lines_what_matters_most()
    {
        await using var node = await StubNode.StartAsync();
        var six = string.Join(", ", Enumerable.Repeat(Bodies.Alpha, 5).Append(Bodies.Bravo));
        node.Answers("GET /admin/v1/channels", $$"""{ "items": [ {{six}} ], "next": null }""");

        var ending = await Tool.OnTerminalAsync(80, node, "channels");

        const string Alpha = @"^alpha +active +31\.0% +97\.4% +7 .*closed +3/16 +2\b";
        Assert.Equal(5, ending.Lines.Count(line => Regex.IsMatch(line, Alpha)));
        Assert.Single(ending.Lines, line => Regex.IsMatch(line, @"^bravo +disabled +0\.0% +- +0 .*isolated +0/8 +0\b"));
        Assert.All(ending.Lines, line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public async Task Should_name_the_columns_that_are_left_out()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/channels", Bodies.Channels);

        var narrow = await Tool.OnTerminalAsync(80, node, "channels");
        var wide = await Tool.OnTerminalAsync(200, node, "channels");

        Assert.Matches(@"Not shown for want of room: .*p50", string.Join(' ', narrow.Lines));
        Assert.DoesNotContain("p50 ", narrow.Lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Not shown", wide.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_show_both_numbers_of_an_attempt_below_each_other()
    {
        var ending = await ShowAsync("payment pay_1", 80);

        Assert.Matches($@"Our number\s+01JH0{{20,}}1\s+", ending.Output);
        Assert.Matches($@"The channel's number\s+{LongBodies.OtherId}", ending.Output);
    }

    private static async Task<Ending> ShowAsync(string arguments, int width)
    {
        var verb = Verbs.All.Single(verb => verb.Arguments == arguments);
        await using var node = await StubNode.StartAsync();
        node.Answers(verb.Request, verb.Body(Rows));
        var ending = await Tool.OnTerminalAsync(width, node, verb.Words);
        Assert.True(ending.Code == 0, ending.Error);
        return ending;
    }

    private static TheoryData<string, int> Crossed(IEnumerable<ShowingVerb> verbs, params int[] widths)
    {
        var data = new TheoryData<string, int>();
        foreach (var verb in verbs)
        {
            foreach (var width in widths)
            {
                data.Add(verb.Arguments, width);
            }
        }

        return data;
    }

    [GeneratedRegex("xxx|yyy")]
    private static partial Regex BrokenId();
}
