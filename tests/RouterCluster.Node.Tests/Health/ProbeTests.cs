using RouterCluster.Node.Counters;
using RouterCluster.Node.Platform.Health;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Health;

public sealed class ProbeTests : IAsyncLifetime
{
    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task A_node_is_ready_when_every_check_is_well()
    {
        var well = await _node.GetAsync("/health/ready", null);
        _node.Check.Wrong = "disk full";
        var ill = await _node.GetAsync("/health/ready", null);
        var live = await _node.GetAsync("/health/live", null);

        Assert.Equal((200, "ok"), (well.Status, (string?)well.Json!["status"]));
        Assert.Equal((503, "unavailable"), (ill.Status, (string?)ill.Json!["status"]));
        Assert.Contains("""{"name":"storage","status":"unavailable","detail":"disk full"}""", ill.Text, StringComparison.Ordinal);
        Assert.Equal((200, "ok"), (live.Status, (string?)live.Json!["status"]));
    }

    [Fact]
    public async Task A_node_without_live_counters_is_ready_and_says_so()
    {
        var well = await _node.GetAsync("/health/ready", null);
        _node.Get<Troubles>().Begin(CounterWriter.Subject, "no answer");
        var degraded = await _node.GetAsync("/health/ready", null);
        var live = await _node.GetAsync("/health/live", null);

        Assert.Equal((200, "ok"), (well.Status, (string?)well.Json!["counters"]));
        Assert.Equal((200, "degraded"), (degraded.Status, (string?)degraded.Json!["counters"]));
        Assert.Equal("ok", (string?)degraded.Json["status"]);
        Assert.DoesNotContain("counters", live.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopping_node_is_alive_and_not_ready()
    {
        _node.Get<Readiness>().Drain();

        Assert.Equal(503, (await _node.GetAsync("/health/ready", null)).Status);
        Assert.Equal(200, (await _node.GetAsync("/health/live", null)).Status);
    }

    [Fact]
    public async Task The_documentation_is_served()
    {
        var docs = await _node.GetAsync("/docs", null);

        Assert.Equal((200, "text/html"), (docs.Status, docs.Message.Content.Headers.ContentType?.MediaType));
    }
}
