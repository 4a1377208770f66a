using System.Text.Json.Nodes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Tests.Nodes;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Tests.Webhooks;

public sealed class NotificationTests : IAsyncLifetime
{
    private const string Log = "/admin/v1/notifications";

    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task The_delivery_log_shows_what_was_told_and_when_the_next_attempt_is()
    {
        var answer = await _node.GetAsync(Log, "t-viewer");

        Assert.Equal(200, answer.Status);
        var item = Assert.Single(answer.Json!["items"]!.AsArray())!.AsObject();
        Assert.Equal(
            $$"""
            {"id":"{{FakeNotifications.Id}}","merchant":"shop","payment":"{{FakeNotifications.Payment}}",
            "type":"payment.succeeded","url":"https://shop.example/hook",
            "state":"pending","attempts":2,"created_at":"2026-01-02T03:04:05.678Z",
            "next_attempt_at":"2026-01-02T03:05:05.678Z","last_attempt_at":"2026-01-02T03:04:20.678Z","last_status":503,
            "last_error":null}
            """.ReplaceLineEndings(""),
            item.ToJsonString());
        Assert.StartsWith("1767323045678.", (string?)answer.Json["next"], StringComparison.Ordinal);
        Assert.Equal((new NotificationFilterValues(null, null, null), 100, null), Asked());
    }

    [Fact]
    public async Task It_is_narrowed_by_merchant_payment_and_state_and_paged()
    {
        await _node.GetAsync(
            $"{Log}?merchant=shop&payment={FakeNotifications.Payment}&state=failed&limit=5&cursor=c", "t-viewer");

        Assert.Equal(
            (new NotificationFilterValues("shop", FakeNotifications.Payment.Value, NotificationState.Failed), 5, "c"), Asked());
    }

    [Fact]
    public async Task While_the_storage_is_away_an_operator_is_asked_to_come_again()
    {
        var answer = await _node.GetAsync($"{Log}?cursor=away", "t-viewer");

        Assert.Equal((503, "unavailable"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("?payment=x", "payment")]
    [InlineData("?state=sent", "state")]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=1001", "limit")]
    [InlineData("?cursor=rubbish", "cursor")]
    public async Task A_wrong_filter_is_named(string query, string field)
    {
        var answer = await _node.GetAsync(Log + query, "t-viewer");

        Assert.Equal((400, "invalid"), (answer.Status, answer.Code));
        Assert.Equal([field], answer.Fields);
    }

    [Fact]
    public async Task An_operator_has_a_notification_sent_again()
    {
        var sent = await PostAsync($"{Log}/{FakeNotifications.Id}/resend", "t-operator");
        var other = NotificationId.Of(FakeNotifications.Payment, NotificationType.PaymentFailed, 1);
        var unknown = await PostAsync($"{Log}/{other}/resend", "t-admin");
        var nonsense = await PostAsync($"{Log}/nonsense/resend", "t-admin");

        Assert.Equal((200, FakeNotifications.Id.Value), (sent.Status, (string?)sent.Json!["id"]));
        Assert.Equal((404, 404), (unknown.Status, nonsense.Status));
        Assert.Equal(2, _node.Notifications.Done.Count);
    }

    [Fact]
    public async Task An_operator_enables_a_merchants_URLs_again()
    {
        var enabled = await PostAsync("/admin/v1/merchants/shop/notifications/enable", "t-operator");
        var unknown = await PostAsync("/admin/v1/merchants/nobody/notifications/enable", "t-operator");

        Assert.Equal((200, """{"merchant":"shop","released":7}"""), (enabled.Status, enabled.Text));
        Assert.Equal(404, unknown.Status);
        Assert.Equal(["enable shop by oscar"], _node.Notifications.Done);
    }

    [Theory]
    [InlineData("t-viewer", 403)]
    [InlineData("shop-key", 401)]
    [InlineData(null, 401)]
    public async Task Only_operators_may_change_anything(string? key, int status)
    {
        var resent = await PostAsync($"{Log}/{FakeNotifications.Id}/resend", key);
        var enabled = await PostAsync("/admin/v1/merchants/shop/notifications/enable", key);

        Assert.Equal((status, status), (resent.Status, enabled.Status));
        Assert.Empty(_node.Notifications.Done);
    }

    [Fact]
    public void A_merchant_receives_the_payment_as_the_API_shows_it()
    {
        var payment = Samples.Rerouted(FakeNotifications.Payment, new MerchantId("shop"), "A-1") with
        {
            State = PaymentState.Suspended,
        };

        var body = JsonNode.Parse(WebhookView.Render(NotificationType.PaymentSuspended, payment))!.AsObject();

        Assert.Equal(["type", "timestamp", "data"], body.Select(field => field.Key));
        Assert.Equal("payment.suspended", (string?)body["type"]);
        Assert.Equal("2026-01-02T03:04:05.678Z", (string?)body["timestamp"]);
        var shown = System.Text.Json.JsonSerializer.Serialize(payment.ToBody(), Api.ApiJson.Default.PaymentBody);
        Assert.Equal(JsonNode.Parse(shown)!.ToJsonString(), body["data"]!.ToJsonString());
    }

    private Task<Answer> PostAsync(string path, string? key) => _node.SendAsync(HttpMethod.Post, path, key);

    private (NotificationFilterValues Filter, int Limit, string? Cursor) Asked()
    {
        Assert.True(_node.Notifications.Listed.TryDequeue(out var asked));
        var filter = new NotificationFilterValues(asked.Filter.Merchant?.Value, asked.Filter.Payment?.Value, asked.Filter.State);
        return (filter, asked.Limit, asked.Cursor);
    }

    private sealed record NotificationFilterValues(string? Merchant, string? Payment, NotificationState? State);
}
