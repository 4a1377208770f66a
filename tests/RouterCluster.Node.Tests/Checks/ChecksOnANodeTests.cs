using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Checks;

/// <summary>The checks of a node as it is shipped.</summary>
public sealed class ChecksOnANodeTests : IAsyncLifetime
{
    private const string Bravo = """
        router.channels.bravo { base-url = "http://127.0.0.1:1/bravo", merchant-id = M2, secret = s, products = [withhold] }
        """;

    private WholeNode _node = null!;

    public async Task InitializeAsync() => _node = await WholeNode.StartAsync("{}", Bravo);

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task A_node_that_works_passes_all_but_what_its_configuration_lacks()
    {
        // The first batch of counters is written within a second of the start.
        await WholeNode.EventuallyAsync(async () => (await CheckAsync("counters")).Status == "ok");
        foreach (var name in new[] { "storage", "clock", "members", "leases", "owners", "channels", "certificates" })
        {
            await WholeNode.EventuallyAsync(async () => (await CheckAsync(name)).Status == "ok");
        }

        Assert.Equal(
            ("failed", "shop has only alpha of 1 channel for payout in CNY"), await CheckAsync("coverage"));
        var (_, cluster) = await _node.AdminAsync("cluster");
        Assert.True((bool?)cluster["members"]![0]!["ready"]);
    }

    [Fact]
    public async Task A_channel_that_an_operator_isolates_covers_nothing_and_is_no_fault_of_its_own()
    {
        await _node.PatchAsync("alpha", """{ "isolated": true, "reason": "test" }""");

        await WholeNode.EventuallyAsync(async () => (await CheckAsync("coverage")).Says
            == "shop has none of 1 channel for payout in CNY; shop has only bravo of 2 channels for withhold in CNY"
            || (await CheckAsync("coverage")).Says
            == "shop has only bravo of 2 channels for withhold in CNY; shop has none of 1 channel for payout in CNY");
        Assert.Equal(("ok", "1 channel without trouble, 1 taken out of service"), await CheckAsync("channels"));
    }

    private async Task<(string? Status, string? Says)> CheckAsync(string name)
    {
        var (status, checks) = await _node.AdminAsync($"checks?name={name}");
        Assert.Equal(200, status);
        var check = Assert.Single(checks["checks"]!.AsArray())!;
        return ((string?)check["status"], (string?)check["detail"]);
    }
}
