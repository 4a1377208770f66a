using System.Collections.Immutable;
using System.Text.Json.Nodes;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Forecasts;

/// <summary>What would happen if a channel was changed, over HTTP; Redis is away.</summary>
public sealed class DryRunTests : IAsyncLifetime
{
    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Disabling_says_where_payments_would_go_and_changes_nothing()
    {
        _node.History.Payments.AddRange(
            [Paid("A-1", Product.Withhold), Paid("A-2", Product.Withhold), Paid("A-3", Product.Payout)]);

        var answer = await SendAsync("POST", "alpha/disable?dry_run=true", """{ "reason": "it hangs", "for": "2h" }""");

        Assert.Equal(200, answer.Status);
        Assert.Empty(_node.Channels.Asked);
        var json = answer.Json!;
        AssertJson("""[ { "what": "lifecycle", "now": "active", "then": "disabled" } ]""", json["changes"]);
        Assert.Equal((3, 3, 1.0), ((int)json["payments"]!, (int)json["moving"]!, (double)json["moving_share"]!));
        Assert.True((bool)json["complete"]!);
        AssertJson(
            """
            [ { "merchant": "shop", "product": "withhold", "currency": "CNY", "payments": 2, "amount": 24000, "moving": 2,
                "moving_amount": 24000, "moving_share_of_all": null, "without_channel": 0, "chosen": "weight",
                "to": [ { "channel": "bravo", "payments": 2, "share": 1 } ], "success_before": null, "success_after": null },
              { "merchant": "shop", "product": "payout", "currency": "CNY", "payments": 1, "amount": 12000, "moving": 1,
                "moving_amount": 12000, "moving_share_of_all": null, "without_channel": 1, "chosen": "policy", "to": [],
                "success_before": null, "success_after": 0 } ]
            """,
            json["items"]);
        AssertJson(
            """[ { "merchant": "other", "product": "payout" }, { "merchant": "shop", "product": "payout" } ]""",
            json["left_without_channel"]);
    }

    [Fact]
    public async Task What_the_counters_would_say_is_null_and_said_to_be_unknown_while_they_are_away()
    {
        _node.History.Payments.Add(Paid("A-1", Product.Withhold));

        var json = (await SendAsync("POST", "alpha/drain?dry_run=true", "{}")).Json!;

        var target = Assert.Single(json["targets"]!.AsArray())!;
        Assert.Equal(("bravo", 13), ((string?)target["channel"], (int)target["free_concurrency"]!));
        Assert.Null(target["free_rate_per_second"]);
        Assert.Null(target["success_rate"]);
        Assert.Null(target["enough"]);
        Assert.Null(json["success_before"]);
        Assert.Contains(
            "counters cannot be read", (string?)Assert.Single(json["not_known"]!.AsArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_that_are_held_back_are_counted_with_their_money()
    {
        var now = DateTimeOffset.UtcNow;
        Payment[] open = [Open("A-1", now), Open("A-2", now), Open("A-3", now.AddHours(-1)), Open("A-4", now.AddHours(-1))];
        _node.History.Payments.AddRange(open);
        _node.Payments.OnGet = id => new BookAnswer.Stored(
            open.Single(payment => payment.Id == id) with { IsInQueue = id == open[0].Id }, IsNew: false);

        var held = (await SendAsync("PATCH", "alpha?dry_run=true", """{ "isolated": true }""")).Json!["held_back"];

        AssertJson(
            """
            { "queued": { "count": 1, "amount": 12000 }, "in_flight": { "count": 1, "amount": 12000 },
              "unknown": { "count": 2, "amount": 24000 }, "queued_go": "elsewhere", "currency": "CNY" }
            """,
            held);
    }

    [Fact]
    public async Task Orders_of_which_a_book_does_not_answer_are_counted_by_the_lane_without_their_money()
    {
        _node.History.Payments.Add(Open("A-1", DateTimeOffset.UtcNow));
        _node.Payments.OnGet = _ => new BookAnswer.OutOfReach();

        var json = (await SendAsync("POST", "alpha/drain?dry_run=true", "{}")).Json!;

        AssertJson(
            """
            { "queued": { "count": 2, "amount": null }, "in_flight": { "count": 3, "amount": null },
              "unknown": { "count": 0, "amount": 0 }, "queued_go": "to_the_channel", "currency": "CNY" }
            """,
            json["held_back"]);
        Assert.Contains(json["not_known"]!.AsArray(), line => ((string)line!).Contains("held back", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PATCH", "alpha", """{ "submit": { "concurrency": 4, "rate_per_second": null }, "weight": 2 }""",
        "weight 1 2,submit.concurrency 16 4,submit.rate_per_second 200 200")]
    [InlineData("PATCH", "alpha", """{ "isolated": true }""", "isolated off on")]
    [InlineData("POST", "alpha/enable", "{}", "lifecycle active active")]
    [InlineData("POST", "alpha/exclusions", """{ "bank": "ICBC", "reason": "x" }""", "exclusion none bank ICBC")]
    public async Task Every_change_names_what_it_would_set(string method, string path, string body, string expected)
    {
        var answer = await SendAsync(method, $"{path}?dry_run=true", body);

        Assert.Equal(200, answer.Status);
        Assert.Empty(_node.Channels.Asked);
        var changes = answer.Json!["changes"]!.AsArray().Select(one => $"{one!["what"]} {one["now"]} {one["then"]}");
        Assert.Equal(expected.Split(',').Order(), changes.Order());
    }

    [Fact]
    public async Task A_dry_run_is_for_whoever_may_change_and_not_for_whoever_only_looks()
    {
        var looks = await _node.SendAsync(HttpMethod.Post, "/admin/v1/channels/alpha/disable?dry_run=true", "t-viewer", "{}");

        Assert.Equal(403, looks.Status);
        Assert.Equal(404, (await SendAsync("POST", "zulu/disable?dry_run=true", "{}")).Status);
    }

    [Theory]
    [InlineData("POST", "alpha/disable?dry_run=yes", "{}", "dry_run")]
    [InlineData("POST", "alpha/disable?dry_run=true", """{ "for": "never" }""", "for")]
    public async Task What_makes_no_sense_is_refused_and_nothing_is_changed(
        string method, string path, string body, string field)
    {
        var answer = await SendAsync(method, path, body);

        Assert.Equal((400, field), (answer.Status, Assert.Single(answer.Fields)));
        Assert.Empty(_node.Channels.Asked);
    }

    [Fact]
    public async Task A_change_that_cannot_be_tried_refuses_a_dry_run_instead_of_being_made()
    {
        var document = (await _node.GetAsync("/openapi/v1.json", null)).Json!;
        var changes =
            from path in document["paths"]!.AsObject()
            where path.Key.StartsWith("/admin/v1/", StringComparison.Ordinal)
            from operation in path.Value!.AsObject()
            where operation.Key != "get" && !Parameters(operation.Value!).Contains("dry_run")
            select (Method: operation.Key.ToUpperInvariant(), Path: path.Key);
        var all = changes.ToList();

        Assert.Contains(("POST", "/admin/v1/maintenance"), all);
        Assert.Contains(("DELETE", "/admin/v1/channels/{id}/exclusions/{no}"), all);
        foreach (var (method, path) in all)
        {
            var answer = await _node.SendAsync(new HttpMethod(method), $"{path}?dry_run=true", "t-admin", "{}");
            Assert.True(answer is { Status: 400, Fields: ["dry_run"] }, $"{method} {path}: {answer.Status} {answer.Text}");
        }

        static IEnumerable<string?> Parameters(JsonNode operation) =>
            (operation["parameters"]?.AsArray() ?? []).Select(parameter => (string?)parameter!["name"]);
    }

    [Fact]
    public async Task A_run_that_is_not_dry_changes_the_channel()
    {
        Assert.Equal("disabled", (string?)(await SendAsync("POST", "alpha/disable?dry_run=false", "{}")).Json!["lifecycle"]);
        Assert.Single(_node.Channels.Asked);
    }

    private static Payment Paid(string orderNo, Product product)
    {
        var id = PaymentId.For(new MerchantId("shop"), orderNo, 4, "salt"u8, null);
        var at = DateTimeOffset.UtcNow.AddMinutes(-1);
        var content = new PaymentContent(
            new MerchantId("shop"), orderNo, product, new Money(12000, new Currency("CNY")),
            new SealedAccount(new byte[] { 1 }, "622202******0001", "ICBC"), ChannelMode.Sandbox, null,
            ImmutableSortedDictionary<string, string>.Empty, new Fingerprint(7));
        var attempt = new Attempt(
            1, new ChannelId("alpha"), id.AttemptOrderNo(1), AttemptState.Succeeded, Outcome.None, at, at, at, RouteReasons.None);
        return Samples.Payment(id, content, at) with { State = PaymentState.Succeeded, Attempts = [attempt] };
    }

    /// <param name="at">When its order had to be sent at the latest: an hour ago it is unknown.</param>
    private static Payment Open(string orderNo, DateTimeOffset at)
    {
        var paid = Paid(orderNo, Product.Withhold);
        return paid with
        {
            State = PaymentState.Processing,
            Attempts = [paid.Attempts[0] with { State = AttemptState.Processing, EndedAt = null, SendBefore = at }],
        };
    }

    private static void AssertJson(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual?.ToJsonString());

    private Task<Answer> SendAsync(string method, string path, string body) =>
        _node.SendAsync(new HttpMethod(method), $"/admin/v1/channels/{path}", "t-operator", body);
}
