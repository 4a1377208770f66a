using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using RouterCluster.Cluster.Tests.Nodes;
using RouterCluster.Cluster.Tests.Processes;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Hosting;

public sealed class When_a_node_starts(ITestOutputHelper output)
{
    // The contract says 10 s; the machine that tests run on may be busy with others.
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Its_first_start_is_ready_in_time()
    {
        await using var psp = await Psp.StartAsync("alpha");
        await using var node = new Node(NodePlan.WithChannels(psp, "alpha"));

        var time = await node.StartAsync();

        output.WriteLine($"ready after {time.TotalSeconds:0.0} s");
        Assert.True(time < ReadyLimit, $"Ready only after {time.TotalSeconds:0.0} s.");
        Assert.DoesNotContain(node.Process.OpenFiles(), file => file.Contains("inotify", StringComparison.Ordinal));
        Assert.Equal("succeeded", (await node.Shop.PayAsync("FIRST-1")).Payment?.State);
    }

    [Fact]
    public async Task What_it_writes_into_a_log_says_when()
    {
        await using var psp = await Psp.StartAsync("alpha");
        await using var node = new Node(NodePlan.WithChannels(psp, "alpha"));
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);

        await node.StartAsync();

        var times = node.Process.Lines.Where(line => line.StartsWith('{')).Select(TimeOf).ToList();
        Assert.NotEmpty(times);
        Assert.All(times, time => Assert.InRange(time, before, DateTimeOffset.UtcNow.AddSeconds(1)));
    }

    [Fact]
    public async Task Wrong_settings_stop_it_with_exit_code_2_and_one_line_for_each()
    {
        await using var process = ProgramProcess.StartDotnet(
            BuiltProgram.Host,
            "--no-demo", "--set", "router.books=none", "--set", "router.hold=1h", "--set", "router.no-such=1");

        var exit = await process.ExitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(2, exit);
        foreach (var key in new[] { "router.books", "router.hold", "router.no-such" })
        {
            Assert.Single(process.Lines, line => line.StartsWith(key, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Without_a_channel_it_says_so()
    {
        await using var process = ProgramProcess.StartDotnet(BuiltProgram.Host, "--no-demo");

        Assert.Equal(2, await process.ExitAsync(TimeSpan.FromSeconds(60)));
        Assert.Single(process.Lines, line => line.StartsWith("router.channels", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_that_is_taken_ends_it_with_a_line_that_names_the_setting()
    {
        const string Channel = "{ base-url = \"http://127.0.0.1:1/a\", merchant-id = M, secret = s, products = [withhold] }";
        var data = Directory.CreateTempSubdirectory("router-node-");
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        await using var process = ProgramProcess.StartDotnet(
            BuiltProgram.Host,
            "--no-demo", "--data", data.FullName, "--http", $"http://{other.LocalEndpoint}",
            "--set", $"router.channels.alpha={Channel}");

        Assert.Equal(2, await process.ExitAsync(TimeSpan.FromSeconds(60)));
        Assert.Contains(process.Lines, line => line.StartsWith("router.http.url", StringComparison.Ordinal));
        Assert.DoesNotContain(process.Lines, line => line.StartsWith("Unhandled", StringComparison.Ordinal));
        data.Delete(recursive: true);
    }

    private static DateTimeOffset TimeOf(string line)
    {
        using var entry = JsonDocument.Parse(line);
        return entry.RootElement.GetProperty("Timestamp").GetDateTimeOffset();
    }
}
