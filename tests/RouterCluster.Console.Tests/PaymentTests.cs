using Microsoft.Playwright;

namespace RouterCluster.Console.Tests;

public sealed class PaymentTests(ConsoleNode node) : ConsoleTest(node)
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await SignInAsync(Page);
    }

    [Fact]
    public async Task A_payment_is_found_by_any_of_its_numbers_and_tells_its_story()
    {
        var paid = await Node.PayAsync();
        var attempt = paid["attempts"]![0]!;
        foreach (var number in new[] { paid["id"], paid["order_no"], attempt["order_no"], attempt["channel_order_no"] })
        {
            await Page.ReloadAsync();
            await SearchAsync((string)number!);
            var found = Region(Page, "Payment");
            await Assertions.Expect(found).ToContainTextAsync((string)paid["id"]!);
            var attempts = found.GetByRole(AriaRole.List, new() { Name = "Attempts", Exact = true });
            await Assertions.Expect(attempts.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
            await Assertions.Expect(attempts).ToContainTextAsync((string)attempt["channel"]!);
        }

        var story = Region(Page, "Payment").GetByRole(AriaRole.List, new() { Name = "Story", Exact = true });
        foreach (var step in new[] { "Accepted and written down", "chosen by success-rate", "success (00)", "Payment succeeded" })
        {
            await Assertions.Expect(story).ToContainTextAsync(step);
        }

        await Page.GetByText($"Why {attempt["channel"]}").ClickAsync();
        await AssertAccessibleAsync(Page);
        await PictureAsync(Page, "payment");
    }

    [Fact]
    public async Task A_number_of_nobody_is_answered_in_a_sentence()
    {
        await Page.GetByRole(AriaRole.Heading, new() { Name = "RouterCluster" }).ClickAsync();
        await Page.Keyboard.PressAsync("/");
        await Page.Keyboard.TypeAsync("X-404");
        await Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(Region(Page, "Payment")).ToContainTextAsync("No payment has the number X-404.");
        await Region(Page, "Payment").GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Assertions.Expect(Region(Page, "Payment")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_case_is_decided_by_two_people()
    {
        var first = await Node.PayAsync();
        var account = "6222020099887766";
        await Node.PayAsync(account: account);
        var twin = await Node.PayAsync(account: account);
        Assert.Equal(("succeeded", "suspended"), ((string?)first["state"], (string?)twin["state"]));
        var number = (string)twin["order_no"]!;
        var entry = Region(Page, "Cases").GetByRole(AriaRole.Listitem).Filter(new() { HasText = number });

        await Button(entry, "Propose").ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Outcome").SelectOptionAsync("failed");
        await dialog.GetByLabel("Evidence").FillAsync("mail of the merchant, 2 December");
        await AssertAccessibleAsync(Page);
        await ConfirmAsync(Page, "a duplicate, says the merchant");
        await Assertions.Expect(entry).ToContainTextAsync("demo proposes: failed");
        await Assertions.Expect(Button(entry, "Approve")).ToBeDisabledAsync();
        await PictureAsync(Page, "case", isWhole: true);

        var second = await OpenAsync();
        await SignInAsync(second, "demo-approver");
        var same = Region(second, "Cases").GetByRole(AriaRole.Listitem).Filter(new() { HasText = number });
        await Button(same, "Approve").ClickAsync();
        await Assertions.Expect(second.GetByRole(AriaRole.Dialog)).ToContainTextAsync("mail of the merchant");
        await Button(second.GetByRole(AriaRole.Dialog), "Confirm").ClickAsync();

        await Assertions.Expect(same).ToHaveCountAsync(0);
        await Assertions.Expect(entry).ToHaveCountAsync(0);
        await SearchAsync(number);
        await Assertions.Expect(Region(Page, "Payment")).ToContainTextAsync("approved by second");
        Assert.Equal("failed", (string?)(await Node.AdminAsync(HttpMethod.Get, $"payments/{twin["id"]}"))["state"]);
    }

    private async Task SearchAsync(string number)
    {
        await Page.GetByRole(AriaRole.Searchbox, new() { Name = "Payment" }).FillAsync(number);
        await Page.Keyboard.PressAsync("Enter");
    }
}
