using Microsoft.Playwright;

namespace RouterCluster.Console.Tests;

public sealed class SignInTests(ConsoleNode node) : ConsoleTest(node)
{
    [Fact]
    public async Task A_wrong_token_is_refused_and_a_right_one_enters()
    {
        await Page.GotoAsync("/");
        await Assertions.Expect(Page.GetByLabel("Operator token")).ToBeFocusedAsync();
        await AssertAccessibleAsync(Page);
        await PictureAsync(Page, "sign-in");
        await Page.GetByLabel("Operator token").FillAsync("nobody");
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("No operator has this token.");

        await Page.GetByLabel("Operator token").FillAsync("demo-operator");
        await Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Live");
        await Assertions.Expect(Page.GetByText("demo · admin")).ToBeVisibleAsync();
        Assert.Equal("", await Page.EvaluateAsync<string>("document.cookie"));
        Assert.Equal(0, await Page.EvaluateAsync<int>("localStorage.length + sessionStorage.length"));
        Assert.Contains("401", Errors.TryDequeue(out var refused) ? refused : "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_lasts_over_a_reload_and_ends_with_signing_out_everywhere()
    {
        await SignInAsync(Page);
        await Page.ReloadAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Live");
        var other = await Page.Context.NewPageAsync();
        await other.GotoAsync("/");
        await Assertions.Expect(other.GetByRole(AriaRole.Status)).ToHaveTextAsync("Live");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await Assertions.Expect(Page.GetByLabel("Operator token")).ToBeVisibleAsync();
        await Assertions.Expect(other.GetByText("The session has ended. Sign in again.")).ToBeVisibleAsync();
        await Assertions.Expect(other.GetByRole(AriaRole.Table)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_viewer_sees_everything_and_can_press_nothing()
    {
        await SignInAsync(Page, "t-viewer");

        foreach (var name in new[] { "Disable", "Enable", "Drain", "Adjust" })
        {
            await Assertions.Expect(Button(Row(Page, "alpha"), name)).ToBeDisabledAsync();
        }

        await Assertions.Expect(Region(Page, "Alerts")).ToBeVisibleAsync();
        await Assertions.Expect(Region(Page, "Cases")).ToBeVisibleAsync();
    }
}
