using System.Text.Json.Nodes;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Channels;

public sealed class ChannelTests : IAsyncLifetime
{
    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task A_channel_is_shown_as_the_contract_writes_it()
    {
        _node.Channels.Set("alpha", status => status with
        {
            Changed = new OperatorChange(DateTimeOffset.UnixEpoch, "alice", "enabled", ""),
        });

        var one = await _node.GetAsync("/admin/v1/channels/alpha", "t-viewer");
        var list = await _node.GetAsync("/admin/v1/channels", "t-viewer");

        var expected = JsonNode.Parse("""
            { "id": "alpha", "enabled": true, "lifecycle": "active", "products": ["withhold", "payout"], "weight": 1,
              "submit": { "breaker": "closed", "in_flight": 3, "budget": 16, "queue": 2,
                "rate_per_second": 200, "p50_ms": 21, "p99_ms": 80 },
              "query": { "breaker": "half_open", "in_flight": 3, "budget": 16, "queue": 2,
                "rate_per_second": 200, "p50_ms": 21, "p99_ms": 80 },
              "success_rate": 0.97, "traffic_share": 0.31, "outage": null, "closed": null,
              "unknown": { "count": 4, "amount": 5000, "oldest_seconds": 61, "currency": "CNY" },
              "changed": { "at": "1970-01-01T00:00:00.000Z", "by": "alice", "what": "enabled", "reason": null },
              "configured": { "submit": { "concurrency": 16, "rate_per_second": 200 },
                "query": { "concurrency": 4, "rate_per_second": 50 }, "weight": 1 },
              "overrides": [], "switches": [], "exclusions": [], "ends": [] }
            """);
        Assert.True(JsonNode.DeepEquals(expected, one.Json), one.Text);
        Assert.Equal(["alpha", "bravo"], list.Json!["items"]!.AsArray().Select(item => (string?)item!["id"]));
        Assert.Null(list.Json["next"]);
    }

    [Fact]
    public async Task A_channel_without_traffic_says_since_when_until_when_and_why()
    {
        var noon = DateTimeOffset.UnixEpoch.AddHours(12);
        _node.Channels.Set("alpha", status => status with
        {
            Closed = new ChannelClosing(ClosingReason.Throttled, noon),
            Products = status.Products.SetItem(Product.Payout, new ProductStanding(null, 0)
            {
                Outage = new OutageStanding(OutageLevel.Down, noon.AddHours(-1)),
            }),
        });

        var alpha = (await _node.GetAsync("/admin/v1/channels", "t-viewer")).Json!["items"]![0]!;

        var outage = JsonNode.Parse("""{ "level": "down", "since": "1970-01-01T11:00:00.000Z" }""");
        var closed = JsonNode.Parse("""{ "until": "1970-01-01T12:00:00.000Z", "why": "throttled" }""");
        Assert.True(JsonNode.DeepEquals(outage, alpha["outage"]), alpha.ToJsonString());
        Assert.True(JsonNode.DeepEquals(closed, alpha["closed"]), alpha.ToJsonString());
    }

    [Fact]
    public async Task A_channel_under_maintenance_is_shown_with_its_end()
    {
        _node.Channels.Set("alpha", status => status with { MaintenanceUntil = DateTimeOffset.UnixEpoch.AddHours(2) });

        var one = await _node.GetAsync("/admin/v1/channels/alpha", "t-viewer");

        Assert.Equal("1970-01-01T02:00:00.000Z", (string?)one.Json!["maintenance_until"]);
    }

    [Theory]
    [InlineData("disable", ChannelLifecycle.Disabled)]
    [InlineData("enable", ChannelLifecycle.Active)]
    [InlineData("drain", ChannelLifecycle.Draining)]
    public async Task A_move_is_carried_out_told_and_logged_with_who(string verb, ChannelLifecycle lifecycle)
    {
        var answer = await ChangeAsync(HttpMethod.Post, $"alpha/{verb}", """{ "reason": "their bank is down" }""");

        var (channel, change) = Assert.Single(_node.Channels.Asked);
        Assert.Equal("alpha", channel.Value);
        Assert.Equal(new ChannelChange("oscar", "their bank is down") { Lifecycle = lifecycle }, change);
        Assert.Equal((200, lifecycle == ChannelLifecycle.Active), (answer.Status, (bool)answer.Json!["enabled"]!));
        string[] told = ["alpha", "oscar", "their bank is down"];
        Assert.Contains(_node.Log.Lines, line => told.All(word => line.Contains(word, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_patch_carries_every_field()
    {
        var answer = await ChangeAsync(HttpMethod.Patch, "alpha", """
            { "submit": { "concurrency": 8, "rate_per_second": 50.5 }, "query": { "concurrency": 2, "rate_per_second": 5 },
              "weight": 0.5, "isolated": true, "reason": "slow" }
            """);

        var expected = new ChannelChange("oscar", "slow")
        {
            SubmitConcurrency = 8, SubmitRatePerSecond = 50.5, QueryConcurrency = 2, QueryRatePerSecond = 5,
            Weight = 0.5, Isolated = true,
        };
        Assert.Equal(expected, Assert.Single(_node.Channels.Asked).Change);
        Assert.Equal((200, 8), (answer.Status, (int)answer.Json!["submit"]!["budget"]!));
    }

    [Theory]
    [InlineData("""{ "submit": { "concurrency": null } }""", OverrideKeys.SubmitConcurrency)]
    [InlineData("""{ "submit": null }""", OverrideKeys.SubmitConcurrency | OverrideKeys.SubmitRatePerSecond)]
    [InlineData("""{ "query": null, "weight": null }""",
        OverrideKeys.QueryConcurrency | OverrideKeys.QueryRatePerSecond | OverrideKeys.Weight)]
    [InlineData("""{ "query": { "concurrency": null, "rate_per_second": null } }""",
        OverrideKeys.QueryConcurrency | OverrideKeys.QueryRatePerSecond)]
    public async Task A_null_in_a_patch_takes_an_override_back(string body, OverrideKeys resets)
    {
        var answer = await ChangeAsync(HttpMethod.Patch, "alpha", body);

        Assert.Equal(200, answer.Status);
        Assert.Equal(new ChannelChange("oscar", "") { Resets = resets }, Assert.Single(_node.Channels.Asked).Change);
    }

    [Fact]
    public async Task A_patch_may_set_one_setting_take_another_back_and_end_an_isolation()
    {
        await ChangeAsync(HttpMethod.Patch, "alpha", """
            { "submit": { "concurrency": 8, "rate_per_second": null }, "isolated": null, "reason": "as agreed" }
            """);

        var expected = new ChannelChange("oscar", "as agreed")
        {
            SubmitConcurrency = 8, Isolated = false, Resets = OverrideKeys.SubmitRatePerSecond,
        };
        Assert.Equal(expected, Assert.Single(_node.Channels.Asked).Change);
    }

    [Fact]
    public async Task An_override_is_shown_beside_the_configured_value_with_who_and_since_when()
    {
        _node.Channels.Set("alpha", status => status with
        {
            Submit = status.Submit with { Budget = 3 },
            Overrides =
            [
                new ChannelOverride(OverrideKeys.SubmitConcurrency, 3, new OverrideMark(DateTimeOffset.UnixEpoch, "alice")),
                new ChannelOverride(OverrideKeys.Weight, 0.5, null),
            ],
        });

        var alpha = (await _node.GetAsync("/admin/v1/channels/alpha", "t-viewer")).Json!;

        Assert.Equal((3, 16), ((int)alpha["submit"]!["budget"]!, (int)alpha["configured"]!["submit"]!["concurrency"]!));
        var expected = JsonNode.Parse("""
            [ { "what": "submit.concurrency", "value": 3, "configured": 16, "by": "alice", "since": "1970-01-01T00:00:00.000Z" },
              { "what": "weight", "value": 0.5, "configured": 1, "by": null, "since": null } ]
            """);
        Assert.True(JsonNode.DeepEquals(expected, alpha["overrides"]), alpha["overrides"]!.ToJsonString());
    }

    [Fact]
    public async Task All_wrong_fields_of_a_patch_are_named_at_once()
    {
        var answer = await ChangeAsync(HttpMethod.Patch, "alpha", """
            { "submit": { "concurrency": 0, "rate_per_second": 0, "burst": 1 },
              "query": { "concurrency": 10001, "rate_per_second": 1e9 },
              "weight": -1, "isolated": "yes", "reason": " ", "colour": 1 }
            """);

        Assert.Equal(400, answer.Status);
        string[] expected =
        [
            "colour", "isolated", "query.concurrency", "query.rate_per_second", "reason", "submit.burst", "submit.concurrency",
            "submit.rate_per_second", "weight",
        ];
        Assert.Equal(expected, answer.Fields.Order(StringComparer.Ordinal));
        Assert.Empty(_node.Channels.Asked);
    }

    [Theory]
    [InlineData("PATCH", "alpha", "{}", 400)]
    [InlineData("PATCH", "alpha", """{ "reason": "only" }""", 400)]
    [InlineData("PATCH", "alpha", """{ "weight": 2 }""", 200)]
    [InlineData("POST", "alpha/disable", "{}", 200)]
    [InlineData("POST", "alpha/disable", """{ "reason": "" }""", 400)]
    [InlineData("POST", "alpha/disable", """{ "reason": 5 }""", 400)]
    [InlineData("POST", "alpha/disable", """{ "why": "x" }""", 400)]
    [InlineData("POST", "zulu/disable", "{}", 404)]
    [InlineData("PATCH", "zulu", """{ "weight": 2 }""", 404)]
    public async Task A_change_is_checked_before_it_goes_to_the_channel(string method, string path, string body, int status)
    {
        var answer = await ChangeAsync(new HttpMethod(method), path, body);

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200 ? 1 : 0, _node.Channels.Asked.Count);
    }

    [Fact]
    public async Task An_unknown_channel_is_404_and_a_silent_owner_503()
    {
        _node.Channels.IsOwnerSilent = true;

        var unknown = await _node.GetAsync("/admin/v1/channels/zulu", "t-viewer");
        var silent = await ChangeAsync(HttpMethod.Post, "alpha/disable", """{ "reason": "x" }""");

        Assert.Equal((404, 503, "unavailable"), (unknown.Status, silent.Status, silent.Code));
        Assert.NotNull(silent.Message.Headers.RetryAfter);
    }

    private Task<Answer> ChangeAsync(HttpMethod method, string path, string body) =>
        _node.SendAsync(method, $"/admin/v1/channels/{path}", "t-operator", body);

    [Theory]
    [InlineData("enable")]
    [InlineData("disable")]
    [InlineData("drain")]
    public async Task A_retired_channel_is_the_configurations_affair(string verb)
    {
        await using var node = await TestNode.StartAsync("router.channels.bravo.retired = on");

        var answer = await node.SendAsync(HttpMethod.Post, $"/admin/v1/channels/bravo/{verb}", "t-admin", "{}");

        Assert.Equal((409, "channel_retired"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("a\nb", "contains a line break")]
    [InlineData("a\r\nb", "contains a line break")]
    [InlineData("a\tb", "contains a tab")]
    [InlineData("a\u0007b", "contains a control character")]
    [InlineData("  ", "must be 1 to 500 characters, not all of them blank")]
    public async Task What_is_wrong_with_a_reason_is_called_by_its_name(string reason, string says)
    {
        await using var node = await TestNode.StartAsync();
        var body = new JsonObject { ["reason"] = reason };

        var answer = await node.SendAsync(HttpMethod.Post, "/admin/v1/channels/alpha/disable", "t-admin", body.ToJsonString());

        Assert.Equal((400, "invalid"), (answer.Status, answer.Code));
        Assert.Equal(says, (string?)answer.Json!["errors"]![0]!["message"]);
    }
}
