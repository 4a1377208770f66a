using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Timeline;

/// <summary>On a whole node: the story of a payment whose answer was lost and whose end a question found out.</summary>
public sealed class StoryJourneyTests
{
    [Fact]
    public async Task A_payment_tells_from_its_acceptance_to_its_end_with_the_rows_of_the_journal()
    {
        await using var node = await WholeNode.StartAsync("""{ "latency_ms": 1, "mode": "lost_response" }""");
        var paid = (await node.PayAsync("A-1", "withhold", wait: 0)).Json;
        await node.PayAsync("A-2", "withhold", wait: 0);
        await WholeNode.EventuallyAsync(async () => (string?)(await node.PaymentAsync("A-1"))["state"] == "succeeded");

        var (status, story) = await node.AdminAsync($"payments/{paid["id"]}/timeline");

        Assert.Equal(200, status);
        Assert.True((bool)story["complete"]!);
        var steps = story["steps"]!.AsArray();
        Assert.Equal(
            ["accepted", "route", "send", "answer", "query", "state"],
            steps.Select(step => (string?)step!["kind"]));
        Assert.All(steps, step => Assert.True((long)step!["commit"]!["row"]! > 0));
        var rows = steps.Select(step => (long)step!["commit"]!["row"]!).ToArray();
        Assert.Equal(rows.Order(), rows);
        Assert.Equal("alpha: unknown (timeout)", (string?)steps[3]!["what"]);
        Assert.Equal("alpha: success (00)", (string?)steps[4]!["what"]);
        Assert.DoesNotContain(Samples.CardNumber, story.ToJsonString(), StringComparison.Ordinal);
    }
}
