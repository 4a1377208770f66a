using System.Text.Json.Nodes;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Channels;

public sealed class ExclusionEndpointTests : IAsyncLifetime
{
    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task The_channel_is_told_which_payments_it_gets_no_more()
    {
        var answer = await SendAsync("POST", "alpha/exclusions", """
            { "bank": "ICBC", "product": "payout", "merchant": "shop", "min_amount": 1, "max_amount": 5000, "reason": "it hangs",
              "for": "2h" }
            """);

        Assert.Equal(200, answer.Status);
        var expected = new ChannelChange("oscar", "it hangs")
        {
            Exclude = new ExclusionScope("ICBC", Product.Payout, new MerchantId("shop"), 1, 5000), For = TimeSpan.FromHours(2),
        };
        Assert.Equal(expected, Assert.Single(_node.Channels.Asked).Change);
    }

    [Theory]
    [InlineData("""{ "reason": "all" }""", "body")]
    [InlineData("""{ "bank": "ICBC" }""", "reason")]
    [InlineData("""{ "product": "coffee", "reason": "x" }""", "product")]
    [InlineData("""{ "min_amount": 0, "reason": "x" }""", "min_amount")]
    [InlineData("""{ "min_amount": 2, "max_amount": 1, "reason": "x" }""", "max_amount")]
    [InlineData("""{ "bank": "IC BC", "reason": "x" }""", "bank")]
    [InlineData("""{ "bank": "ICBC", "reason": "x", "for": "never" }""", "for")]
    [InlineData("""{ "bank": "ICBC", "reason": "x", "currency": "CNY" }""", "currency")]
    public async Task What_makes_no_sense_is_refused(string body, string field)
    {
        var answer = await SendAsync("POST", "alpha/exclusions", body);

        Assert.Equal((400, field), (answer.Status, Assert.Single(answer.Fields)));
        Assert.Empty(_node.Channels.Asked);
    }

    [Theory]
    [InlineData("bravo", """{ "product": "payout", "reason": "x" }""", 409, "bravo does not take payout; it takes withhold.")]
    [InlineData("bravo", """{ "bank": "ICBK", "reason": "x" }""", 409, "bravo does not serve bank ICBK; it serves ABC, ICBC.")]
    [InlineData("bravo", """{ "min_amount": 90001, "reason": "x" }""", 409, "bravo takes amounts from 100 to 90000.")]
    [InlineData("bravo", """{ "max_amount": 99, "reason": "x" }""", 409, "bravo takes amounts from 100 to 90000.")]
    [InlineData("alpha", """{ "merchant": "shoop", "reason": "x" }""", 404,
        "There is no merchant \"shoop\"; known are other, shop.")]
    public async Task A_mistyped_part_is_refused_and_not_taken_for_switched_off(
        string channel, string body, int status, string detail)
    {
        await using var node = await TestNode.StartAsync("""
            router.channels.bravo { banks = [ICBC, ABC], min-amount = 100, max-amount = 90000 }
            """);

        foreach (var dryRun in new[] { "", "?dry_run=true" })
        {
            var path = $"/admin/v1/channels/{channel}/exclusions{dryRun}";
            var answer = await node.SendAsync(HttpMethod.Post, path, "t-operator", body);

            Assert.Equal((status, detail), (answer.Status, (string?)answer.Json!["detail"]));
        }

        Assert.Empty(node.Channels.Asked);
    }

    [Theory]
    [InlineData("alpha/exclusions/3", null, "")]
    [InlineData("alpha/exclusions/3", """{ "reason": "well again" }""", "well again")]
    public async Task An_exclusion_is_taken_back_by_its_number(string path, string? body, string reason)
    {
        var answer = await SendAsync("DELETE", path, body);

        Assert.Equal(200, answer.Status);
        Assert.Equal(new ChannelChange("oscar", reason) { Include = 3 }, Assert.Single(_node.Channels.Asked).Change);
    }

    [Theory]
    [InlineData("zulu/exclusions/1", 404)]
    [InlineData("alpha/exclusions/0", 404)]
    [InlineData("alpha/exclusions/-1", 404)]
    [InlineData("alpha/exclusions/one", 404)]
    [InlineData("alpha/exclusions/99999999999", 404)]
    public async Task A_number_that_there_cannot_be_is_not_found(string path, int status)
    {
        Assert.Equal(status, (await SendAsync("DELETE", path, null)).Status);
        Assert.Empty(_node.Channels.Asked);
    }

    [Fact]
    public async Task What_the_channel_refuses_is_said()
    {
        _node.Channels.Set("alpha", status => status with { Exclusions = [Exclusion(2, "ICBC")] });
        _node.Channels.Refuses = ChangeRefusal.NoSuchExclusion;
        var unknown = await SendAsync("DELETE", "alpha/exclusions/7", null);
        _node.Channels.Refuses = ChangeRefusal.TooManyExclusions;
        var full = await SendAsync("POST", "alpha/exclusions", """{ "bank": "ICBC", "reason": "x" }""");

        Assert.Equal((404, "not_found"), (unknown.Status, unknown.Code));
        Assert.Contains("7", (string?)unknown.Json!["detail"], StringComparison.Ordinal);
        Assert.Equal((409, "too_many_exclusions"), (full.Status, full.Code));
    }

    [Fact]
    public async Task Exclusions_are_shown_with_who_since_when_why_and_until_when()
    {
        _node.Channels.Set("alpha", status => status with
        {
            Exclusions =
            [
                Exclusion(2, "ICBC") with { EndsAt = DateTimeOffset.UnixEpoch.AddHours(2) },
                Exclusion(3, null) with { Scope = new ExclusionScope(null, Product.Payout, new MerchantId("shop"), 5, 7) },
            ],
        });

        var alpha = (await _node.GetAsync("/admin/v1/channels/alpha", "t-viewer")).Json!;

        var expected = JsonNode.Parse("""
            [ { "no": 2, "bank": "ICBC", "product": null, "merchant": null, "min_amount": null, "max_amount": null,
                "reason": "it hangs", "by": "alice", "since": "1970-01-01T00:00:00.000Z",
                "ends_at": "1970-01-01T02:00:00.000Z" },
              { "no": 3, "bank": null, "product": "payout", "merchant": "shop", "min_amount": 5, "max_amount": 7,
                "reason": "it hangs", "by": "alice", "since": "1970-01-01T00:00:00.000Z", "ends_at": null } ]
            """);
        Assert.True(JsonNode.DeepEquals(expected, alpha["exclusions"]), alpha["exclusions"]?.ToJsonString());
    }

    [Theory]
    [InlineData("POST", "alpha/exclusions", """{ "bank": "ICBC", "reason": "x" }""")]
    [InlineData("DELETE", "alpha/exclusions/1", null)]
    public async Task Whoever_only_looks_changes_nothing(string method, string path, string? body)
    {
        var answer = await _node.SendAsync(new HttpMethod(method), $"/admin/v1/channels/{path}", "t-viewer", body);

        Assert.Equal(403, answer.Status);
        Assert.Empty(_node.Channels.Asked);
    }

    private static ChannelExclusion Exclusion(int no, string? bank) =>
        new(no, new ExclusionScope(bank, null, null, null, null), DateTimeOffset.UnixEpoch, "alice", "it hangs");

    private Task<Answer> SendAsync(string method, string path, string? body) =>
        _node.SendAsync(new HttpMethod(method), $"/admin/v1/channels/{path}", "t-operator", body);
}
