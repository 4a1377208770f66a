using RouterCluster.Domain.Checks;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Checks;

public sealed class CheckEndpointTests : IAsyncLifetime
{
    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Every_check_is_answered_for_viewers_too()
    {
        var answer = await _node.GetAsync("/admin/v1/checks", "t-viewer");

        Assert.Equal((200, "ok", "akka://router@here"),
            (answer.Status, (string?)answer.Json!["status"], (string?)answer.Json["node"]));
        Assert.Equal(
            ["storage", "clock", "members", "leases", "owners", "channels", "coverage", "certificates", "counters"],
            answer.Json["checks"]!.AsArray().Select(check => (string?)check!["name"]));
    }

    [Fact]
    public async Task One_failed_check_fails_the_whole_and_no_other_one()
    {
        _node.Checks.Figures = _node.Checks.Figures with { Counters = new CounterFigures("gone", 7, 0) };

        var all = await _node.GetAsync("/admin/v1/checks", "t-viewer");
        var counters = await _node.GetAsync("/admin/v1/checks?name=counters", "t-viewer");
        var storage = await _node.GetAsync("/admin/v1/checks?name=storage", "t-viewer");

        Assert.Equal((200, "failed"), (all.Status, (string?)all.Json!["status"]));
        Assert.Equal("failed", (string?)counters.Json!["status"]);
        Assert.Contains(
            """{"name":"counters","status":"failed","detail":"Redis takes none (gone): 7 wait, 0 are lost"}""", counters.Text,
            StringComparison.Ordinal);
        Assert.Equal(("ok", 1), ((string?)storage.Json!["status"], storage.Json["checks"]!.AsArray().Count));
    }

    [Fact]
    public async Task A_check_that_does_not_exist_is_refused_and_so_are_strangers()
    {
        Assert.Equal(["name"], (await _node.GetAsync("/admin/v1/checks?name=weather", "t-viewer")).Fields);
        Assert.Equal(401, (await _node.GetAsync("/admin/v1/checks", null)).Status);
    }
}
