namespace RouterCluster.Cli.Tests.Replay;

public sealed class TraceExportTests
{
    private const string Path =
        "GET /admin/v1/trace.csv?from=2026-12-01T00:00:00.0000000Z&to=2026-12-02T00:00:00.0000000Z&bucket=60";

    [Fact]
    public async Task The_trace_goes_to_standard_output_as_it_comes()
    {
        await using var node = await StubNode.StartAsync();
        var trace = Traces.Outage(buckets: 3, arrivals: 5);
        node.Answers(Path, trace);

        var ending = await ExportAsync(node, "2026-12-01", "2026-12-02T08:00:00+08:00");

        Assert.Equal((0, trace, ""), (ending.Code, ending.Output, ending.Error));
    }

    [Fact]
    public async Task A_refusal_is_told_and_nothing_is_written()
    {
        await using var node = await StubNode.StartAsync();
        const string Problem = """{"type":"t","title":"The request is not valid","status":400,"detail":null,"code":"invalid"}""";
        node.Answers(Path, Problem, 400);

        var ending = await ExportAsync(node, "2026-12-01", "2026-12-02");

        Assert.Equal((1, ""), (ending.Code, ending.Output));
        Assert.Contains("The request is not valid", ending.Error);
    }

    [Fact]
    public async Task A_wrong_time_is_a_mistake()
    {
        await using var node = await StubNode.StartAsync();

        var ending = await ExportAsync(node, "yesterday", "2026-12-02");

        Assert.Equal(2, ending.Code);
        Assert.Contains("--from must be a time", ending.Error);
        Assert.Empty(node.Seen);
    }

    private static Task<Ending> ExportAsync(StubNode node, string from, string to) =>
        Tool.RunAsync(node, "trace", "export", "--from", from, "--to", to);
}
