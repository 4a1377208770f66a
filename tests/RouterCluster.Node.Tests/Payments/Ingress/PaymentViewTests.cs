using System.Text.Json.Nodes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Payments.Ingress;

public sealed class PaymentViewTests
{
    [Fact]
    public async Task A_payment_is_shown_as_the_contract_writes_it()
    {
        await using var node = await TestNode.StartAsync();
        var id = node.Payments.IdOf(new MerchantId("shop"), "A-1");
        node.Payments.Put(Samples.Rerouted(id, new MerchantId("shop"), "A-1"));

        var answer = await node.GetAsync("/v1/payments?order_no=A-1", "shop-key");

        var expected = JsonNode.Parse($$"""
            { "id": "{{id}}", "order_no": "A-1", "merchant": "shop", "product": "withhold", "amount": 12000, "currency": "CNY",
              "account": { "number": "622202******0001", "bank": "ICBC" },
              "state": "processing", "channel": "bravo", "failure": null,
              "attempts": [
                { "no": 1, "channel": "alpha", "order_no": "{{id.AttemptOrderNo(1)}}", "channel_order_no": "CH-1",
                  "state": "failed", "class": "channel_maintenance", "code": "39",
                  "started_at": "2026-01-02T03:04:05.678Z", "ended_at": "2026-01-02T03:04:05.678Z" },
                { "no": 2, "channel": "bravo", "order_no": "{{id.AttemptOrderNo(2)}}", "channel_order_no": null,
                  "state": "processing", "class": "processing", "code": null,
                  "started_at": "2026-01-02T03:04:05.678Z", "ended_at": null } ],
              "metadata": {}, "created_at": "2026-01-02T03:04:05.678Z", "updated_at": "2026-01-02T03:04:05.678Z" }
            """);
        Assert.Equal(200, answer.Status);
        Assert.True(JsonNode.DeepEquals(expected, answer.Json), answer.Text);
    }

    [Theory]
    [InlineData("timeout", true)]
    [InlineData("39", false)]
    public async Task An_attempt_shows_its_first_outcome_where_it_differs(string code, bool isShown)
    {
        await using var node = await TestNode.StartAsync();
        var id = node.Payments.IdOf(new MerchantId("shop"), "A-1");
        var payment = Samples.Rerouted(id, new MerchantId("shop"), "A-1");
        var first = payment.Attempts[0].Outcome with { Code = code };
        node.Payments.Put(payment with { Attempts = payment.Attempts.SetItem(0, payment.Attempts[0] with { First = first }) });

        var attempts = (await node.GetAsync($"/v1/payments/{id}", "shop-key")).Json!["attempts"]!.AsArray();

        Assert.Equal(
            isShown ? $$"""{"class":"channel_maintenance","code":"{{code}}"}""" : null, attempts[0]!["first"]?.ToJsonString());
        Assert.False(attempts[1]!.AsObject().ContainsKey("first"));
    }

    [Fact]
    public async Task An_attempt_that_waits_in_its_lane_has_not_been_sent_and_its_payment_is_accepted()
    {
        await using var node = await TestNode.StartAsync();
        var id = node.Payments.IdOf(new MerchantId("shop"), "A-1");
        node.Payments.Put(Samples.Rerouted(id, new MerchantId("shop"), "A-1") with { IsInQueue = true });

        var answer = await node.GetAsync($"/v1/payments/{id}", "shop-key");

        Assert.Equal("accepted", (string?)answer.Json!["state"]);
        Assert.Equal(["failed", "accepted"], answer.Json["attempts"]!.AsArray().Select(attempt => (string?)attempt!["state"]));
    }

    [Fact]
    public async Task A_failure_is_shown_with_class_code_and_channel()
    {
        await using var node = await TestNode.StartAsync();
        var id = node.Payments.IdOf(new MerchantId("shop"), "A-1");
        node.Payments.Put(Samples.Rerouted(id, new MerchantId("shop"), "A-1") with
        {
            State = PaymentState.Failed,
            Failure = new PaymentFailure(Domain.Outcomes.OutcomeClass.CustomerFunds, "51", new("bravo"), "no funds"),
        });

        var answer = await node.GetAsync($"/v1/payments/{id}", "shop-key");

        Assert.Equal(
            """{"class":"customer_funds","code":"51","channel":"bravo","message":"no funds"}""",
            answer.Json!["failure"]!.ToJsonString());
        Assert.Equal("failed", (string?)answer.Json["state"]);
    }

    [Fact]
    public async Task Metadata_is_wherever_the_payment_is()
    {
        await using var node = await TestNode.StartAsync();
        var body = Samples.Body();
        body["metadata"] = JsonNode.Parse("""{ "shop": "7", "Kassa-2": "\u5f20" }""");

        var posted = await node.PostPaymentAsync(body);
        var id = (string)posted.Json!["id"]!;
        Answer[] answers =
        [
            posted,
            await node.PostPaymentAsync(body),
            await node.GetAsync($"/v1/payments/{id}", "shop-key"),
            await node.GetAsync("/v1/payments?order_no=A-1001", "shop-key"),
            await node.GetAsync($"/admin/v1/payments/{id}", "t-viewer"),
        ];

        Assert.All(answers, answer => Assert.True(JsonNode.DeepEquals(body["metadata"], answer.Json!["metadata"]), answer.Text));
        var payment = Samples.Payment(PaymentId.Parse(id)!.Value, node.Payments.Accepted.First().Content, default);
        var webhook = JsonNode.Parse(WebhookView.Render(NotificationType.PaymentSucceeded, payment))!;
        Assert.True(JsonNode.DeepEquals(body["metadata"], webhook["data"]!["metadata"]));
    }
}
