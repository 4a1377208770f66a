using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace RouterCluster.Console.Tests;

/// <summary>A test in a browser window of its own. Any error in the browser's log fails it.</summary>
[Collection(ConsoleCollection.Name)]
public abstract class ConsoleTest(ConsoleNode node) : IAsyncLifetime
{
    private readonly List<IBrowserContext> _windows = [];

    protected ConsoleNode Node => node;

    protected ConcurrentQueue<string> Errors { get; } = new();

    /// <summary>A part of the errors that the test itself brings about; null where there are none.</summary>
    protected string? ExpectedError { get; set; }

    protected IPage Page { get; private set; } = null!;

    public virtual async Task InitializeAsync() => Page = await OpenAsync();

    public virtual async Task DisposeAsync()
    {
        foreach (var window in _windows)
        {
            await window.CloseAsync();
        }

        Assert.DoesNotContain(
            Errors, error => ExpectedError is null || !error.Contains(ExpectedError, StringComparison.Ordinal));
    }

    protected async Task<IPage> OpenAsync(int width = 1280, int height = 800, ColorScheme scheme = ColorScheme.Light)
    {
        var window = await node.Browser.NewContextAsync(new()
        {
            BaseURL = node.Address.ToString(), ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme,
        });
        window.SetDefaultTimeout(15_000);
        _windows.Add(window);
        var page = await window.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Errors.Enqueue($"{message.Text} at {message.Location}");
            }
        };
        page.PageError += (_, error) => Errors.Enqueue(error);
        return page;
    }

    protected static async Task SignInAsync(IPage page, string token = "demo-operator", string address = "/")
    {
        await page.GotoAsync(address);
        await page.GetByLabel("Operator token").FillAsync(token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();
    }

    protected static ILocator Row(IPage page, string channel) => page
        .GetByRole(AriaRole.Table, new() { Name = "Channels" })
        .GetByRole(AriaRole.Row)
        .Filter(new() { Has = page.GetByRole(AriaRole.Rowheader, new() { Name = channel, Exact = true }) });

    protected static ILocator Button(ILocator within, string name) =>
        within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    protected static ILocator Region(IPage page, string name) =>
        page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true });

    /// <summary>Gives the reason in the open dialog, and confirms.</summary>
    protected static async Task ConfirmAsync(IPage page, string reason)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync(reason);
        await Button(dialog, "Confirm").ClickAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
    }

    protected static Task PictureAsync(IPage page, string name, bool isWhole = false) => page.ScreenshotAsync(new()
    {
        Path = Path.Combine(ConsoleNode.Pictures, $"{name}.png"), FullPage = isWhole, Animations = ScreenshotAnimations.Disabled,
    });

    /// <summary>By the rules of axe-core, all of them.</summary>
    protected static async Task AssertAccessibleAsync(IPage page)
    {
        var found = (await page.RunAxe()).Violations;
        Assert.True(found.Length == 0, string.Join('\n', found.SelectMany(one => one.Nodes.Select(node =>
            $"{one.Id} ({one.Impact}): {one.Help}: {node.Html}"))));
    }
}
