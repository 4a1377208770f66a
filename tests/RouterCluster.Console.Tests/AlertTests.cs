using Microsoft.Playwright;

namespace RouterCluster.Console.Tests;

/// <summary>Against the API's form of alerts, whatever this node has to tell at the moment.</summary>
public sealed class AlertTests(ConsoleNode node) : ConsoleTest(node)
{
    private const string Alerts = """
        { "items": [
          { "id": "a1", "rule": "channel_outage", "severity": "page", "subject": { "channel": "bravo" }, "state": "active",
            "since": "2026-01-01T10:00:00.000Z", "resolved_at": null, "value": 0.1, "threshold": 0.9,
            "message": "bravo answers nothing", "caused_by": null, "runbook": "docs/runbooks/channel_outage.md",
            "muted_until": null, "muted_by": null },
          { "id": "a2", "rule": "volume", "severity": "watch", "subject": { "channel": "bravo" }, "state": "active",
            "since": "2026-01-01T10:00:01.000Z", "resolved_at": null, "value": 1, "threshold": 10,
            "message": "fewer payments than usual", "caused_by": "a1", "runbook": null, "muted_until": null, "muted_by": null } ],
          "next": null }
        """;

    [Fact]
    public async Task An_alert_stands_with_what_follows_from_it_and_is_muted_with_a_reason()
    {
        var muted = new TaskCompletionSource<string?>();
        await Page.RouteAsync(
            "**/admin/v1/alerts", route => route.FulfillAsync(new() { ContentType = "application/json", Body = Alerts }));
        await Page.RouteAsync("**/admin/v1/alerts/a1/mute", async route =>
        {
            muted.SetResult(route.Request.PostData);
            await route.FulfillAsync(new() { ContentType = "application/json", Body = "{}" });
        });
        await SignInAsync(Page);
        await Page.RouteAsync("**/admin/v1/events", route => route.FulfillAsync(new()
        {
            ContentType = "text/event-stream", Body = $"event: alerts\ndata: {Alerts.ReplaceLineEndings("")}\n\n",
        }));
        await Page.ReloadAsync();

        var region = Region(Page, "Alerts");
        await Assertions.Expect(region).ToContainTextAsync("bravo answers nothing");
        await Assertions.Expect(region.GetByRole(AriaRole.List, new() { Name = "Follows from it" }))
            .ToContainTextAsync("fewer payments than usual");
        await AssertAccessibleAsync(Page);
        await PictureAsync(Page, "alert");
        await region.GetByRole(AriaRole.Button, new() { Name = "Mute" }).First.ClickAsync();
        await Page.GetByRole(AriaRole.Dialog).GetByLabel("For").SelectOptionAsync("2h");
        await ConfirmAsync(Page, "the company knows");

        Assert.Equal("""{"for":"2h","reason":"the company knows"}""", await muted.Task);
    }
}
