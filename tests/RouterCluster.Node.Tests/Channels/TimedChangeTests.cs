using System.Text.Json.Nodes;
using RouterCluster.Domain.Channels;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Channels;

/// <summary>Changes that end by themselves, as the operators' API has them.</summary>
public sealed class TimedChangeTests : IAsyncLifetime
{
    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Theory]
    [InlineData("POST", "alpha/disable", """{ "for": "2h" }""", 7200)]
    [InlineData("POST", "alpha/drain", """{ "reason": "slow", "for": "1.5h" }""", 5400)]
    [InlineData("PATCH", "alpha", """{ "weight": 2, "for": "1s" }""", 1)]
    [InlineData("PATCH", "alpha", """{ "isolated": true, "for": "30d" }""", 2_592_000)]
    [InlineData("PATCH", "alpha", """{ "isolated": true, "for": null }""", null)]
    public async Task The_channel_is_told_for_how_long(string method, string path, string body, int? seconds)
    {
        var answer = await ChangeAsync(method, path, body);

        Assert.Equal(200, answer.Status);
        Assert.Equal(seconds, (int?)Assert.Single(_node.Channels.Asked).Change.For?.TotalSeconds);
    }

    [Theory]
    [InlineData("POST", "alpha/enable", """{ "for": "2h" }""", "for")]
    [InlineData("POST", "alpha/disable", """{ "for": "2 hours" }""", "for")]
    [InlineData("POST", "alpha/disable", """{ "for": "31d" }""", "for")]
    [InlineData("POST", "alpha/disable", """{ "for": "0s" }""", "for")]
    [InlineData("POST", "alpha/disable", """{ "for": 2 }""", "for")]
    [InlineData("PATCH", "alpha", """{ "for": "2h" }""", "body")]
    [InlineData("PATCH", "alpha", """{ "weight": null, "for": "2h" }""", "for")]
    [InlineData("PATCH", "alpha", """{ "weight": 2, "isolated": false, "for": "2h" }""", "for")]
    [InlineData("PATCH", "alpha", """{ "weight": 2, "submit": null, "for": "2h" }""", "for")]
    public async Task A_time_that_makes_no_sense_is_refused(string method, string path, string body, string field)
    {
        var answer = await ChangeAsync(method, path, body);

        Assert.Equal((400, field), (answer.Status, Assert.Single(answer.Fields)));
        Assert.Empty(_node.Channels.Asked);
    }

    [Fact]
    public async Task What_ends_by_itself_is_shown_with_its_end_and_with_what_comes_then()
    {
        var noon = DateTimeOffset.UnixEpoch.AddHours(12);
        var bob = new OverrideMark(DateTimeOffset.UnixEpoch, "bob");
        OverrideMark Until(int hours, double? value) => new(DateTimeOffset.UnixEpoch, "alice")
        {
            End = new OverrideEnd(noon.AddHours(hours), value, value is null ? null : bob),
        };
        _node.Channels.Set("alpha", status => status with
        {
            Lifecycle = ChannelLifecycle.Disabled,
            Closed = new ChannelClosing(ClosingReason.Lifecycle, noon),
            Overrides =
            [
                new ChannelOverride(OverrideKeys.SubmitConcurrency, 3, Until(2, null)),
                new ChannelOverride(OverrideKeys.QueryConcurrency, 2, bob),
                new ChannelOverride(OverrideKeys.Weight, 0.5, Until(1, 2.5)),
            ],
            Switches =
            [
                new ChannelOverride(OverrideKeys.Lifecycle, 2, Until(0, 3)),
                new ChannelOverride(OverrideKeys.Isolated, 1, Until(3, null)),
            ],
        });

        var alpha = (await _node.GetAsync("/admin/v1/channels/alpha", "t-viewer")).Json!;

        var expected = JsonNode.Parse("""
            [ { "what": "lifecycle", "value": "disabled", "at": "1970-01-01T12:00:00.000Z", "then": "draining",
                "by": "alice", "since": "1970-01-01T00:00:00.000Z" },
              { "what": "weight", "value": "0.5", "at": "1970-01-01T13:00:00.000Z", "then": "2.5",
                "by": "alice", "since": "1970-01-01T00:00:00.000Z" },
              { "what": "submit.concurrency", "value": "3", "at": "1970-01-01T14:00:00.000Z", "then": "as configured",
                "by": "alice", "since": "1970-01-01T00:00:00.000Z" },
              { "what": "isolated", "value": "on", "at": "1970-01-01T15:00:00.000Z", "then": "off",
                "by": "alice", "since": "1970-01-01T00:00:00.000Z" } ]
            """);
        Assert.True(JsonNode.DeepEquals(expected, alpha["ends"]), alpha["ends"]?.ToJsonString());
        Assert.Equal("1970-01-01T12:00:00.000Z", (string?)alpha["closed"]!["until"]);
        var switches = JsonNode.Parse("""
            [ { "what": "lifecycle", "value": "disabled", "by": "alice", "since": "1970-01-01T00:00:00.000Z" },
              { "what": "isolated", "value": "on", "by": "alice", "since": "1970-01-01T00:00:00.000Z" } ]
            """);
        Assert.True(JsonNode.DeepEquals(switches, alpha["switches"]), alpha["switches"]?.ToJsonString());
    }

    private Task<Answer> ChangeAsync(string method, string path, string body) =>
        _node.SendAsync(new HttpMethod(method), $"/admin/v1/channels/{path}", "t-operator", body);
}
