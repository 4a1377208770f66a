namespace RouterCluster.Cli.Tests.Tables;

/// <summary>Bodies as long and as wide as a node may send them: ids of 64 letters, names of double width.</summary>
internal static class LongBodies
{
    /// <summary>The longest id that there is.</summary>
    public static readonly string Id = "id-" + new string('x', 60) + "E";

    /// <summary>Another one, beside the first in the same row.</summary>
    public static readonly string OtherId = "no-" + new string('y', 60) + "E";

    /// <summary>16 letters, 32 cells of a terminal.</summary>
    public const string Wide = "上海浦东发展银行股份有限公司代扣";

    private const string Prose =
        "the company's statement of the second of January says that the money was moved 次日到账 and not returned";

    public static readonly string Channel = Bodies.Alpha.Replace("\"alpha\"", $"\"{Id}\"").Replace("bank is back", Prose)
        .Replace("\"alice\"", $"\"{Wide}\"");

    public static readonly string Overridden = Bodies.Overridden.Replace("\"alpha\"", $"\"{Id}\"")
        .Replace("bank is back", Prose).Replace("\"alice\"", $"\"{Wide}\"");

    public static readonly string Timed = Bodies.Timed.Replace("\"alpha\"", $"\"{Id}\"")
        .Replace("bank is back", Prose).Replace("\"alice\"", $"\"{Wide}\"");

    public static readonly string Excluding = Bodies.Excluding.Replace("\"alpha\"", $"\"{Id}\"")
        .Replace("bank is back", Prose).Replace("it hangs", Prose).Replace("\"shop\"", $"\"{OtherId}\"")
        .Replace("\"alice\"", $"\"{Wide}\"");

    public static readonly string Maintenance = Bodies.Planned.Replace("\"alpha\"", $"\"{Id}\"")
        .Replace("\"alpha.1\"", $"\"{Id}.1\"").Replace("books close", Prose).Replace("\"ICBC\"", $"\"{OtherId}\"")
        .Replace("\"alice\"", $"\"{Wide}\"");

    public static readonly string Payment = Bodies.Payment
        .Replace("\"pay_3x1\"", $"\"{Id}\"").Replace("\"bravo\"", $"\"{Wide}\"")
        .Replace("\"demo\"", $"\"{OtherId}\"").Replace("\"B-77\"", $"\"{OtherId}\"").Replace("balance [red]too low[/]", Prose);

    public static readonly string Timeline = Bodies.Timeline
        .Replace("\"pay_3x1\"", $"\"{Id}\"").Replace("\"demo\"", $"\"{OtherId}\"")
        .Replace("the customer is on the phone", Prose).Replace("\"alice\"", $"\"{Wide}\"");

    public static readonly string Case = Bodies.Case.Replace(Bodies.Payment, Payment).Replace("\"pay_3x1\"", $"\"{Id}\"")
        .Replace("\"oscar\"", $"\"{Wide}\"").Replace("bravo said success (code 00)", Prose);

    public static readonly string Bulk = Bodies.Bulk.Replace("\"bulk_7\"", $"\"{Id}\"").Replace("\"oscar\"", $"\"{Wide}\"")
        .Replace("\"bravo\"", $"\"{OtherId}\"").Replace("bravo was down", Prose);

    public static readonly string BulkItem = $$"""
        { "no": 2, "payment": "{{Id}}", "amount": 100, "state": "refused", "refusal": "content_changed", "currency": "JPY" }
        """;

    public static readonly string Webhook = $$"""
        { "id": "{{Id}}", "merchant": "{{Wide}}", "payment": "{{OtherId}}", "type": "payment.succeeded",
          "url": "https://shop.example/hook?{{OtherId}}", "state": "pending", "attempts": 3,
          "created_at": "2026-01-02T03:04:05.678Z", "next_attempt_at": "2026-01-02T03:09:05.678Z",
          "last_attempt_at": "2026-01-02T03:04:06.000Z", "last_status": null, "last_error": "timeout" }
        """;

    public static readonly string Notice = $$"""
        { "id": "n1", "channel": "{{OtherId}}", "order_no": "{{Id}}", "reason": "unknown_order", "class": "success",
          "code": "00", "message": null, "amount": 12000, "currency": "BHD", "channel_order_no": null,
          "received_at": "2026-01-02T03:04:05.678Z", "times": 3 }
        """;

    public static readonly string Audit = $$"""
        { "at": "2026-01-02T05:00:00.000Z", "by": "{{Wide}}", "what": "approved failed (proposal 1)", "reason": "{{Prose}}",
          "channel": null, "payment": "{{Id}}", "evidence": "{{Prose}}" }
        """;

    public static readonly string Configuration = $$"""
        { "version": 1234567, "at": "2026-01-02T05:00:00.000Z", "by": "{{Id}}", "reason": "{{Prose}}", "changes": 1234567,
          "in_force": true }
        """;

    public static readonly string Difference = $$"""
        { "version": 12, "at": "2026-01-02T05:00:00.000Z", "by": "{{Wide}}", "reason": "{{Prose}}", "in_force": false,
          "changes": [ { "what": "channel {{Id}}: weight 1 -> 2" }, { "what": "merchant {{OtherId}}: {{Prose}}" } ] }
        """;

    public static readonly string Event = $$"""
        { "time": "2026-01-02T05:00:00.000Z", "kind": "configuration", "channel": "{{Id}}", "text": "{{Wide}}: {{Prose}}",
          "tags": ["configuration", "{{Id}}"] }
        """;

    public static readonly string Alert = $$"""
        { "id": "{{Id}}", "rule": "no_second_channel", "severity": "page",
          "subject": { "channel": "{{OtherId}}", "merchant": "{{Id}}" }, "state": "active",
          "since": "2026-01-02T03:04:05.678Z", "resolved_at": null, "value": 1, "threshold": 2, "message": "{{Prose}}",
          "caused_by": null, "runbook": "src/docs/runbooks/no_second_channel.md", "muted_until": null, "muted_by": null }
        """;

    public static readonly string Member = $$"""
        { "address": "akka.tcp://router@node-1.of-a-long.name.example:2551", "status": "up", "roles": ["router"],
          "books": [{{string.Join(", ", Enumerable.Range(0, 64))}}], "channels": ["{{Id}}", "{{OtherId}}", "{{Wide}}"],
          "draining": false, "lease": { "epoch": 12, "age_ms": 340, "until": "2026-11-29T12:00:05Z" } }
        """;

    private const string Ages = """
        { "under_1m": { "count": 1, "amount": 100 }, "under_10m": { "count": 20000, "amount": 200 },
          "under_60m": { "count": 0, "amount": 0 }, "longer": { "count": 4, "amount": 400 } }
        """;

    public static readonly string Unknown = $$"""
        { "at": "2026-01-02T03:04:05.678Z", "complete": false, "count": 20005, "items": [
          { "channel": "{{Id}}", "merchant": "{{OtherId}}", "currency": "CNY", "count": 20005, "amount": 70000000,
            "oldest_seconds": 3725, "ages": {{Ages}} } ],
          "asking": [ { "channel": "{{Id}}", "rate_per_second": 12.5, "count": 20005, "done": 7, "asked": 5, "by": "{{Wide}}",
            "since": "2026-01-02T03:04:05.678Z" } ] }
        """;

    public static readonly string Codes = $$"""
        { "channel": "{{OtherId}}", "since": "2026-01-02T03:04:00.000Z", "until": "2026-01-02T04:04:05.678Z", "compared": false,
          "count": 1234567, "items": [
          { "code": "{{Id}}", "class": "unknown", "count": 1234567, "share": 1, "new": true, "unmapped": true,
            "sample": "{{OtherId}}" } ],
          "banks": [ { "bank": "none", "attempts": 1234567, "succeeded": 0, "failed": 0, "faults": 0, "unresolved": 7 } ] }
        """;

    public static readonly string Forecast = $$"""
        { "channel": "{{OtherId}}", "changes": [ { "what": "lifecycle", "now": "active", "then": "draining" } ],
          "since": "2026-01-02T03:04:00.000Z", "until": "2026-01-02T04:04:05.678Z", "complete": true, "payments": 1234567,
          "moving": 1234567, "moving_share": 1, "success_before": 0.9, "success_after": null, "items": [
          { "merchant": "{{Id}}", "product": "withhold", "currency": "CNY", "payments": 1234567, "amount": 1234567890,
            "moving": 1234567, "moving_amount": 1234567890, "moving_share_of_all": 0.5, "without_channel": 7, "chosen": "policy",
            "to": [ { "channel": "{{OtherId}}", "payments": 1234560, "share": 0.99 } ], "success_before": 0.9,
            "success_after": null } ],
          "targets": [ { "channel": "{{OtherId}}", "payments": 1234560, "per_second": 342.9, "concurrency": 12.3,
            "free_concurrency": 13, "free_rate_per_second": 12.5, "success_rate": 0.97, "enough": false } ],
          "held_back": { "queued": { "count": 12, "amount": 1234567 }, "in_flight": { "count": 3, "amount": 4567 },
            "unknown": { "count": 1, "amount": 99 }, "queued_go": "to_the_channel", "currency": "CNY" },
          "left_without_channel": [ { "merchant": "{{Id}}", "product": "payout" } ], "not_known": [ "{{Prose}}" ] }
        """;

    public static readonly string Checks = $$"""
        { "node": "{{OtherId}}", "at": "2026-01-02T03:04:05.678Z", "status": "ok", "checks": [
          { "name": "certificates", "status": "ok", "detail": "{{Id}} {{Prose}}" } ] }
        """;

    public static readonly string Policy = $$"""
        { "policy": "{{Id}}", "role": "active", "decisions": 1200, "agreement": 1, "expected_success": 0.951, "attempts": 1000,
          "observed_success": 0.95 }
        """;

    public static readonly string Route = $$"""
        { "merchant": "{{Id}}", "product": "withhold", "policy": "{{OtherId}}", "shadow": ["{{OtherId}}", "cheap"],
          "canary": "loyal", "canary_percent": 5, "exclude": ["{{Id}}", "{{OtherId}}"], "explore_up_to": 1000000 }
        """;

    public static readonly string Explain = Bodies.Explain
        .Replace("\"pay_3x1\"", $"\"{OtherId}\"").Replace("\"charlie\"", $"\"{Wide}\"").Replace("\"bravo\"", $"\"{Id}\"");
}
