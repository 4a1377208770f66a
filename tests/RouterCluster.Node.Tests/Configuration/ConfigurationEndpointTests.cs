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

    private static Task<Answer> ApplyAsync(TestNode node, string query, string text, string token = "t-admin") =>
        node.SendAsync(HttpMethod.Post, $"/admin/v1/config?{query}", token, new StringContent(text));
}
