using System.Runtime.Versioning;
using RouterCluster.Cli.Connection;
using RouterCluster.Cli.Tail;
using RouterCluster.Cli.Verbs;

namespace RouterCluster.Cli.Tests.Drill;

/// <summary>The examples of the verbs' help, against the demo.</summary>
[SupportedOSPlatform("linux")]
public sealed class ExamplesOnTheDemoTests
{
    private const string Token = "demo-operator";

    private static readonly string[] Examples =
    [
        "cluster wait --healthy --timeout 60s", "check coverage", "check", "codes alpha --since 1h", "codes alpha -o csv",
        "channel show alpha", "channel show alpha --origin", "channel disable charlie --for 2h", "channel drain delta --for 30m",
        "channel set alpha --weight 2 --for 2h", "channel exclude alpha --bank ICBC --product payout --reason hangs --for 2h",
        "channel include alpha 1 --reason well", "config history",
        "events --since 1h", "events --since 1d --channel alpha --kind breaker", "events --since 7d -o csv",
        "maintenance add alpha --bank ICBC --days sunday --from 23:30 --until 01:00 --reason books",
        "maintenance list", "maintenance list --channel alpha -o csv", "maintenance remove alpha.1 --reason off",
    ];

    [Fact]
    public async Task Examples_work_and_the_tail_tells_what_an_operator_does()
    {
        await using var demo = await DemoInProcess.StartAsync();

        // The counters' server starts after the node, and the first comparisons of clocks and leases have to be made.
        await EventuallyAsync(async () => (await RunAsync(demo, "check")).Code == 0);
        foreach (var example in Examples)
        {
            var ending = await RunAsync(demo, example.Split(' '));
            Assert.True(ending.Code == 0, $"{example}: {ending.Output}{ending.Error}");
        }

        await demo.PayAsync("A-1001");
        var story = await RunAsync(demo, "payment", "A-1001", "--merchant", "demo", "--timeline");
        Assert.True(story.Code == 0, $"{story.Output}{story.Error}");
        Assert.Contains("Accepted and written down", story.Output, StringComparison.Ordinal);
        Assert.Contains("withhold", (await RunAsync(demo, "find", "A-1001", "-o", "wide")).Output, StringComparison.Ordinal);
        await ConfigurationAsync(demo);
        await ContextAsync(demo);
        await TailAsync(demo);
    }

    private static async Task ConfigurationAsync(DemoInProcess demo)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "router.channels.charlie.weight = 3");
        string[][] examples =
        [
            ["config", "apply", file, "--dry-run"], ["config", "apply", file, "--reason", "charlie is well"],
            ["config", "history"], ["config", "history", "1"], ["config", "history", "-o", "csv"],
            ["config", "rollback", "0", "--dry-run"], ["config", "rollback", "0", "--reason", "charlie got too much"],
        ];

        var endings = new List<Ending>();
        foreach (var example in examples)
        {
            endings.Add(await RunAsync(demo, example));
        }

        File.Delete(file);
        Assert.All(endings, ending => Assert.True(ending.Code == 0, $"{ending.Output}{ending.Error}"));
        Assert.Contains("channel charlie: weight 3 -> 1", endings[^1].Output, StringComparison.Ordinal);
        Assert.Contains("In force as configuration 2.", endings[^1].Output, StringComparison.Ordinal);
    }

    private static async Task ContextAsync(DemoInProcess demo)
    {
        var folder = Directory.CreateTempSubdirectory("routerctl-").FullName;
        var token = Path.Combine(folder, "token");
        await File.WriteAllTextAsync(token, Token);
        File.SetUnixFileMode(token, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var variables = new Dictionary<string, string> { ["XDG_CONFIG_HOME"] = folder };

        var added = await Tool.RunAsync(
            variables, ["context", "add", "demo", "--url", demo.Url, "--token-file", token, "--live"]);
        var shown = await Tool.RunAsync(variables, ["channels"]);
        var refused = await Tool.RunAsync(variables, ["channel", "enable", "alpha"]);

        Directory.Delete(folder, recursive: true);
        Assert.Equal((0, 0, 2), (added.Code, shown.Code, refused.Code));
        Assert.StartsWith("demo (live): ", shown.Error, StringComparison.Ordinal);
    }

    private static async Task TailAsync(DemoInProcess demo)
    {
        using var interrupt = new CancellationTokenSource();
        await using var output = new StringWriter();
        var environment = new CliEnvironment(TextWriter.Synchronized(output), Stream.Null, TextWriter.Null, _ => null);
        var target = new Target(new Uri(demo.Url), Token, Json: false);
        using var connection = new RouterConnection(target, TimeSpan.FromSeconds(10));
        var tail = new TailRun(
                new VerbRun(new ConnectionOptions(), environment), target, connection,
                new TailFilter("bravo", new HashSet<string>()))
            .RunAsync(interrupt.Token);

        // The change may come before the tail has seen the state at the beginning; then it is made again. Channels and the
        // audit trail come one after the other.
        var verb = "enable";
        await EventuallyAsync(async () =>
        {
            verb = verb == "enable" ? "disable" : "enable";
            Assert.Equal(0, (await RunAsync(demo, "channel", verb, "bravo", "--reason", "test")).Code);
            var told = output.ToString();
            return told.Contains("lifecycle: active -> disabled", StringComparison.Ordinal)
                && told.Contains("operator  bravo", StringComparison.Ordinal);
        });
        await interrupt.CancelAsync();

        Assert.Equal(0, await tail);
        Assert.DoesNotContain("alpha", output.ToString(), StringComparison.Ordinal);
    }

    private static Task<Ending> RunAsync(DemoInProcess demo, params string[] arguments) => Tool.RunAsync(
        new Dictionary<string, string> { ["ROUTERCTL_URL"] = demo.Url, ["ROUTERCTL_TOKEN"] = Token }, arguments);

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var pause = new PeriodicTimer(TimeSpan.FromSeconds(2));
        while (!await holds())
        {
            await pause.WaitForNextTickAsync(limit.Token);
        }
    }
}
