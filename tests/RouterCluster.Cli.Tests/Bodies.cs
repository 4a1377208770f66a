namespace RouterCluster.Cli.Tests;

/// <summary>Bodies as a node writes them, odd spacing included, so that a rewritten body is seen.</summary>
internal static class Bodies
{
    public const string Alpha = """
        { "id": "alpha", "enabled": true, "lifecycle": "active", "products": ["withhold", "payout"], "weight": 1,
          "submit": { "breaker": "closed", "in_flight": 3, "budget": 16, "queue": 2,
            "rate_per_second": 200, "p50_ms": 21, "p99_ms": 1480 },
          "query":  { "breaker": "half_open", "in_flight": 0, "budget": 4, "queue": 0,
            "rate_per_second": 50, "p50_ms": 0, "p99_ms": 0 },
          "success_rate": 0.974, "traffic_share": 0.31, "outage": null, "closed": null,
          "unknown": { "count": 7, "amount": 1234567, "oldest_seconds": 3725, "currency": "CNY" },
          "changed": { "at": "2026-01-02T03:04:05.678Z", "by": "alice", "what": "enabled",
            "reason": "bank is back" },
          "maintenance_until": "2026-01-02T06:30:00.000Z" }
        """;

    public const string Bravo = """
        { "id": "bravo", "enabled": false, "lifecycle": "disabled", "products": [], "weight": 0.5,
          "submit": { "breaker": "isolated", "in_flight": 0, "budget": 8, "queue": 0,
            "rate_per_second": 12.5, "p50_ms": 0, "p99_ms": 0 },
          "query":  { "breaker": "open", "in_flight": 0, "budget": 4, "queue": 0,
            "rate_per_second": 50, "p50_ms": 0, "p99_ms": 0 },
          "success_rate": null, "traffic_share": 0, "outage": { "level": "down", "since": "2026-01-02T01:02:03.000Z" },
          "closed": { "until": null, "why": "lifecycle" }, "unknown": { "count": 0, "amount": 0, "oldest_seconds": 0 },
          "changed": null, "added_later": { "by": "a newer node" } }
        """;

    /// <summary>Alpha as an operator has left it, two settings against the configuration.</summary>
    public static readonly string Overridden = Alpha.Replace(
        "\"weight\": 1,",
        """
        "weight": 0.5, "configured": { "submit": { "concurrency": 16, "rate_per_second": 200 },
            "query": { "concurrency": 4, "rate_per_second": 50 }, "weight": 1 },
          "overrides": [
            { "what": "submit.concurrency", "value": 3, "configured": 16, "by": "alice", "since": "2026-01-02T03:04:05.000Z" },
            { "what": "weight", "value": 0.5, "configured": 1, "by": null, "since": null } ],
        """,
        StringComparison.Ordinal);

    /// <summary>Alpha as an operator has left it for two hours, with half its weight for four.</summary>
    public static readonly string Timed = Alpha
        .Replace("\"enabled\": true", "\"enabled\": false", StringComparison.Ordinal)
        .Replace("\"lifecycle\": \"active\"", "\"lifecycle\": \"disabled\"", StringComparison.Ordinal)
        .Replace(
            "\"closed\": null", """ "closed": { "until": "2026-01-02T05:04:05.000Z", "why": "lifecycle" }""",
            StringComparison.Ordinal)
        .Replace(
            "\"weight\": 1,",
            """
            "weight": 0.5, "configured": { "submit": { "concurrency": 16, "rate_per_second": 200 },
                "query": { "concurrency": 4, "rate_per_second": 50 }, "weight": 1 },
              "overrides": [
                { "what": "weight", "value": 0.5, "configured": 1, "by": "alice", "since": "2026-01-02T03:04:05.000Z" } ],
              "switches": [
                { "what": "lifecycle", "value": "disabled", "by": "alice", "since": "2026-01-02T03:04:05.000Z" } ],
              "ends": [
                { "what": "lifecycle", "value": "disabled", "at": "2026-01-02T05:04:05.000Z", "then": "active", "by": "alice",
                  "since": "2026-01-02T03:04:05.000Z" },
                { "what": "weight", "value": "0.5", "at": "2026-01-02T07:04:05.000Z", "then": "as configured", "by": "alice",
                  "since": "2026-01-02T03:04:05.000Z" } ],
            """,
            StringComparison.Ordinal);

    public const string Planned = """
        { "id": "alpha.1", "channel": "alpha", "bank": "ICBC", "source": "operator", "from": "23:30", "until": "01:00",
          "days": ["saturday", "sunday"], "time_zone": "Asia/Shanghai", "open": true, "starts_at": "2026-01-03T15:30:00.000Z",
          "ends_at": "2026-01-03T17:00:00.000Z", "reason": "books close", "by": "alice", "since": "2026-01-02T03:04:05.000Z" }
        """;

    /// <summary>From all sources.</summary>
    public const string Maintenance = $$"""
        { "items": [ {{Planned}},
          { "id": null, "channel": "alpha", "bank": null, "source": "announced", "from": null, "until": null, "days": [],
            "time_zone": null, "open": true, "starts_at": null, "ends_at": "2026-01-03T18:00:00.000Z", "reason": null, "by": null,
            "since": null },
          { "id": null, "channel": "bravo", "bank": null, "source": "configured", "from": "2026-12-01T02:30",
            "until": "2026-12-01T04:30", "days": [], "time_zone": "Europe/Berlin", "open": false,
            "starts_at": "2026-12-01T01:30:00.000Z", "ends_at": "2026-12-01T03:30:00.000Z", "reason": null, "by": null,
            "since": null } ],  "next": null }
        """;

    /// <summary>Alpha, two parts of it switched off.</summary>
    public static readonly string Excluding = Alpha.Replace(
        "\"weight\": 1,",
        """
        "weight": 1, "exclusions": [
            { "no": 1, "bank": "ICBC", "product": "payout", "merchant": null, "min_amount": null, "max_amount": null,
              "reason": "it hangs", "by": "alice", "since": "2026-01-02T03:04:05.000Z", "ends_at": "2026-01-02T05:04:05.000Z" },
            { "no": 3, "bank": null, "product": null, "merchant": "shop", "min_amount": 1, "max_amount": 5000,
              "reason": "too slow", "by": "bob", "since": "2026-01-02T03:04:05.000Z", "ends_at": null } ],
        """,
        StringComparison.Ordinal);

    public const string Channels = $$"""{ "items": [ {{Alpha}}, {{Bravo}} ],  "next": null }""";

    public const string Payment = """
        { "id": "pay_3x1", "order_no": "A-1001", "merchant": "demo", "product": "withhold", "amount": 1200050,
            "currency": "CNY",
          "account": { "number": "622202******0001", "bank": "ICBC" },
          "state": "failed", "channel": "bravo",
          "failure": { "class": "customer_funds", "code": "51", "channel": "bravo",
            "message": "balance [red]too low[/]" },
          "attempts": [
            { "no": 1, "channel": "alpha", "order_no": "01JH0000000000000000000000000001", "channel_order_no": null,
              "state": "failed", "class": "channel_maintenance", "code": "39",
              "started_at": "2026-01-02T03:04:05.000Z", "ended_at": "2026-01-02T03:04:06.500Z",
              "first": { "class": "unknown", "code": "http_500" } },
            { "no": 2, "channel": "bravo", "order_no": "01JH0000000000000000000000000002", "channel_order_no": "B-77",
              "state": "failed", "class": "customer_funds", "code": "51",
              "started_at": "2026-01-02T03:04:07.000Z", "ended_at": null } ],
          "metadata": { "shop": "7" }, "created_at": "2026-01-02T03:04:05.000Z", "updated_at": "2026-01-02T03:04:08.000Z" }
        """;

    public const string Proposal = """
        { "no": 1, "outcome": "succeeded", "attempt": 2, "by": "oscar", "reason": "paid after all",
          "evidence": "statement of 2 January", "at": "2026-01-02T04:00:00.000Z",
          "expires_at": "2026-01-03T04:00:00.000Z", "digest": "d1e2f3", "state": "pending", "current": true,
          "bulk": null, "settled": null }
        """;

    public const string Case = $$"""
        { "id": "pay_3x1", "payment": {{Payment}},
          "reasons": [ { "reason": "late_success", "attempt": 2, "evidence": "bravo said success (code 00)",
            "opened_at": "2026-01-02T03:30:00.000Z", "open": true, "decided_by": null } ],
          "proposals": [ {{Proposal}} ] }
        """;

    public const string Bulk = """
        { "id": "bulk_7", "filter": { "channel": "bravo", "merchant": null, "reason": null, "older_than": 7200,
            "product": null, "max_amount": null },
          "outcome": "failed", "by": "oscar", "reason": "bravo was down", "evidence": "statement",
          "at": "2026-01-02T04:00:00.000Z", "expires_at": "2026-01-03T04:00:00.000Z", "count": 7, "amount": 123400,
          "currency": "CNY", "digest": "d7", "state": "approved",
          "settled": { "at": "2026-01-02T05:00:00.000Z", "by": "anna", "reason": null },
          "progress": { "waiting": 2, "decided": 4, "refused": 1 } }
        """;

    public const string Timeline = """
        { "payment": "pay_3x1", "merchant": "demo", "order_no": "A-1001", "product": "withhold", "amount": 12000,
          "currency": "CNY", "account": { "number": "622202******0001", "bank": "ICBC" }, "state": "processing",
          "complete": false, "steps": [
            { "at": "2026-01-02T03:04:05.000Z", "kind": "send", "what": "Attempt 1 written down and handed to alpha",
              "detail": "order 01JH1", "attempt": 1, "channel": "alpha",
              "commit": { "book": 3, "row": 1234, "at": "2026-01-02T03:04:05.002Z" } },
            { "at": "2026-01-02T03:04:20.000Z", "kind": "answer", "what": "alpha: unknown (timeout)", "detail": null,
              "attempt": 1, "channel": "alpha", "class": "unknown", "code": "timeout" },
            { "at": "2026-01-02T03:04:25.000Z", "kind": "operator", "what": "alice asked alpha about it",
              "detail": "the customer is on the phone", "by": "alice" },
            { "at": "2026-01-02T03:05:00.000Z", "kind": "query", "what": "alpha is asked about it", "detail": null,
              "attempt": 1, "channel": "alpha", "due": true } ] }
        """;

    public const string Explain = """
        { "payment": "pay_3x1", "attempts": [ { "no": 1, "policy": "weighted", "chosen": "alpha", "draw": 0.25,
          "candidates": [ { "channel": "alpha", "score": 0.97 }, { "channel": "charlie", "score": 0.5 } ],
          "excluded": [ { "channel": "bravo", "reason": "breaker_open" } ] } ] }
        """;

    public const string ExplainOfMany = """
        { "payment": "pay_3x1", "attempts": [ { "no": 1, "policy": "weighted", "chosen": "alpha", "draw": 0.25,
          "candidates": [ { "channel": "alpha", "score": 0.97 } ],
          "excluded": [ { "channel": "bravo", "reason": "breaker_open" } ], "more_candidates": 12,
          "more_excluded": [ { "reason": "full", "channels": 7 }, { "reason": "amount", "channels": 1 } ] } ] }
        """;

    public const string Cluster = """
        { "self": "akka.tcp://router@10.0.0.1:2551", "leader": "akka.tcp://router@10.0.0.2:2551", "members": [
          { "address": "akka.tcp://router@10.0.0.1:2551", "status": "up", "roles": ["router"],
            "books": [0, 2], "channels": ["alpha"], "draining": false,
            "lease": { "epoch": 7, "age_ms": 840, "until": "2026-01-02T03:04:05.678Z" },
            "connections": { "limit": 31, "open": 9, "journals": 3, "writes": 1, "reads": 4, "leases": 1 } },
          { "address": "akka.tcp://router@10.0.0.2:2551", "status": "joining", "roles": [], "books": [],
            "channels": [], "draining": true, "lease": null, "connections": null } ] }
        """;

    public const string Problem = """
        { "type": "about:blank", "title": "The change is not valid", "status": 400,
            "detail": "Two fields are wrong.", "code": "invalid",
          "errors": [ { "field": "submit.concurrency",
            "message": "must be at most 512" }, { "field": "weight", "message": "too high" } ] }
        """;
}
