using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Tail;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Tests.Tail;

public sealed class TailTests
{
    private const string Events = "GET /admin/v1/events";

    private const string Alert = """
        { "id": "a1", "rule": "channel_outage", "severity": "page", "subject": { "channel": "alpha" }, "state": "active",
          "since": "2026-01-02T03:04:06.000Z", "resolved_at": null, "value": 1, "threshold": 1, "message": "alpha is down",
          "caused_by": null, "runbook": "r.md", "muted_until": null, "muted_by": null }
        """;

    private const string Audited = """
        { "at": "2026-01-02T03:04:05.500Z", "by": "alice", "what": "disabled", "reason": "bank is down", "channel": "bravo",
          "payment": null, "evidence": null }
        """;

    private const string WithOutcomes = "GET /admin/v1/events?outcomes=true";

    private const string Nothing = """{ "items": [], "next": null }""";

    private static readonly string Open = Bodies.Alpha.Replace(
        "\"submit\": { \"breaker\": \"closed\"", "\"submit\": { \"breaker\": \"open\"", StringComparison.Ordinal);

    /// <summary>The state at the beginning.</summary>
    private static readonly string First = Frame("channels", Channels(isFull: true, Bodies.Alpha, Bodies.Bravo))
        + Frame("alerts", Nothing) + Frame("audit", Nothing) + Frame("cases", Nothing) + Frame("cluster", Bodies.Cluster)
        + Frame("storage", """{"away":false}""") + Beat(5);

    private static readonly string Changes = Frame("channels", Channels(isFull: false, Open))
        + Frame("alerts", $$"""{ "items": [ {{Alert}} ], "next": null }""")
        + Frame("audit", $$"""{ "items": [ {{Audited}} ], "next": null }""")
        + Frame("cases", $$"""{ "items": [ {{Bodies.Case}} ], "next": null }""")
        + Frame("cluster", Bodies.Cluster.Replace("joining", "up", StringComparison.Ordinal)
            .Replace("\"draining\": true", "\"draining\": false", StringComparison.Ordinal))
        + Frame("storage", """{"away":true}""") + Beat(7);

    private static readonly string CountedFirst = First + Counted("alpha", "r1", ("unknown", "timeout", 3, "pay_1"))
        + Counted("bravo", "r1") + Beat(5);

    private static readonly string CountedLater = Frame("alerts", $$"""{ "items": [ {{Alert}} ], "next": null }""")
        + Counted("alpha", "r1", ("success", "00", 5, "pay_9"), ("unknown", "timeout", 5, "pay_7"))
        + Counted("bravo", "r1", ("success", "00", 1, "pay_4")) + Beat(7);

    [Fact]
    public async Task What_changes_is_told_and_the_state_at_the_beginning_is_not()
    {
        var ending = await TailAsync([First + Changes]);

        Assert.Equal(1, ending.Code);
        Assert.Contains("401", ending.Error, StringComparison.Ordinal);
        Assert.Equal(
            [
                "2026-01-02 03:04:05 UTC  operator  bravo  alice: disabled: bank is down",
                "2026-01-02 03:04:06 UTC  alert     alpha  page channel_outage: alpha is down",
                "2026-01-02 03:04:07 UTC  channel   alpha  submit breaker: closed -> open",
                "2026-01-02 03:04:07 UTC  case      bravo  pay_3x1: late_success",
                "2026-01-02 03:04:07 UTC  node      -  akka.tcp://router@10.0.0.2:2551 is up",
                "2026-01-02 03:04:07 UTC  storage   -  the database does not answer",
            ],
            ending.Lines.Where(line => line.Length > 0));
    }

    [Fact]
    public async Task What_changed_while_there_was_no_connection_is_told_and_nothing_twice()
    {
        var again = Frame("channels", Channels(isFull: true, Open)) + Frame("alerts", Nothing)
            + Frame("audit", $$"""{ "items": [ {{Audited}} ], "next": null }""") + Beat(9);

        var ending = await TailAsync([First + Changes, again]);

        Assert.Equal(
            [
                "2026-01-02 03:04:09 UTC  channel   bravo  is no longer configured",
                "2026-01-02 03:04:09 UTC  alert     alpha  channel_outage is resolved",
            ],
            ending.Lines.Where(line => line.Length > 0).Skip(6));
        Assert.Contains("the node has ended the stream", ending.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--channel bravo", 2)]
    [InlineData("--kind alert --kind node", 2)]
    [InlineData("--channel alpha --kind alert", 1)]
    [InlineData("--channel zulu", 0)]
    public async Task Only_what_fits_the_filter_is_told(string options, int lines)
    {
        var ending = await TailAsync([First + Changes], options.Split(' '));

        Assert.Equal(lines, ending.Lines.Count(line => line.Length > 0));
    }

    [Fact]
    public async Task As_json_each_change_is_a_line_that_scripts_can_read()
    {
        var ending = await TailAsync([First + Changes], "--json", "--channel", "alpha");

        Assert.Equal(
            """
            {"at":"2026-01-02T03:04:06.000Z","kind":"alert","channel":"alpha","what":"page channel_outage: alpha is down"}
            {"at":"2026-01-02T03:04:07.000Z","kind":"channel","channel":"alpha","what":"submit breaker: closed -\u003E open"}

            """,
            ending.Output);
    }

    [Fact]
    public async Task A_narrow_terminal_gets_whole_words()
    {
        await using var node = await StubNode.StartAsync();
        node.AnswersFirst(Events, First + Changes).Answers(Events, "", 401);

        var ending = await Tool.OnTerminalAsync(40, node, "tail");

        Assert.All(ending.Lines, line => Assert.InRange(line.Length, 0, 40));
        Assert.Contains("akka.tcp://router@10.0.0.2:2551", ending.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_that_is_no_router_ends_it()
    {
        var ending = await TailAsync([Frame("channels", "{}") + Beat(5)]);

        Assert.Equal(1, ending.Code);
        Assert.Contains("not a router's answer", ending.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupt_ends_it_with_0()
    {
        await using var node = await StubNode.StartAsync();
        node.IsSilent = true;
        using var interrupt = new CancellationTokenSource();
        using var output = new MemoryStream();
        var environment = new CliEnvironment(TextWriter.Null, output, TextWriter.Null, _ => null);
        var target = new Target(new Uri(node.Url), null, Json: false);
        using var connection = new RouterConnection(target, TimeSpan.FromSeconds(30));
        var filter = new TailFilter(null, new HashSet<string>());

        var tail = new TailRun(new VerbRun(new ConnectionOptions(), environment), target, connection, filter)
            .RunAsync(interrupt.Token);
        await interrupt.CancelAsync();

        Assert.Equal(0, await tail);
    }

    [Theory]
    [InlineData("--class unknown", new[] { "outcome   alpha  2 unknown (code timeout), last pay_7" })]
    [InlineData("--class unknown --channel bravo", new string[0])]
    [InlineData("--class success --class unknown --channel alpha", new[]
    {
        "outcome   alpha  5 success (code 00), last pay_9", "outcome   alpha  2 unknown (code timeout), last pay_7",
    })]
    [InlineData("--kind outcome", new[]
    {
        "outcome   alpha  5 success (code 00), last pay_9", "outcome   alpha  2 unknown (code timeout), last pay_7",
        "outcome   bravo  1 success (code 00), last pay_4",
    })]
    [InlineData("--kind alert --class unknown", new[]
    {
        "alert     alpha  page channel_outage: alpha is down", "outcome   alpha  2 unknown (code timeout), last pay_7",
    })]
    public async Task Outcomes_are_told_by_class_as_what_has_come_since(string options, string[] lines)
    {
        await using var node = await StubNode.StartAsync();
        node.AnswersFirst(WithOutcomes, CountedFirst, CountedLater).Answers(WithOutcomes, "", 401);

        var ending = await Tool.RunAsync(node, ["tail", .. options.Split(' ')]);

        Assert.Equal(
            lines, ending.Lines.Where(line => line.Length > 0).Select(line => line["2026-01-02 03:04:07 UTC  ".Length..]));
    }

    [Fact]
    public async Task As_json_an_outcome_has_its_class_and_a_new_run_of_the_node_is_a_new_beginning()
    {
        await using var node = await StubNode.StartAsync();
        var restarted = Counted("alpha", "r2", ("unknown", "timeout", 900, "pay_1")) + Beat(9);
        node.AnswersFirst(WithOutcomes, CountedFirst, CountedLater, restarted).Answers(WithOutcomes, "", 401);

        var ending = await Tool.RunAsync(node, "tail", "--class", "unknown", "--json");

        Assert.Equal(
            """{"at":"2026-01-02T03:04:07.000Z","kind":"outcome","channel":"alpha","what":"2 unknown"""
            + """ (code timeout), last pay_7","class":"unknown"}""" + "\n",
            ending.Output);
    }

    [Theory]
    [InlineData("tail --kind weather")]
    [InlineData("tail --class weather")]
    [InlineData("tail alpha")]
    public Task A_wrong_command_line_asks_nobody(string arguments) => Tool.AsksNobodyAsync(arguments);

    [Fact]
    public async Task Help_has_an_example() =>
        Assert.Contains("routerctl tail --channel alpha", await Tool.HelpAsync("tail"), StringComparison.Ordinal);

    /// <summary>Each stream ends; after the last one the token is no longer good, which ends the verb.</summary>
    private static async Task<Ending> TailAsync(string[] streams, params string[] options)
    {
        await using var node = await StubNode.StartAsync();
        node.AnswersFirst(Events, streams).Answers(Events, "", 401);
        return await Tool.RunAsync(node, ["tail", .. options]);
    }

    private static string Frame(string name, string json) => $"event: {name}\ndata: {json.Replace("\n", " ")}\n\n";

    private static string Counted(
        string channel, string run, params (string Class, string Code, int Count, string Payment)[] items)
    {
        var rows = items.Select(item =>
            $$"""{"class":"{{item.Class}}","code":"{{item.Code}}","count":{{item.Count}},"payment":"{{item.Payment}}"}""");
        return Frame("outcomes", $$"""{"channel":"{{channel}}","run":"{{run}}","items":[{{string.Join(',', rows)}}]}""");
    }

    private static string Beat(int second) => Frame("beat", $$"""{"at":"2026-01-02T03:04:0{{second}}.000Z"}""");

    private static string Channels(bool isFull, params string[] channels) =>
        $$"""{"full":{{(isFull ? "true" : "false")}},"items":[{{string.Join(',', channels)}}]}""";
}
