using System.Text.Json.Nodes;
using RouterCluster.Cli.Drill;

namespace RouterCluster.Cli.Tests.Drill;

public sealed class DrillTests
{
    private const string NoChannels = """{ "items": [], "next": null }""";

    [Fact]
    public async Task An_incident_is_played_to_its_end_and_told_as_a_time_line()
    {
        await using var demo = await DemoInProcess.StartAsync();

        var ending = await demo.DrillAsync("--json");

        Assert.True(ending.Code == 0, ending.Output + ending.Error);
        var report = JsonNode.Parse(ending.Output)!;
        Assert.Empty(report["missed"]!.AsArray());
        Assert.False((bool)report["interrupted"]!);
        Assert.True((int)report["most_unknown"]!["count"]! > 0);
        var items = report["items"]!.AsArray();
        Assert.Superset(
            new HashSet<string> { "drill", "router", "alerts", "operator" },
            items.Select(item => (string)item!["by"]!).ToHashSet());
        var times = items.Select(item => (double)item!["after_seconds"]!).ToList();
        Assert.Equal(times.Order(), times);
        string[] parts =
            ["degrades", "hangs", "page channel_outage", "money is unknown", "disables", "late_failure", "approves", "is closed"];
        Assert.All(parts, part => Assert.Contains(
            items, item => ((string)item!["what"]!).Contains(part, StringComparison.Ordinal)));
        Assert.All(await demo.BehavioursAsync(), one => Assert.Equal(("ok", 1.0), one));
    }

    [Fact]
    public async Task An_interrupted_drill_sets_the_simulator_right()
    {
        await using var demo = await DemoInProcess.StartAsync();
        using var http = new HttpClient();
        using var node = new DemoNode(new Uri(demo.Url), http, TimeSpan.FromSeconds(10));
        using var interrupt = new CancellationTokenSource();
        var line = new DrillTimeLine(TimeProvider.System, text =>
        {
            if (text.Contains("hangs", StringComparison.Ordinal))
            {
                interrupt.CancelAfter(TimeSpan.FromSeconds(1));
            }
        });
        var limit = TimeSpan.FromSeconds(40);
        var drill = new IncidentDrill(
            node, new DemoSimulator(new Uri(demo.Simulator), http), new DrillPlan(20, TimeSpan.FromSeconds(3), limit, limit),
            line, TimeProvider.System);

        var report = await drill.RunAsync(interrupt.Token);

        Assert.True(report.Interrupted);
        Assert.All(await demo.BehavioursAsync(), one => Assert.Equal(("ok", 1.0), one));
        Assert.All((await node.LookAsync(CancellationToken.None)).Channels, channel => Assert.True(channel.Enabled));
    }

    [Theory]
    [InlineData("http://router.example", "http://127.0.0.1:1")]
    [InlineData("http://127.0.0.1:1", "http://simulator.example")]
    public async Task Other_machines_are_refused(string url, string simulator)
    {
        var ending = await Tool.RunAsync(
            new Dictionary<string, string> { ["ROUTERCTL_URL"] = url }, ["drill", "--simulator", simulator]);

        Assert.Equal((1, ""), (ending.Code, ending.Output));
        Assert.Contains("loopback", ending.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "channels": [ { "channel": "alpha" } ] }""", 401, "it is no demo")]
    [InlineData("""{ "channels": [ { "channel": "alpha" } ] }""", 200, "is none of the simulator's")]
    [InlineData("""{ "alpha": 1 }""", 200, "is no simulator")]
    public async Task What_is_no_demo_is_refused_and_nothing_is_changed(string simulator, int status, string says)
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /_control", simulator)
            .Answers("GET /admin/v1/channels", $$"""{ "items": [ {{Tables.LongBodies.Channel}} ], "next": null }""", status)
            .Answers("GET /admin/v1/alerts", NoChannels, status)
            .Answers("GET /admin/v1/cases", NoChannels, status);

        var ending = await Tool.RunAsync(node, "drill", "--simulator", node.Url);

        Assert.Equal((1, ""), (ending.Code, ending.Output));
        Assert.Contains(says, ending.Error, StringComparison.Ordinal);
        Assert.All(node.Seen, seen => Assert.Equal("GET", seen.Method));
    }

    [Theory]
    [InlineData("--rate", "0")]
    [InlineData("--healthy", "601")]
    [InlineData("--limit", "0")]
    public async Task Options_have_limits(string option, string value)
    {
        await using var node = await StubNode.StartAsync();

        var ending = await Tool.RunAsync(node, "drill", option, value);

        Assert.Equal(2, ending.Code);
        Assert.Empty(node.Seen);
    }
}
