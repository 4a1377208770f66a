using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Descriptions;

public sealed class OpenApiTests : IAsyncLifetime
{
    private static readonly string[] Routes =
    [
        "DELETE /admin/v1/channels/{id}/exclusions/{no}",
        "DELETE /admin/v1/maintenance/{id}",
        "GET /admin/v1/alerts",
        "GET /admin/v1/audit",
        "GET /admin/v1/cases",
        "GET /admin/v1/cases/bulk-proposals",
        "GET /admin/v1/cases/bulk-proposals/{id}",
        "GET /admin/v1/cases/bulk-proposals/{id}/items",
        "GET /admin/v1/cases/{id}",
        "GET /admin/v1/channels",
        "GET /admin/v1/channels/{id}",
        "GET /admin/v1/channels/{id}/codes",
        "GET /admin/v1/checks",
        "GET /admin/v1/cluster",
        "GET /admin/v1/config/versions",
        "GET /admin/v1/config/versions/{version}",
        "GET /admin/v1/events",
        "GET /admin/v1/maintenance",
        "GET /admin/v1/movers",
        "GET /admin/v1/notices",
        "GET /admin/v1/notifications",
        "GET /admin/v1/payments",
        "GET /admin/v1/payments/{id}",
        "GET /admin/v1/payments/{id}/explain",
        "GET /admin/v1/payments/{id}/timeline",
        "GET /admin/v1/policies",
        "GET /admin/v1/search",
        "GET /admin/v1/trace.csv",
        "GET /admin/v1/unknown",
        "GET /health/live",
        "GET /health/ready",
        "GET /v1/downtimes",
        "GET /v1/events",
        "GET /v1/payments",
        "GET /v1/payments/{id}",
        "PATCH /admin/v1/channels/{id}",
        "POST /admin/v1/alerts/{id}/mute",
        "POST /admin/v1/alerts/{id}/unmute",
        "POST /admin/v1/cases/bulk-proposals",
        "POST /admin/v1/cases/bulk-proposals/{id}/approve",
        "POST /admin/v1/cases/bulk-proposals/{id}/reject",
        "POST /admin/v1/cases/{id}/proposals",
        "POST /admin/v1/cases/{id}/proposals/{no}/approve",
        "POST /admin/v1/cases/{id}/proposals/{no}/reject",
        "POST /admin/v1/channels/{id}/disable",
        "POST /admin/v1/channels/{id}/drain",
        "POST /admin/v1/channels/{id}/enable",
        "POST /admin/v1/channels/{id}/exclusions",
        "POST /admin/v1/cluster/members/{address}/down",
        "POST /admin/v1/cluster/members/{address}/drain",
        "POST /admin/v1/cluster/members/{address}/rejoin",
        "POST /admin/v1/config",
        "POST /admin/v1/config/versions/{version}/rollback",
        "POST /admin/v1/maintenance",
        "POST /admin/v1/merchants/{id}/notifications/enable",
        "POST /admin/v1/notifications/{id}/resend",
        "POST /admin/v1/payments/{id}/ask",
        "POST /admin/v1/payments/{id}/cancel",
        "POST /admin/v1/unknown/ask",
        "POST /decide-gateway",
        "POST /update-gateway-score",
        "POST /v1/channels/{channel}/notify",
        "POST /v1/payments",
        "POST /v1/payments/{id}/cancel",
        "POST /v1/webhooks/resend",
        "POST /v1/webhooks/test",
    ];

    private TestNode _node = null!;
    private JsonNode _document = null!;
    private string _text = "";

    public async Task InitializeAsync()
    {
        _node = await TestNode.StartAsync();
        var answer = await _node.GetAsync("/openapi/v1.json", null);
        Assert.Equal(200, answer.Status);
        (_document, _text) = (answer.Json!, answer.Text);
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public void The_document_is_valid()
    {
        var reading = OpenApiDocument.Parse(_text, "json");

        Assert.Empty(reading.Diagnostic!.Errors);
        Assert.NotNull(reading.Document);
    }

    [Fact]
    public void Every_route_of_the_API_is_in_it()
    {
        var operations = _document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"));

        Assert.Equal(Routes, operations.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_new_payment_is_described_with_body_answers_and_key()
    {
        var post = _document["paths"]!["/v1/payments"]!["post"]!;

        Assert.Equal(
            "#/components/schemas/NewPayment", (string?)post["requestBody"]!["content"]!["application/json"]!["schema"]!["$ref"]);
        Assert.Equal(
            ["200", "201", "400", "401", "403", "409", "413", "422", "429", "500", "503"],
            post["responses"]!.AsObject().Select(response => response.Key).Order(StringComparer.Ordinal));
        var refusal = post["responses"]!["422"]!["content"]!["application/problem+json"]!["schema"]!["allOf"]!;
        Assert.Equal("#/components/schemas/ProblemBody", (string?)refusal[0]!["$ref"]);
        Assert.Equal(
            ["no_route", "idempotency_mismatch"],
            refusal[1]!["properties"]!["code"]!["enum"]!.AsArray().Select(code => (string?)code));
        Assert.Contains(post["parameters"]!.AsArray(), parameter => (string?)parameter!["name"] == "Prefer");
        Assert.NotNull(post["security"]![0]!["bearer"]);
        Assert.Equal("http", (string?)_document["components"]!["securitySchemes"]!["bearer"]!["type"]);
    }

    [Fact]
    public void What_merchants_are_told_is_described()
    {
        var post = _document["webhooks"]!["payment"]!["post"]!;

        Assert.Equal(
            "#/components/schemas/WebhookBody",
            (string?)post["requestBody"]!["content"]!["application/json"]!["schema"]!["$ref"]);
        var body = _document["components"]!["schemas"]!["WebhookBody"]!["properties"]!.AsObject();
        Assert.Equal(["data", "timestamp", "type"], body.Select(field => field.Key).Order(StringComparer.Ordinal));
        Assert.Contains("webhook-signature", (string?)post["description"], StringComparison.Ordinal);
    }

    [Fact]
    public void Schemas_are_in_the_words_of_the_API()
    {
        var schema = _document["components"]!["schemas"]!["NewPayment"]!;

        Assert.Equal(
            ["account", "amount", "currency", "expires_in", "metadata", "notify_url", "order_no", "product"],
            schema["properties"]!.AsObject().Select(property => property.Key).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["account", "amount", "currency", "order_no", "product"],
            schema["required"]!.AsArray().Select(name => (string?)name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_answer_has_the_name_of_its_request_and_a_repeated_one_says_so()
    {
        var nameless =
            from path in _document["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            from response in operation.Value!["responses"]?.AsObject() ?? []
            where (string?)response.Value!["headers"]?["Request-Id"]?["$ref"] != "#/components/headers/Request-Id"
            select $"{operation.Key} {path.Key} {response.Key}";
        Assert.Empty(nameless);
        Assert.NotNull(_document["components"]!["headers"]!["Request-Id"]!["schema"]);
        Assert.NotNull(_document["paths"]!["/v1/payments"]!["post"]!["responses"]!["200"]!["headers"]!["Idempotent-Replayed"]);
    }

    [Fact]
    public void A_number_is_looked_up_by_order_no_and_a_list_by_time()
    {
        var find = _document["paths"]!["/v1/payments"]!["get"]!;

        Assert.Equal(
            ["created_from", "created_to", "cursor", "limit", "order_no"],
            find["parameters"]!.AsArray().Select(parameter => (string?)parameter!["name"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Answers_to_merchants_and_no_others_may_say_what_is_left_of_a_rate()
    {
        var told =
            from path in _document["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            from response in operation.Value!["responses"]?.AsObject() ?? []
            select (path.Key, IsTold: response.Value!["headers"]?["RateLimit-Remaining"] is not null);
        Assert.All(told, one => Assert.Equal(
            one.Key.StartsWith("/v1/", StringComparison.Ordinal) && !one.Key.EndsWith("/notify", StringComparison.Ordinal),
            one.IsTold));
    }
}
