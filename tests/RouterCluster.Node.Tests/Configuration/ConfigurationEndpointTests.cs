using RouterCluster.Node.Configuration;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Configuration;

public sealed class ConfigurationEndpointTests
{
    private const string Text = "router.channels.alpha.weight = 2";

    [Fact]
    public async Task An_admin_applies_with_a_reason_and_is_told_the_version()
    {
        await using var node = await TestNode.StartAsync();

        var answer = await ApplyAsync(node, "reason=more", Text);

        Assert.Equal((200, 7), (answer.Status, (int)answer.Json!["version"]!));
        Assert.Equal("channel alpha: weight 1 -> 2", (string?)answer.Json["changes"]![0]!["what"]);
        Assert.Equal(new ConfigurationRequest(Text, "alice", "more", IsDryRun: false), Assert.Single(node.Configuration.Asked));
    }

    [Fact]
    public async Task A_dry_run_needs_no_reason_and_shows_errors()
    {
        await using var node = await TestNode.StartAsync();

        var answer = await ApplyAsync(node, "dry_run=true", "wrong");

        Assert.Equal(200, answer.Status);
        Assert.Null(answer.Json!["version"]);
        Assert.Equal("router.channels.alpha.weight", (string?)answer.Json["errors"]![0]!["key"]);
        Assert.Equal(1, (int?)answer.Json["errors"]![0]!["line"]);
    }

    [Fact]
    public async Task What_cannot_be_in_force_is_refused_with_every_key()
    {
        await using var node = await TestNode.StartAsync();

        var answer = await ApplyAsync(node, "reason=more", "wrong");

        Assert.Equal((422, "configuration_refused"), (answer.Status, answer.Code));
        Assert.Equal(["router.channels.alpha.weight"], answer.Fields);
    }

    [Fact]
    public async Task Others_may_not_and_wrong_requests_ask_nobody()
    {
        await using var node = await TestNode.StartAsync();

        Assert.Equal(403, (await ApplyAsync(node, "reason=more", Text, "t-operator")).Status);
        Assert.Equal(401, (await ApplyAsync(node, "reason=more", Text, "shop-key")).Status);
        Assert.Equal(["reason"], (await ApplyAsync(node, "", Text)).Fields);
        Assert.Equal(["dry_run"], (await ApplyAsync(node, "dry_run=perhaps&reason=more", Text)).Fields);
        var large = new string('#', ConfigurationEndpoints.Limit + 1);
        Assert.Equal("too_large", (await ApplyAsync(node, "reason=more", large)).Code);
        using var binary = new ByteArrayContent([0xff, 0xfe]);
        Assert.Equal(
            ["body"], (await node.SendAsync(HttpMethod.Post, "/admin/v1/config?reason=more", "t-admin", binary)).Fields);
        Assert.Empty(node.Configuration.Asked);
    }

    [Fact]
    public async Task Where_others_change_it_all_the_time_it_is_not_available()
    {
        await using var node = await TestNode.StartAsync();
        node.Configuration.IsContended = true;

        Assert.Equal(503, (await ApplyAsync(node, "reason=more", Text)).Status);
    }

    [Fact]
    public async Task Versions_are_listed_by_pages_newest_first_and_shown_with_their_difference()
    {
        await using var node = await TestNode.StartAsync();

        var first = await node.GetAsync("/admin/v1/config/versions?limit=2", "t-viewer");
        var second = await node.GetAsync($"/admin/v1/config/versions?limit=2&cursor={first.Json!["next"]}", "t-viewer");
        var one = await node.GetAsync("/admin/v1/config/versions/2", "t-viewer");

        Assert.Equal([3, 2], first.Json["items"]!.AsArray().Select(item => (int)item!["version"]!));
        Assert.Equal([true, false], first.Json["items"]!.AsArray().Select(item => (bool)item!["in_force"]!));
        Assert.Equal(("alice", "more money", 2), Said(second.Json!["items"]![0]!));
        Assert.Equal(1, (int)second.Json["items"]![0]!["version"]!);
        Assert.Null(second.Json["next"]);
        Assert.Equal("merchant mart: added", (string?)one.Json!["changes"]![1]!["what"]);
        Assert.Equal(404, (await node.GetAsync("/admin/v1/config/versions/9", "t-viewer")).Status);
        Assert.Equal(404, (await node.GetAsync("/admin/v1/config/versions/first", "t-viewer")).Status);
        Assert.Equal(["cursor"], (await node.GetAsync("/admin/v1/config/versions?cursor=x", "t-viewer")).Fields);

        static (string?, string?, int) Said(System.Text.Json.Nodes.JsonNode item) =>
            ((string?)item["by"], (string?)item["reason"], (int)item["changes"]!);
    }

    [Fact]
    public async Task An_admin_rolls_back_with_a_reason_and_is_told_which_secrets_stay()
    {
        await using var node = await TestNode.StartAsync();

        var answer = await RollBackAsync(node, "2", "reason=worse");

        Assert.Equal((200, 4), (answer.Status, (int)answer.Json!["version"]!));
        Assert.Equal("channel alpha: weight 2 -> 1", (string?)answer.Json["changes"]![0]!["what"]);
        Assert.StartsWith("channel alpha: secret", (string?)answer.Json["kept"]![0]!["what"], StringComparison.Ordinal);
        Assert.Equal(new RollbackRequest(2, "alice", "worse", IsDryRun: false), Assert.Single(node.Configuration.AskedBack));
        Assert.Null((await RollBackAsync(node, "2", "dry_run=true")).Json!["version"]);
    }

    [Fact]
    public async Task A_rollback_is_refused_as_a_change_is()
    {
        await using var node = await TestNode.StartAsync();

        Assert.Equal(403, (await RollBackAsync(node, "2", "reason=worse", "t-operator")).Status);
        Assert.Equal(["reason"], (await RollBackAsync(node, "2", "")).Fields);
        Assert.Equal(["dry_run"], (await RollBackAsync(node, "2", "dry_run=perhaps&reason=worse")).Fields);
        Assert.Equal(404, (await RollBackAsync(node, "second", "reason=worse")).Status);
        Assert.Empty(node.Configuration.AskedBack);

        Assert.Equal(404, (await RollBackAsync(node, "9", "reason=worse")).Status);
        Assert.Equal("configuration_refused", (await RollBackAsync(node, "0", "reason=worse")).Code);
        node.Configuration.IsContended = true;
        Assert.Equal(503, (await RollBackAsync(node, "2", "reason=worse")).Status);
    }

    private static Task<Answer> RollBackAsync(TestNode node, string version, string query, string token = "t-admin") =>
        node.SendAsync(HttpMethod.Post, $"/admin/v1/config/versions/{version}/rollback?{query}", token);

    private static Task<Answer> ApplyAsync(TestNode node, string query, string text, string token = "t-admin") =>
        node.SendAsync(HttpMethod.Post, $"/admin/v1/config?{query}", token, new StringContent(text));
}
