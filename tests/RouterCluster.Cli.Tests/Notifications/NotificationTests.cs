namespace RouterCluster.Cli.Tests.Notifications;

public sealed class NotificationTests
{
    private const string Held = """
        { "id": "msg_1", "merchant": "shop", "payment": "pay_1", "type": "payment.succeeded", "url": "https://shop.example/hook",
          "state": "held", "attempts": 1, "created_at": "2026-01-02T03:04:05.678Z", "next_attempt_at": null,
          "last_attempt_at": "2026-01-02T03:04:06.000Z", "last_status": 410, "last_error": null }
        """;

    private const string Pending = """
        { "id": "msg_2", "merchant": "shop", "payment": "pay_2", "type": "payment.failed", "url": "https://shop.example/hook",
          "state": "pending", "attempts": 3, "created_at": "2026-01-02T03:04:05.678Z",
          "next_attempt_at": "2026-01-02T03:09:05.678Z", "last_attempt_at": "2026-01-02T03:04:06.000Z", "last_status": null,
          "last_error": "timeout" }
        """;

    [Fact]
    public async Task Notifications_shows_where_each_stands()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/notifications", $$"""{ "items": [ {{Held}}, {{Pending}} ], "next": "5.msg_2" }""");

        var ending = await Tool.RunAsync(node, "notifications");

        Assert.Equal(0, ending.Code);
        Assert.Matches("msg_1 +shop +payment.succeeded +held +1 +410 +-", ending.Output);
        Assert.Matches("msg_2 +shop +payment.failed +pending +3 +timeout +2026-01-02 03:09:05.678 UTC", ending.Output);
        Assert.Contains("--cursor 5.msg_2", ending.Output);
    }

    [Fact]
    public async Task Notifications_asks_for_what_it_is_told_to()
    {
        await using var node = await StubNode.StartAsync();
        const string Path = "/admin/v1/notifications?merchant=shop&payment=pay_1&state=held&cursor=5.msg_2";
        node.Answers($"GET {Path}", """{ "items": [], "next": null }""");

        var ending = await Tool.RunAsync(
            node, "notifications", "--merchant", "shop", "--payment", "pay_1", "--state", "held", "--cursor", "5.msg_2",
            "--json");

        Assert.Equal((0, """{ "items": [], "next": null }"""), (ending.Code, ending.Output));
    }

    [Fact]
    public async Task Notification_resend_posts_and_shows_the_notification()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("POST /admin/v1/notifications/msg_2/resend", Pending);

        var ending = await Tool.RunAsync(node, "notification", "resend", "msg_2");

        Assert.Equal(0, ending.Code);
        Assert.Matches("Webhook +msg_2", ending.Output);
        Assert.Matches("Next attempt +2026-01-02 03:09:05.678 UTC", ending.Output);
    }

    [Fact]
    public async Task Notifications_enable_says_how_many_were_held()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("POST /admin/v1/merchants/shop/notifications/enable", """{ "merchant": "shop", "released": 7 }""");

        var ending = await Tool.RunAsync(node, "notifications", "enable", "shop");

        Assert.Equal(0, ending.Code);
        Assert.Contains("shop: 7 held webhooks are sent now.", ending.Output);
    }

    [Fact]
    public async Task They_are_webhooks_by_their_other_name_and_come_page_by_page()
    {
        await using var node = await StubNode.StartAsync();
        node.Answers("GET /admin/v1/notifications?merchant=shop&limit=5", $$"""{ "items": [ {{Held}} ], "next": null }""")
            .Answers("POST /admin/v1/notifications/msg_1/resend", Held);

        Assert.Matches("msg_1 +shop", (await Tool.RunAsync(node, "webhooks", "--merchant", "shop", "--limit", "5")).Output);
        Assert.Matches("Webhook +msg_1", (await Tool.RunAsync(node, "webhook", "resend", "msg_1")).Output);
    }

    [Theory]
    [InlineData("notification")]
    [InlineData("notification resend")]
    [InlineData("notifications enable")]
    public async Task A_wrong_command_line_ends_with_2(string arguments)
    {
        await using var node = await StubNode.StartAsync();

        Assert.Equal(2, (await Tool.RunAsync(node, arguments.Split(' '))).Code);
        Assert.Empty(node.Seen);
    }
}
