using RouterCluster.Domain.Gateways;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Gateways;

public sealed class DecisionTests
{
    // As the engine's documentation shows it, with fields that are not used here.
    private const string Question = """
        { "merchantId": "shop", "eligibleGatewayList": ["stripe", "adyen"], "rankingAlgorithm": "SR_BASED_ROUTING",
          "eliminationEnabled": true,
          "paymentInfo": { "paymentId": "pay_001", "amount": 100.5, "currency": "USD", "customerId": "CUST1", "udfs": null,
            "preferredGateway": null, "paymentType": "ORDER_PAYMENT", "metadata": null, "isEmi": false,
            "paymentMethodType": "CARD", "paymentMethod": "CREDIT", "authType": "THREE_DS", "cardIsin": "424242" } }
        """;

    private const string Feedback = """
        { "merchantId": "shop", "gateway": "stripe", "paymentId": "pay_001", "status": "CHARGED", "gatewayReferenceId": null,
          "enforceDynamicRoutingFailure": null, "latency": 120 }
        """;

    [Fact]
    public async Task A_decision_is_in_the_words_of_the_engines_clients()
    {
        await using var node = await TestNode.StartAsync();

        var answer = await DecideAsync(node, Question);

        Assert.Equal(200, answer.Status);
        Assert.Equal("adyen", (string?)answer.Json!["decided_gateway"]);
        Assert.Equal("stripe", (string?)answer.Json["gateway_before_evaluation"]);
        Assert.Equal("SR_SELECTION_V3_ROUTING", (string?)answer.Json["routing_approach"]);
        Assert.Equal(0.8, (double)answer.Json["gateway_priority_map"]!["adyen"]!, 6);
        Assert.Equal("ORDER_PAYMENT, CARD, CREDIT", (string?)answer.Json["routing_dimension"]);
        Assert.Equal("NO_RESET", (string?)answer.Json["reset_approach"]);
        Assert.False((bool)answer.Json["is_scheduled_outage"]!);
        Assert.Equal(["stripe", "adyen"], answer.Json["priority_logic_output"]!["gws"]!.AsArray().Select(name => (string)name!));
        var asked = Assert.Single(node.Decisions.Asked);
        Assert.Equal(("shop", "pay_001"), (asked.Merchant.Value, asked.Payment));
    }

    [Fact]
    public async Task A_decision_that_comes_late_is_the_callers_first_gateway()
    {
        await using var node = await TestNode.StartAsync();
        node.Decisions.IsLate = true;

        var answer = await DecideAsync(node, Question);

        Assert.Equal((200, "stripe", "DEFAULT"),
            (answer.Status, (string?)answer.Json!["decided_gateway"], (string?)answer.Json["routing_approach"]));
    }

    [Theory]
    [InlineData("\"SR_BASED_ROUTING\"", "\"PL_BASED_ROUTING\"", "rankingAlgorithm")]
    [InlineData("\"merchantId\": \"shop\"", "\"merchantId\": \"other\"", "merchantId")]
    [InlineData("[\"stripe\", \"adyen\"]", "[]", "eligibleGatewayList")]
    [InlineData("[\"stripe\", \"adyen\"]", "[\"stripe\", \"stripe\"]", "eligibleGatewayList")]
    [InlineData("[\"stripe\", \"adyen\"]", "\"stripe\"", "eligibleGatewayList")]
    [InlineData("\"pay_001\"", "7", "paymentInfo.paymentId")]
    [InlineData("100.5", "\"100.5\"", "paymentInfo.amount")]
    [InlineData("\"paymentInfo\"", "\"payment\"", "paymentInfo")]
    public async Task A_wrong_question_names_its_field(string right, string wrong, string field)
    {
        await using var node = await TestNode.StartAsync();

        var answer = await DecideAsync(node, Question.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Equal(400, answer.Status);
        Assert.Contains(field, answer.Fields);
        Assert.Empty(node.Decisions.Asked);
    }

    [Theory]
    [InlineData("CHARGED", true, true)]
    [InlineData("success", true, true)]
    [InlineData("AUTHORIZATION_FAILED", true, false)]
    [InlineData("AUTHENTICATION_FAILED", true, false)]
    [InlineData("PENDING_VBV", false, false)]
    public async Task Feedback_is_told_by_its_status(string status, bool isFinal, bool succeeded)
    {
        await using var node = await TestNode.StartAsync();

        var answer = await LearnAsync(node, Feedback.Replace("CHARGED", status, StringComparison.Ordinal));

        Assert.Equal(200, answer.Status);
        Assert.Equal(("Score updated", "shop", "stripe", "pay_001"),
            ((string?)answer.Json!["message"], (string?)answer.Json["merchant_id"], (string?)answer.Json["gateway"],
                (string?)answer.Json["payment_id"]));
        Assert.Equal(
            new GatewayFeedback(new MerchantId("shop"), "pay_001", "stripe", isFinal, succeeded),
            Assert.Single(node.Decisions.Told));
    }

    [Fact]
    public async Task A_failure_can_be_enforced_whatever_the_status_says()
    {
        await using var node = await TestNode.StartAsync();

        await LearnAsync(node, Feedback.Replace("Failure\": null", "Failure\": true", StringComparison.Ordinal));

        Assert.False(Assert.Single(node.Decisions.Told).Succeeded);
    }

    [Fact]
    public async Task An_unknown_status_is_refused()
    {
        await using var node = await TestNode.StartAsync();

        var answer = await LearnAsync(node, Feedback.Replace("CHARGED", "MAYBE", StringComparison.Ordinal));

        Assert.Equal((400, "status"), (answer.Status, Assert.Single(answer.Fields)));
        Assert.Empty(node.Decisions.Told);
    }

    [Fact]
    public async Task A_merchants_key_is_needed_in_either_header()
    {
        await using var node = await TestNode.StartAsync();

        Assert.Equal(401, (await node.SendAsync(HttpMethod.Post, "/decide-gateway", null, Question)).Status);
        Assert.Equal(401, (await node.SendAsync(HttpMethod.Post, "/decide-gateway", "t-admin", Question)).Status);
        node.Client.DefaultRequestHeaders.Add("x-api-key", "shop-key");
        Assert.Equal(200, (await node.SendAsync(HttpMethod.Post, "/decide-gateway", null, Question)).Status);
    }

    private static Task<Answer> DecideAsync(TestNode node, string body) =>
        node.SendAsync(HttpMethod.Post, "/decide-gateway", "shop-key", body);

    private static Task<Answer> LearnAsync(TestNode node, string body) =>
        node.SendAsync(HttpMethod.Post, "/update-gateway-score", "shop-key", body);
}
