using Microsoft.Playwright;

namespace RouterCluster.Console.Tests;

/// <summary>What the person on call sees in trouble, in each form of the page: looked at by axe-core, and by people.</summary>
public sealed class PictureTests(ConsoleNode node) : ConsoleTest(node)
{
    // Wanted is one second; the machine that tests run on may be busy with others.
    private const int FirstPaintMs = 5000;

    [Fact]
    public async Task A_dying_channel_and_unknown_money_are_seen_first_in_every_form_of_the_page()
    {
        var busy = "";
        for (var payment = 0; payment < 20; payment++)
        {
            busy = (string)(await Node.PayAsync())["attempts"]![0]!["channel"]!;
        }

        await SignInAsync(Page);
        await AssertAccessibleAsync(Page);
        await PictureAsync(Page, "healthy");
        var paint = await Page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0].startTime");
        ConsoleNode.Note($"first paint after {paint:0} ms");
        Assert.True(paint < FirstPaintMs, $"{paint:0} ms to the first paint");

        await Node.SimulateAsync(busy, """{ "mode": "hang" }""");
        try
        {
            for (var payment = 0; payment < 60; payment++)
            {
                await Node.PayAsync(wait: 0);
            }

            var first = Page.GetByRole(AriaRole.Table, new() { Name = "Channels" }).GetByRole(AriaRole.Row).Nth(1);
            await Page.Mouse.MoveAsync(0, 0);
            await Assertions.Expect(first).ToContainTextAsync("CNY", new() { Timeout = 30_000 });
            await Assertions.Expect(Region(Page, "Summary")).ToContainTextAsync("without a known result");
            await AssertAccessibleAsync(Page);
            await PictureAsync(Page, "trouble");
            await LookAsync(1280, 800, ColorScheme.Dark, "dark");
            await LookAsync(390, 844, ColorScheme.Light, "phone");
            await LookAsync(900, 1100, ColorScheme.Light, "tablet");
        }
        finally
        {
            await Node.SimulateAsync(busy, """{ "mode": "ok" }""");
        }
    }

    private async Task LookAsync(int width, int height, ColorScheme scheme, string name)
    {
        var page = await OpenAsync(width, height, scheme);
        await SignInAsync(page);
        await Assertions.Expect(Row(page, "alpha")).ToBeVisibleAsync();
        Assert.True(
            await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} scrolls sideways");
        await AssertAccessibleAsync(page);
        await PictureAsync(page, name, isWhole: true);
    }
}
