using System.Text.Json.Nodes;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Configuration;

/// <summary>Changes of the configuration on a whole node, which keeps running.</summary>
public sealed class RunningConfigurationTests
{
    private const string Settings = "router.changes { poll = 100ms, leave-after = 1s }";

    [Fact]
    public async Task Merchants_come_change_and_go()
    {
        await using var node = await WholeNode.StartAsync("""{ "mode": "ok", "success_rate": 1 }""", Settings);
        Assert.Equal(401, (await node.PayAsync("A-1", "withhold", 5, "mart-key")).Status);

        await AppliedAsync(node, "router.merchants.mart.keys = [ { token = mart-key } ]", "merchant mart: added");
        var (status, payment) = await node.PayAsync("A-1", "withhold", 5, "mart-key");
        Assert.Equal((201, "succeeded"), (status, (string?)payment["state"]));

        // A new limit counts what the read model has; what comes there later is added when it comes.
        // A company's number is looked up there alone.
        var number = (string)payment["attempts"]![0]!["channel_order_no"]!;
        await WholeNode.EventuallyAsync(async () => (await node.AdminAsync($"search?number={number}")).Json.ToJsonString()
            .Contains((string)payment["id"]!, StringComparison.Ordinal));
        await AppliedAsync(
            node, "router.merchants.mart { keys = [ { token = mart-new } ], limits.amount-per-day = 20000 }",
            "merchant mart: keys[0].token changed", "merchant mart: limits.amount-per-day unlimited -> 20000");
        Assert.Equal(401, (await node.PayAsync("A-2", "withhold", 5, "mart-key")).Status);

        // What was stored before there was a limit counts: 12000 of 20000.
        Assert.Equal((429, "merchant_limit"), Refused(await node.PayAsync("A-2", "withhold", 5, "mart-new")));

        await node.RestartAsync();
        Assert.Equal((429, "merchant_limit"), Refused(await node.PayAsync("A-2", "withhold", 5, "mart-new")));

        await AppliedAsync(node, "router.merchants.mart = null", "merchant mart: removed");
        Assert.Equal(401, (await node.PayAsync("A-3", "withhold", 5, "mart-new")).Status);
        Assert.Equal(200, (await node.AdminAsync($"payments/{payment["id"]}")).Status);
        Assert.Equal(201, (await node.PayAsync("A-3", "withhold", 5)).Status);
        var audit = (await node.AdminAsync("audit")).Json["items"]!.AsArray();
        Assert.Equal(
            ["configuration 3: merchant mart: removed", "alice", "test"],
            [(string)audit[0]!["what"]!, (string)audit[0]!["by"]!, (string)audit[0]!["reason"]!]);
    }

    [Fact]
    public async Task Limits_of_a_channel_change_in_place_and_an_operators_override_stays()
    {
        await using var node = await WholeNode.StartAsync("""{ "mode": "ok", "success_rate": 1 }""", Settings);
        await node.PatchAsync("alpha", """{ "weight": 5, "reason": "test" }""");

        await AppliedAsync(
            node, "router.channels.alpha { submit { concurrency = 3, rate-per-second = 7 }, weight = 2, query.timeout = 9s }",
            "channel alpha: query.timeout 10s -> 9s", "channel alpha: submit.concurrency 16 -> 3",
            "channel alpha: submit.rate-per-second 200 -> 7", "channel alpha: weight 1 -> 2 (not in force: alice has set 5)");

        await WholeNode.EventuallyAsync(async () => await AlphaAsync(node) is var alpha
            && (int)alpha["submit"]!["budget"]! == 3 && (double)alpha["submit"]!["rate_per_second"]! == 7);
        var shown = await AlphaAsync(node);
        Assert.Equal((5, 2), ((double)shown["weight"]!, (double)shown["configured"]!["weight"]!));
        await node.PatchAsync("alpha", """{ "weight": null, "reason": "test" }""");
        await WholeNode.EventuallyAsync(async () => (double)(await AlphaAsync(node))["weight"]! == 2);
        Assert.Equal(201, (await node.PayAsync("A-1", "withhold", 5)).Status);
    }

    [Fact]
    public async Task A_channel_is_added_takes_traffic_is_removed_and_leaves_without_open_attempts()
    {
        await using var node = await WholeNode.StartAsync("""{ "mode": "ok", "success_rate": 1 }""", Settings, "bravo");
        var bravo = $$"""
            router.channels.bravo {
              base-url = "http://127.0.0.1:{{node.Psp.Port}}/bravo", merchant-id = M1, secret = sim-secret, products = [withhold]
            }
            router.channels.alpha.products = [payout]
            """;
        var (_, plan) = await node.ConfigureAsync(bravo, "dry_run=true");
        Assert.Empty(plan["errors"]!.AsArray());
        Assert.Single((await node.AdminAsync("channels")).Json["items"]!.AsArray());

        await AppliedAsync(
            node, bravo, "channel alpha: products [withhold, payout] -> [payout]", "channel bravo: added");
        await WholeNode.EventuallyAsync(async () =>
            (string?)(await node.PayAsync($"A-{Guid.NewGuid():n}", "withhold", 5)).Json["channel"] == "bravo");

        // An open attempt keeps the channel, and nobody may point it at another account.
        await node.SetAsync("bravo", """{ "mode": "processing" }""");
        var (_, open) = await node.PayAsync("B-1", "withhold", 0);
        await WholeNode.EventuallyAsync(async () => (int)(await ChannelAsync(node, "bravo"))["unknown"]!["count"]! == 1);
        await WholeNode.EventuallyAsync(async () =>
        {
            var (status, refused) = await node.ConfigureAsync("router.channels.bravo.merchant-id = M2");
            return status == 422 && $"{refused["errors"]![0]!["message"]}".Contains("1 open attempt (120.00 CNY)");
        });
        await AppliedAsync(
            node, "router.channels.bravo = null",
            "channel bravo: removed: gets nothing new, and leaves when none of its attempts is open any more");
        await WholeNode.EventuallyAsync(async () => (string?)(await ChannelAsync(node, "bravo"))["lifecycle"] == "retired");
        Assert.Equal((422, "no_route"), Refused(await node.PayAsync("B-2", "withhold", 5)));

        await node.SetAsync("bravo", """{ "mode": "ok" }""");
        await WholeNode.EventuallyAsync(async () =>
            (string?)(await node.AdminAsync($"payments/{open["id"]}")).Json["state"] is "succeeded" or "failed");
        await WholeNode.EventuallyAsync(async () =>
            (await node.AdminAsync("channels")).Json["items"]!.AsArray() is [var only] && (string?)only!["id"] == "alpha");
        Assert.Equal(404, (await node.AdminAsync("channels/bravo")).Status);
        await node.RestartAsync();
        Assert.Equal("alpha", (string?)Assert.Single((await node.AdminAsync("channels")).Json["items"]!.AsArray())!["id"]);
    }

    [Fact]
    public async Task A_channel_with_another_secret_begins_anew_and_goes_on()
    {
        await using var node = await WholeNode.StartAsync("""{ "mode": "ok", "success_rate": 1 }""", Settings);
        await AppliedAsync(node, "router.channels.alpha.secret = wrong", "channel alpha: secret changed");
        await WholeNode.EventuallyAsync(async () =>
            (string?)(await node.PayAsync($"A-{Guid.NewGuid():n}", "withhold", 0)).Json["state"] is "processing" or "accepted");

        await AppliedAsync(node, "router.channels.alpha.secret = sim-secret", "channel alpha: secret changed");

        await WholeNode.EventuallyAsync(async () =>
            (string?)(await node.PayAsync($"A-{Guid.NewGuid():n}", "withhold", 5)).Json["state"] == "succeeded");
    }

    [Fact]
    public async Task A_removal_with_an_open_attempt_is_rolled_back_and_the_channel_takes_traffic_again()
    {
        await using var node = await WholeNode.StartAsync("""{ "mode": "ok", "success_rate": 1 }""", Settings, "bravo");
        await AppliedAsync(
            node,
            $$"""
            router.channels.bravo {
              base-url = "http://127.0.0.1:{{node.Psp.Port}}/bravo", merchant-id = M1, secret = sim-secret, products = [payout]
            }
            """,
            "channel bravo: added");
        await AppliedAsync(
            node, "router.channels.alpha.weight = 2, router.channels.alpha.products = [withhold]",
            "channel alpha: products [withhold, payout] -> [withhold]", "channel alpha: weight 1 -> 2");
        await node.SetAsync("alpha", """{ "mode": "processing" }""");
        await node.PayAsync("B-1", "withhold", 0);
        await WholeNode.EventuallyAsync(async () => (int)(await AlphaAsync(node))["unknown"]!["count"]! == 1);
        await AppliedAsync(
            node, "router.channels.alpha = null",
            "channel alpha: removed: gets nothing new, and leaves when none of its attempts is open any more");
        await WholeNode.EventuallyAsync(async () => (string?)(await AlphaAsync(node))["lifecycle"] == "retired");

        var dry = await RolledBackAsync(node, 2, "dry_run=true");
        var done = await RolledBackAsync(node, 2, "reason=mistake");

        Assert.Equal(["channel alpha: retired on -> off"], dry.Changes);
        Assert.Equal((null, 4), (dry.Version, done.Version));
        await WholeNode.EventuallyAsync(async () => (string?)(await AlphaAsync(node))["lifecycle"] == "active");
        await node.SetAsync("alpha", """{ "mode": "ok" }""");
        await WholeNode.EventuallyAsync(async () => (await node.PayAsync($"A-{Guid.NewGuid():n}", "withhold", 5)).Status == 201);
        await node.RestartAsync();
        Assert.Equal(
            ["mistake (back to 2)", "test", "test", "test"],
            (await node.AdminAsync("config/versions")).Json["items"]!.AsArray().Select(item => (string)item!["reason"]!));
        var shown = (await node.AdminAsync("config/versions/4")).Json;
        Assert.Equal("channel alpha: retired on -> off", (string?)shown["changes"]![0]!["what"]);
        Assert.True((bool)shown["in_force"]!);
    }

    private static async Task<(long? Version, string[] Changes)> RolledBackAsync(WholeNode node, int version, string query)
    {
        var (status, answer) = await node.RollBackAsync(version, query);
        Assert.True(status == 200, $"{answer}");
        return ((long?)answer["version"], [.. answer["changes"]!.AsArray().Select(change => (string)change!["what"]!)]);
    }

    private static async Task AppliedAsync(WholeNode node, string hocon, params string[] changes)
    {
        var (status, answer) = await node.ConfigureAsync(hocon);
        Assert.True(status == 200, $"{answer}");
        Assert.Equal(changes, answer["changes"]!.AsArray().Select(change => (string)change!["what"]!));
    }

    private static (int Status, string? Code) Refused((int Status, JsonNode Json) answer) =>
        (answer.Status, (string?)answer.Json["code"]);

    private static Task<JsonNode> AlphaAsync(WholeNode node) => ChannelAsync(node, "alpha");

    private static async Task<JsonNode> ChannelAsync(WholeNode node, string id) => (await node.AdminAsync($"channels/{id}")).Json;
}
