using System.Text.Json.Nodes;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Notices;

/// <summary>Notices of the simulator, and forged and foreign ones, through a whole node.</summary>
public sealed class NoticeJourneyTests
{
    /// <summary>The query lane answers nothing new for an hour, so what ends a payment is its notice.</summary>
    private const string NoQueries = "router.channels.alpha.query.schedule = [1h]";

    [Theory]
    [InlineData("once", 1)]
    [InlineData("twice", 2)]
    public async Task A_withhold_whose_answer_is_lost_ends_by_its_notice_once(string notify, int notices)
    {
        await using var node = await WholeNode.StartAsync(
            $$"""{ "mode": "reset_after", "success_rate": 1, "customer_failure_rate": 0, "notify": "{{notify}}" }""", NoQueries);

        var paid = await node.PayAsync("A-1", "withhold", wait: 30);

        Assert.Equal((201, "succeeded"), (paid.Status, (string?)paid.Json["state"]));
        Assert.Single(paid.Json["attempts"]!.AsArray());
        await WholeNode.EventuallyAsync(
            async () => await node.NoticesAsync("stored") + await node.NoticesAsync("known") == notices);
        Assert.Equal(1, await node.NoticesAsync("stored"));
    }

    [Fact]
    public async Task A_notice_that_comes_before_the_submits_answer_ends_the_payment_and_the_answer_changes_nothing()
    {
        await using var node = await WholeNode.StartAsync(
            """{ "success_rate": 1, "customer_failure_rate": 0, "notify": "early" }""");

        var paid = await node.PayAsync("A-1", "withhold", wait: 30);

        Assert.Equal("succeeded", (string?)paid.Json["state"]);
        Assert.Equal(1, await node.NoticesAsync("stored"));
        Assert.Equal("succeeded", (string?)(await node.PaymentAsync("A-1"))["state"]);
        Assert.Empty(Items(await node.AdminAsync("cases")));
    }

    [Fact]
    public async Task A_payouts_notice_leads_to_a_query_and_the_query_ends_it()
    {
        await using var node = await WholeNode.StartAsync(
            """{ "mode": "reset_after", "success_rate": 1, "customer_failure_rate": 0, "notify": "once" }""", NoQueries);

        var paid = await node.PayAsync("A-1", "payout", wait: 30);

        Assert.Equal("succeeded", (string?)paid.Json["state"]);
        Assert.Equal(1, await node.NoticesAsync("stored"));
    }

    [Fact]
    public async Task Without_notices_queries_find_out()
    {
        await using var node = await WholeNode.StartAsync(
            """{ "mode": "reset_after", "success_rate": 1, "customer_failure_rate": 0, "notify": "none" }""");
        Assert.Equal("succeeded", (string?)(await node.PayAsync("A-1", "withhold", wait: 30)).Json["state"]);
    }

    [Fact]
    public async Task Forged_foreign_and_mismatched_notices_change_nothing_and_are_counted_or_kept()
    {
        await using var node = await WholeNode.StartAsync("""{ "mode": "hang", "notify": "none" }""", NoQueries);
        var paid = await node.PayAsync("A-1", "withhold", wait: 0);
        var orderNo = (string)(await node.PaymentAsync("A-1"))["attempts"]![0]!["order_no"]!;
        var right = new SignedNotice(orderNo) { Secret = "sim-secret", Merchant = "M1" };

        Assert.Equal(401, await node.NotifyAsync((right with { Secret = "guessed" }).Content()));
        Assert.Equal(200, await node.NotifyAsync((right with { Amount = 1 }).Content()));
        Assert.Equal(200, await node.NotifyAsync((right with { OrderNo = "SOMEBODY-ELSES" }).Content()));
        Assert.Equal(200, await node.NotifyAsync((right with { OrderNo = "SOMEBODY-ELSES" }).Content()));
        Assert.Equal(200, await node.NotifyAsync((right with { OrderNo = orderNo[..^1] + "2" }).Content()));

        Assert.Equal("processing", (string?)(await node.PaymentAsync("A-1"))["state"]);
        Assert.Equal((1, 4), (await node.NoticesAsync("forged"), await node.NoticesAsync("stray")));
        var kept = Items(await node.AdminAsync("notices")).Select(stray =>
            ((string)stray!["order_no"]!, (string)stray["reason"]!, (long)stray["times"]!)).ToHashSet();
        Assert.Equal(
            [
                (orderNo, "wrong_amount", 1), ("SOMEBODY-ELSES", "unknown_order", 2),
                (orderNo[..^1] + "2", "unknown_order", 1),
            ],
            kept);

        Assert.Equal(200, await node.NotifyAsync(right.Content()));
        Assert.Equal("succeeded", (string?)(await node.PaymentAsync("A-1"))["state"]);
        Assert.Equal(201, paid.Status);
    }

    private static JsonArray Items((int Status, JsonNode Json) page) => page.Json["items"]!.AsArray();
}
