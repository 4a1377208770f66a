using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using RouterCluster.Api;

namespace RouterCluster.Cli.Tests.Api;

public sealed class BodyJsonTests
{
    private const string Succeeded = """
        { "id": "pay_1", "order_no": "A-1001", "merchant": "demo", "product": "withhold", "amount": 12000, "currency": "CNY",
          "account": { "number": "622202******0001", "bank": "ICBC" },
          "state": "succeeded", "channel": "alpha", "failure": null,
          "attempts": [ { "no": 1, "channel": "alpha", "order_no": "01JH1", "channel_order_no": "C1", "state": "succeeded",
                          "class": "success", "code": "00",
                          "started_at": "2026-01-02T03:04:05.678Z", "ended_at": "2026-01-02T03:04:05.700Z" } ],
          "metadata": { "shop": "7" }, "created_at": "2026-01-02T03:04:05.600Z", "updated_at": "2026-01-02T03:04:05.701Z" }
        """;

    public static TheoryData<string, JsonTypeInfo> ConfigurationsAndEvents => new()
    {
        {
            """
            { "items": [ { "version": 7, "at": "2026-01-02T03:04:05.678Z", "by": "alice", "reason": "why", "changes": 2,
              "in_force": true } ], "next": "6" }
            """,
            ApiJson.Default.ConfigurationVersionList
        },
        {
            """
            { "version": 7, "at": "2026-01-02T03:04:05.678Z", "by": "alice", "reason": "why", "in_force": true,
              "changes": [ { "what": "channel alpha: weight 2 -> 1" } ] }
            """,
            ApiJson.Default.ConfigurationDifferenceBody
        },
        {
            """
            { "items": [ { "time": "2026-01-02T03:04:05.678Z", "kind": "breaker", "channel": null, "text": "open",
              "tags": ["breaker"] } ], "next": null }
            """,
            ApiJson.Default.RouterEventList
        },
        { """{ "version": 8, "changes": [], "errors": [] }""", ApiJson.Default.ConfigurationBody },
        {
            """{ "version": null, "changes": [], "errors": [], "kept": [ { "what": "alpha: secret is not taken back" } ] }""",
            ApiJson.Default.ConfigurationBody
        },
    };

    public static TheoryData<string, JsonTypeInfo> Samples => new()
    {
        { Succeeded, ApiJson.Default.PaymentBody },
        { Bodies.Payment.Replace("[red]too low[/]", "low"), ApiJson.Default.PaymentBody },
        { Bodies.Alpha, ApiJson.Default.ChannelBody },
        { Bodies.Explain, ApiJson.Default.ExplainBody },
        { Bodies.ExplainOfMany, ApiJson.Default.ExplainBody },
        { Bodies.Cluster, ApiJson.Default.ClusterBody },
        { Bodies.Problem, ApiJson.Default.ProblemBody },
        { $$"""{ "items": [ {{Bodies.Alpha}} ], "next": "c1" }""", ApiJson.Default.ChannelList },
        { $$"""{ "items": [ {{Succeeded}} ], "next": null }""", ApiJson.Default.PaymentList },
        {
            """{ "status": "ok", "checks": [ { "name": "journal", "status": "ok", "detail": null } ] }""",
            ApiJson.Default.HealthBody
        },
        {
            """
            { "node": "n", "at": "2026-01-02T03:04:05.678Z", "status": "failed",
              "checks": [ { "name": "clock", "status": "failed", "detail": "it leapt" } ] }
            """,
            ApiJson.Default.ChecksBody
        },
        {
            """
            { "channel": "alpha", "since": "2026-01-02T03:04:05.678Z", "until": "2026-01-02T04:04:05.678Z", "compared": true,
              "count": 2, "items": [ { "code": "99", "class": "unknown", "count": 2, "share": 1, "new": true, "unmapped": true,
              "sample": null } ], "banks": [ { "bank": "ICBC", "attempts": 2, "succeeded": 0, "failed": 0, "faults": 0,
              "unresolved": 2 } ] }
            """,
            ApiJson.Default.CodesBody
        },
        { $$"""{ "items": [ {{Bodies.Case}} ], "next": null }""", ApiJson.Default.CaseList },
        { Bodies.Proposal, ApiJson.Default.ProposalBody },
        { Bodies.Bulk, ApiJson.Default.BulkBody },
        { """{ "outcome": "failed", "reason": "r", "evidence": "e" }""", ApiJson.Default.ProposalRequest },
        { """{ "digest": "d1" }""", ApiJson.Default.ApprovalRequest },
        { """{ "reason": "r" }""", ApiJson.Default.RejectionRequest },
        {
            """
            { "items": [ { "id": "a1", "rule": "order_overdue", "severity": "page", "subject": { "channel": "alpha" },
              "state": "muted", "since": "2026-01-02T03:04:05.678Z", "resolved_at": null, "value": 700.5, "threshold": 600,
              "message": "old", "caused_by": null, "runbook": "r.md", "muted_until": "2026-01-02T03:34:05.678Z",
              "muted_by": "alice" } ], "next": null }
            """,
            ApiJson.Default.AlertList
        },
        { """{ "for": "30m", "reason": "r" }""", ApiJson.Default.MuteRequest },
        {
            """
            { "items": [ { "at": "2026-01-02T03:04:05.678Z", "by": "alice", "what": "disabled", "reason": null,
              "channel": "alpha", "payment": null, "evidence": null } ], "next": null }
            """,
            ApiJson.Default.AuditList
        },
        {
            """{ "submit": { "concurrency": 8, "rate_per_second": 50 }, "weight": 1, "isolated": false, "reason": "x" }""",
            ApiJson.Default.ChannelPatchRequest
        },
        { """{ "reason": "x" }""", ApiJson.Default.ChannelChangeRequest },
    };

    public static TheoryData<string, JsonTypeInfo> MaintenanceSamples => new()
    {
        { Bodies.Maintenance, ApiJson.Default.MaintenanceList },
        {
            """
            { "channel": "alpha", "from": "23:30", "until": "01:00", "reason": "r", "days": ["*"], "time_zone": "UTC",
              "bank": "ICBC" }
            """,
            ApiJson.Default.MaintenanceRequest
        },
        {
            """
            { "items": [ { "product": "payout", "bank": null, "except": ["CCB"], "starts_at": null,
              "ends_at": "2026-01-03T18:00:00.000Z" } ], "next": null }
            """,
            ApiJson.Default.DowntimeList
        },
    };

    public static TheoryData<string, JsonTypeInfo> NotificationSamples => new()
    {
        {
            """
            { "items": [ { "id": "msg_1", "merchant": "shop", "payment": "pay_1", "type": "payment.failed", "url": "https://x",
              "state": "pending", "attempts": 3, "created_at": "2026-01-02T03:04:05.678Z",
              "next_attempt_at": "2026-01-02T03:09:05.678Z", "last_attempt_at": null, "last_status": null,
              "last_error": null } ], "next": null }
            """,
            ApiJson.Default.NotificationList
        },
        {
            $$"""{ "type": "payment.succeeded", "timestamp": "2026-01-02T03:04:05.678Z", "data": {{Succeeded}} }""",
            ApiJson.Default.WebhookBody
        },
        { """{ "merchant": "shop", "released": 7 }""", ApiJson.Default.NotificationsEnabledBody },
    };

    public static TheoryData<string, JsonTypeInfo> StorySamples => new()
    {
        { Bodies.Timeline, ApiJson.Default.TimelineBody },
        {
            $$"""
            { "items": [ { "id": "msg_1", "type": "payment.succeeded", "timestamp": "2026-01-02T03:04:05.678Z",
              "data": {{Succeeded}} } ], "next": "msg_1" }
            """,
            ApiJson.Default.EventList
        },
        {
            """
            { "id": "msg_test1", "url": "https://x", "delivered": false, "status": null, "error": "timeout", "took_ms": 15000 }
            """,
            ApiJson.Default.WebhookTestedBody
        },
        { """{ "resent": 7, "next": null }""", ApiJson.Default.WebhooksResentBody },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    [MemberData(nameof(MaintenanceSamples))]
    [MemberData(nameof(ConfigurationsAndEvents))]
    [MemberData(nameof(StorySamples))]
    [MemberData(nameof(NotificationSamples))]
    public void A_body_is_written_as_it_was_read_in_the_same_order(string json, JsonTypeInfo shape)
    {
        var value = JsonSerializer.Deserialize(json, shape);

        Assert.Equal(JsonNode.Parse(json)!.ToJsonString(), JsonSerializer.Serialize(value, shape));
    }

    [Fact]
    public void Times_are_written_in_utc_with_milliseconds_whatever_they_came_with()
    {
        var moment = new DateTimeOffset(2026, 1, 2, 11, 4, 5, TimeSpan.FromHours(8)).AddTicks(6_789_999);
        var changed = new ChangedBody(moment, "alice", "enabled", null);

        var json = JsonSerializer.Serialize(changed, ApiJson.Default.ChangedBody);

        Assert.Equal("""{"at":"2026-01-02T03:04:05.678Z","by":"alice","what":"enabled","reason":null}""", json);
    }

    [Fact]
    public void A_body_without_one_of_its_fields_is_refused() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{ "items": [] }""", ApiJson.Default.ChannelList));

    [Fact]
    public void A_null_where_none_may_be_is_refused() =>
        Assert.Throws<JsonException>(
            () => JsonSerializer.Deserialize("""{ "items": null, "next": null }""", ApiJson.Default.ChannelList));

    [Theory]
    [InlineData("""{ "wieght": 1 }""")]
    [InlineData("""{ "submit": { "concurency": 1 } }""")]
    public void A_change_with_an_unknown_field_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, ApiJson.Default.ChannelPatchRequest));
}
