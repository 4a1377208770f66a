using System.Text.Json.Nodes;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Maintenance;

/// <summary>Maintenance is planned on a running node.</summary>
public sealed class PlannedOnANodeTests
{
    private const string Well = """{ "mode": "ok", "success_rate": 1 }""";

    private readonly string _open = $$"""
        { "channel": "alpha", "from": "{{At(-1)}}", "until": "{{At(5)}}", "time_zone": "UTC", "reason": "books" }
        """;

    [Fact]
    public async Task The_only_channel_gets_nothing_new_until_it_is_taken_back_also_over_a_restart()
    {
        await using var node = await WholeNode.StartAsync(Well);
        Assert.Equal(201, (await node.PayAsync("A-1", "withhold", wait: 5)).Status);

        var (status, planned) = await node.PlanAsync(_open);
        Assert.Equal((200, "alpha.1", true), (status, (string?)planned["id"], (bool)planned["open"]!));
        await WholeNode.EventuallyAsync(async () => (await node.PayAsync("A-2", "withhold", wait: 5)).Status == 503);
        var channel = (await node.AdminAsync("channels/alpha")).Json;
        Assert.Equal("maintenance", (string?)channel["closed"]!["why"]);
        Assert.Equal((string?)planned["ends_at"], (string?)channel["maintenance_until"]);
        Assert.Equal("withhold", (string?)(await node.DowntimesAsync())[0]!["product"]);

        await node.RestartAsync();
        Assert.Equal(503, (await node.PayAsync("A-3", "withhold", wait: 5)).Status);
        Assert.Equal("alpha.1", (string?)(await node.AdminAsync("maintenance")).Json["items"]![0]!["id"]);

        Assert.Equal(200, (await node.UnplanAsync("alpha.1")).Status);
        await WholeNode.EventuallyAsync(async () => (await node.PayAsync("A-4", "withhold", wait: 5)).Status == 201);
        Assert.Empty((await node.AdminAsync("maintenance")).Json["items"]!.AsArray());
        Assert.Empty(await node.DowntimesAsync());
        var audit = (await node.AdminAsync("audit")).Json["items"]!.AsArray();
        Assert.Equal(
            [
                ("alice", "maintenance 1 taken back", ""),
                ("alice", $"maintenance 1 planned ({planned["from"]} to {planned["until"]} UTC)", "books"),
            ],
            audit.Select(row => ((string?)row!["by"], (string?)row["what"], (string?)row["reason"])));
    }

    [Fact]
    public async Task It_goes_to_another_channel_and_explain_says_until_when()
    {
        await using var node = await SecondChannel.StartAsync(Well);
        var (_, planned) = await node.PlanAsync(_open);

        var payment = await SecondChannel.TakesAllAsync(node);
        var explained = (await node.AdminAsync($"payments/{payment["id"]}/explain")).Json["attempts"]![0]!["excluded"]![0]!;
        var expected = new JsonObject
        {
            ["channel"] = "alpha", ["reason"] = "maintenance", ["until"] = (string?)planned["ends_at"],
        };
        Assert.True(JsonNode.DeepEquals(expected, explained), explained.ToJsonString());
        Assert.Empty(await node.DowntimesAsync());
    }

    private static string At(int hours) => TimeProvider.System.GetUtcNow().AddHours(hours).ToString("yyyy-MM-ddTHH:mm");
}
