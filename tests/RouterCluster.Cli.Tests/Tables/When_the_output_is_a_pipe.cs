using System.Text.RegularExpressions;

namespace RouterCluster.Cli.Tests.Tables;

public sealed class When_the_output_is_a_pipe
{
    private const int Rows = 3;

    public static TheoryData<string> EveryVerb => [.. Verbs.All.Select(verb => verb.Arguments)];

    public static TheoryData<string> EveryList => [.. Verbs.Lists.Select(verb => verb.Arguments)];

    [Theory]
    [MemberData(nameof(EveryList))]
    public async Task Should_write_one_line_for_each_row_with_all_columns(string arguments)
    {
        var verb = Verbs.Lists.Single(verb => verb.Arguments == arguments);

        var ending = await ShowAsync(verb, Rows);

        var lines = ending.Lines.Where(line => line.Length > 0).ToArray();
        Assert.Equal(1 + Rows, lines.Length);
        var columns = Regex.Split(lines[0], " {2,}").Length;
        Assert.All(lines, line => Assert.Equal(columns, Regex.Split(line.Trim(), " {2,}").Length));
        Assert.All(lines[1..], line => Assert.Contains(LongBodies.Id, line, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(EveryVerb))]
    public async Task Should_cut_nothing_and_write_no_escape_sequence(string arguments)
    {
        var verb = Verbs.All.Single(verb => verb.Arguments == arguments);

        var ending = await ShowAsync(verb, Rows);

        Assert.DoesNotContain('\u001b', ending.Output);
        Assert.DoesNotContain("…", ending.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Not shown", ending.Output, StringComparison.Ordinal);
        Assert.All(ending.Lines, line => Assert.Equal(line.TrimEnd(), line));
    }

    [Theory]
    [MemberData(nameof(EveryList))]
    public async Task Should_say_in_a_sentence_that_a_list_is_empty(string arguments)
    {
        var verb = Verbs.Lists.Single(verb => verb.Arguments == arguments);

        var ending = await ShowAsync(verb, rows: 0);

        Assert.StartsWith(verb.Empty!, ending.Output, StringComparison.Ordinal);
        Assert.EndsWith(".\n", ending.Output, StringComparison.Ordinal);
    }

    private static async Task<Ending> ShowAsync(ShowingVerb verb, int rows)
    {
        await using var node = await StubNode.StartAsync();
        node.Answers(verb.Request, verb.Body(rows));
        var ending = await Tool.RunAsync(node, verb.Words);
        Assert.True(ending.Code == 0, ending.Error);
        return ending;
    }
}
