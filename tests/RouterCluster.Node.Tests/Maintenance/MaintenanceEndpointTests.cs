using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using RouterCluster.Domain.Channels;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Maintenance;

public sealed class MaintenanceEndpointTests : IAsyncLifetime
{
    private const string Path = "/admin/v1/maintenance";

    /// <summary>Tuesday, 20:00 in Shanghai.</summary>
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private static readonly MaintenanceWindow Tonight =
        new MaintenanceWindow.Once(new(2026, 12, 2, 2, 0, 0), new(2026, 12, 2, 4, 30, 0), Shanghai);

    private static readonly MaintenanceWindow Evenings =
        new MaintenanceWindow.Weekly([DayOfWeek.Tuesday, DayOfWeek.Sunday], new(19, 30), new(0, 30), Shanghai);

    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync(
        """
        router.channels.bravo.maintenance = [
          { days = ["*"], from = "02:00", until = "02:15", time-zone = UTC }
          { from = "2026-11-01T02:00", until = "2026-11-01T03:00", time-zone = UTC } ]
        """,
        new FakeTimeProvider(Now));

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task What_comes_once_is_planned_in_the_zone_of_the_house_and_answered_with_its_id()
    {
        var answer = await SendAsync("POST", "", """
            { "channel": "alpha", "from": "2026-12-02T02:00", "until": "2026-12-02T04:30", "reason": "ticket 4711" }
            """);

        Assert.Equal(200, answer.Status);
        Assert.Equal(
            new ChannelChange("oscar", "ticket 4711") { Plan = new MaintenancePlan(Tonight, null) },
            Assert.Single(_node.Channels.Asked).Change);
        var expected = JsonNode.Parse("""
            { "id": "alpha.1", "channel": "alpha", "bank": null, "source": "operator", "from": "2026-12-02T02:00",
              "until": "2026-12-02T04:30", "days": [], "time_zone": "Asia/Shanghai", "open": false,
              "starts_at": "2026-12-01T18:00:00.000Z", "ends_at": "2026-12-01T20:30:00.000Z", "reason": "ticket 4711",
              "by": "oscar", "since": "1970-01-01T00:00:00.000Z" }
            """);
        Assert.True(JsonNode.DeepEquals(expected, answer.Json), answer.Text);
    }

    [Fact]
    public async Task Maintenance_of_a_bank_that_the_channel_does_not_serve_is_refused_as_mistyped()
    {
        await using var node = await TestNode.StartAsync("router.channels.alpha.banks = [ICBC]", new FakeTimeProvider(Now));

        var answer = await node.SendAsync(HttpMethod.Post, Path, "t-operator", """
            { "channel": "alpha", "bank": "ICBK", "from": "2026-12-02T02:00", "until": "2026-12-02T04:30", "reason": "x" }
            """);

        Assert.Equal((409, "not_served"), (answer.Status, answer.Code));
        Assert.Equal("alpha does not serve bank ICBK; it serves ICBC.", (string?)answer.Json!["detail"]);
        Assert.Empty(node.Channels.Asked);
    }

    [Fact]
    public async Task What_comes_again_is_planned_with_days_bank_and_zone()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var once = await SendAsync("POST", "", """
            { "channel": "alpha", "bank": "ICBC", "days": ["sunday", "tuesday"], "from": "19:30", "until": "00:30",
              "reason": "x" }
            """);
        var daily = await SendAsync("POST", "", """
            { "channel": "alpha", "days": ["*"], "from": "00:00", "until": "00:00", "time_zone": "Europe/Berlin", "reason": "x" }
            """);

        Assert.Equal((200, 200), (once.Status, daily.Status));
        Assert.Equal(
            [
                new MaintenancePlan(Evenings, "ICBC"),
                new MaintenancePlan(
                    new MaintenanceWindow.Weekly([.. Enum.GetValues<DayOfWeek>()], new(0, 0), new(0, 0), berlin), null),
            ],
            _node.Channels.Asked.Select(asked => asked.Change.Plan));
        Assert.Equal(["tuesday", "sunday"], once.Json!["days"]!.AsArray().Select(day => (string?)day));
        Assert.Equal(("*", true), ((string?)daily.Json!["days"]![0], (bool)daily.Json["open"]!));
    }

    [Theory]
    [InlineData("""{ "channel": "alpha", "from": "02:00", "until": "04:00", "reason": "x" }""", "from")]
    [InlineData("""{ "channel": "alpha", "from": "2026-12-02T02:00", "until": "04:00", "reason": "x" }""", "until")]
    [InlineData("""{ "channel": "alpha", "from": "2026-12-02T02:00", "until": "2026-12-02T02:00", "reason": "x" }""", "until")]
    [InlineData("""{ "channel": "alpha", "from": "2026-12-01T02:00", "until": "2026-12-01T20:00", "reason": "x" }""", "until")]
    [InlineData("""{ "channel": "alpha", "from": "2026-12-02T02:00", "until": "2026-12-09T02:01", "reason": "x" }""", "until")]
    [InlineData("""{ "channel": "alpha", "from": "2062-12-02T02:00", "until": "2062-12-02T02:01", "reason": "x" }""", "from")]
    [InlineData("""{ "channel": "alpha", "from": "2026-02-30T02:00", "until": "2026-12-02T02:01", "reason": "x" }""", "from")]
    [InlineData(
        """{ "channel": "alpha", "days": ["*"], "from": "2026-12-02T02:00", "until": "02:00", "reason": "x" }""", "from")]
    [InlineData(
        """{ "channel": "alpha", "days": ["*"], "from": "02:00", "until": "2026-12-02T02:00", "reason": "x" }""", "until")]
    [InlineData("""{ "channel": "alpha", "days": ["someday"], "from": "02:00", "until": "04:00", "reason": "x" }""", "days")]
    [InlineData("""{ "channel": "alpha", "days": "sunday", "from": "02:00", "until": "04:00", "reason": "x" }""", "days")]
    [InlineData("""{ "channel": "alpha", "days": [7], "from": "02:00", "until": "04:00", "reason": "x" }""", "days")]
    [InlineData(
        """{ "channel": "alpha", "days": ["*"], "time_zone": "Mars", "from": "02:00", "until": "04:00", "reason": "x" }""",
        "time_zone")]
    [InlineData("""{ "channel": "alpha", "days": ["*"], "from": "02:00", "until": "04:00" }""", "reason")]
    [InlineData("""{ "days": ["*"], "from": "02:00", "until": "04:00", "reason": "x" }""", "channel")]
    [InlineData(
        """{ "channel": "alpha", "bank": "IC BC", "days": ["*"], "from": "02:00", "until": "04:00", "reason": "x" }""", "bank")]
    [InlineData("""{ "channel": "alpha", "day": 1, "days": ["*"], "from": "02:00", "until": "04:00", "reason": "x" }""", "day")]
    public async Task What_makes_no_sense_is_refused(string body, string field)
    {
        var answer = await SendAsync("POST", "", body);

        Assert.Equal((400, field), (answer.Status, Assert.Single(answer.Fields)));
        Assert.Empty(_node.Channels.Asked);
    }

    [Fact]
    public async Task One_list_shows_all_sources_and_nothing_that_is_over()
    {
        var at = DateTimeOffset.UnixEpoch;
        _node.Channels.Set("alpha", status => status with
        {
            AnnouncedUntil = Now.AddMinutes(20),
            Planned =
            [
                new PlannedMaintenance(2, new MaintenancePlan(Tonight, null), at, "alice", "ticket 4711"),
                new PlannedMaintenance(7, new MaintenancePlan(Evenings, "ICBC"), at, "bob", "books"),
                new PlannedMaintenance(
                    8,
                    new MaintenancePlan(
                        new MaintenanceWindow.Once(new(2026, 12, 1, 2, 0, 0), new(2026, 12, 1, 3, 0, 0), Shanghai), null),
                    at, "bob", "over, and its owner has not looked yet"),
            ],
        });

        var all = (await _node.GetAsync(Path, "t-viewer")).Json!;
        var alpha = (await _node.GetAsync($"{Path}?channel=alpha", "t-viewer")).Json!["items"]!.AsArray();
        var none = await _node.GetAsync($"{Path}?channel=zulu", "t-viewer");

        Assert.Equal(
            [
                ("alpha", "announced", null, true, null, "2026-12-01T12:20:00.000Z"),
                ("alpha", "operator", "alpha.7", true, "2026-12-01T11:30:00.000Z", "2026-12-01T16:30:00.000Z"),
                ("alpha", "operator", "alpha.2", false, "2026-12-01T18:00:00.000Z", "2026-12-01T20:30:00.000Z"),
                ("bravo", "configured", (string?)null, false, "2026-12-02T02:00:00.000Z", "2026-12-02T02:15:00.000Z"),
            ],
            all["items"]!.AsArray().Select(row => (
                (string)row!["channel"]!, (string)row["source"]!, (string?)row["id"], (bool)row["open"]!,
                (string?)row["starts_at"], (string)row["ends_at"]!)));
        var books = alpha[1]!;
        Assert.Equal(("books", "bob", "ICBC"), ((string?)books["reason"], (string?)books["by"], (string?)books["bank"]));
        Assert.Equal(3, alpha.Count);
        Assert.Equal(404, none.Status);
    }

    [Fact]
    public async Task A_planned_one_is_taken_back_by_its_id()
    {
        var bare = await SendAsync("DELETE", "/alpha.3", null);
        var reasoned = await SendAsync("DELETE", "/alpha.3", """{ "reason": "called off" }""");

        Assert.Equal((200, 200), (bare.Status, reasoned.Status));
        Assert.Equal("alpha", (string?)bare.Json!["id"]);
        Assert.Equal(
            [new ChannelChange("oscar", "") { Unplan = 3 }, new ChannelChange("oscar", "called off") { Unplan = 3 }],
            _node.Channels.Asked.Select(asked => asked.Change));
    }

    [Theory]
    [InlineData("zulu.1")]
    [InlineData("alpha")]
    [InlineData("alpha.0")]
    [InlineData("alpha.-1")]
    [InlineData("alpha.one")]
    [InlineData("alpha.99999999999")]
    [InlineData(".1")]
    public async Task An_id_that_there_cannot_be_is_not_found(string id)
    {
        Assert.Equal(404, (await SendAsync("DELETE", $"/{id}", null)).Status);
        Assert.Empty(_node.Channels.Asked);
    }

    [Fact]
    public async Task What_the_channel_refuses_is_said()
    {
        const string Daily = """{ "channel": "alpha", "days": ["*"], "from": "02:00", "until": "04:00", "reason": "x" }""";
        var strange = await SendAsync("POST", "", Daily.Replace("alpha", "zulu"));
        _node.Channels.Refuses = ChangeRefusal.NoSuchMaintenance;
        var unknown = await SendAsync("DELETE", "/alpha.7", null);
        _node.Channels.Refuses = ChangeRefusal.TooManyMaintenances;
        var full = await SendAsync("POST", "", Daily);
        _node.Channels.Refuses = null;
        _node.Channels.IsOwnerSilent = true;
        var silent = await SendAsync("POST", "", Daily);

        Assert.Equal((404, "not_found"), (strange.Status, strange.Code));
        Assert.Equal((404, "not_found"), (unknown.Status, unknown.Code));
        Assert.Contains("alpha.7", (string?)unknown.Json!["detail"], StringComparison.Ordinal);
        Assert.Equal((409, "too_many_maintenances"), (full.Status, full.Code));
        Assert.Equal((503, "unavailable"), (silent.Status, silent.Code));
    }

    [Theory]
    [InlineData("POST", "", """{ "channel": "alpha", "days": ["*"], "from": "02:00", "until": "04:00", "reason": "x" }""")]
    [InlineData("DELETE", "/alpha.1", null)]
    public async Task Whoever_only_looks_changes_nothing(string method, string path, string? body)
    {
        var answer = await _node.SendAsync(new HttpMethod(method), $"{Path}{path}", "t-viewer", body);

        Assert.Equal(403, answer.Status);
        Assert.Empty(_node.Channels.Asked);
    }

    private Task<Answer> SendAsync(string method, string path, string? body) =>
        _node.SendAsync(new HttpMethod(method), $"{Path}{path}", "t-operator", body);
}
