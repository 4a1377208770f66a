using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace RouterCluster.Console.Tests;

public sealed class ChannelTests(ConsoleNode node) : ConsoleTest(node)
{
    private static readonly string[] Channels = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot"];

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await SignInAsync(Page);
    }

    [Fact]
    public async Task A_channel_is_disabled_and_enabled_with_a_reason_after_the_page_has_said_what_that_does()
    {
        foreach (var channel in Channels)
        {
            await Assertions.Expect(Row(Page, channel)).ToHaveCountAsync(1);
        }

        var healthy = await HealthyAsync();
        await Button(Row(Page, healthy), "Disable").ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog, new() { Name = $"Disable {healthy}" });
        await Assertions.Expect(dialog).ToContainTextAsync($"{healthy} gets no new payments.");
        await Assertions.Expect(dialog).ToContainTextAsync("goes to");
        await AssertAccessibleAsync(Page);
        await PictureAsync(Page, "dialog");
        await Button(dialog, "Confirm").ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Reason is needed.");
        await ConfirmAsync(Page, "their bank is down");

        await Assertions.Expect(Row(Page, healthy)).ToContainTextAsync("disabled");
        await Assertions.Expect(Row(Page, healthy)).ToContainTextAsync("their bank is down");
        await Assertions.Expect(Region(Page, "Audit")).ToContainTextAsync("their bank is down");
        await Assertions.Expect(Region(Page, "Summary")).ToContainTextAsync($"{healthy} was taken out by people");
        Assert.Equal("disabled", (string?)(await ChannelAsync(healthy))["lifecycle"]);

        await Button(Row(Page, healthy), "Enable").ClickAsync();
        await ConfirmAsync(Page, "it is back");
        await Assertions.Expect(Row(Page, healthy)).ToContainTextAsync("active");
        Assert.True((bool)(await ChannelAsync(healthy))["enabled"]!);
    }

    [Fact]
    public async Task Escape_gives_up_and_nothing_is_changed()
    {
        await Button(Row(Page, "echo"), "Drain").FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Page.GetByRole(AriaRole.Dialog).GetByLabel("Reason")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Assertions.Expect(Button(Row(Page, "echo"), "Drain")).ToBeFocusedAsync();
        Assert.Equal("active", (string?)(await ChannelAsync("echo"))["lifecycle"]);
    }

    [Fact]
    public async Task Budgets_and_isolation_are_changed_and_taken_back()
    {
        await AdjustAsync(isIsolated: true, orders: "8");
        await Assertions.Expect(Row(Page, "foxtrot")).ToContainTextAsync("isolated by hand");
        var changed = await ChannelAsync("foxtrot");
        Assert.Equal((8, "isolated"), ((int)changed["submit"]!["budget"]!, (string?)changed["submit"]!["breaker"]));

        await AdjustAsync(isIsolated: false, orders: "16");
        await Assertions.Expect(Row(Page, "foxtrot")).Not.ToContainTextAsync("isolated by hand");
        var back = await ChannelAsync("foxtrot");
        Assert.Equal((16, 0), ((int)back["submit"]!["budget"]!, back["overrides"]!.AsArray().Count));
    }

    [Fact]
    public async Task A_part_is_switched_off_and_on_again()
    {
        await Button(Row(Page, "delta"), "Part").ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog, new() { Name = "Switch off a part of delta" });
        await dialog.GetByLabel("Bank").FillAsync("ICBC");
        await dialog.GetByLabel("Amounts from").FillAsync("50000");
        await Assertions.Expect(dialog).ToContainTextAsync("no new payments of bank ICBC, from 50,000, until it is taken back");
        await AssertAccessibleAsync(Page);
        await PictureAsync(Page, "part");
        await ConfirmAsync(Page, "ICBC hangs");

        await Assertions.Expect(Row(Page, "delta")).ToContainTextAsync("off: bank ICBC, from 50,000");
        var exclusion = Assert.Single((await ChannelAsync("delta"))["exclusions"]!.AsArray())!;
        Assert.Equal(
            ("ICBC", 50_000, "ICBC hangs"),
            ((string?)exclusion["bank"], (int)exclusion["min_amount"]!, (string?)exclusion["reason"]));

        await Button(Row(Page, "delta"), "Part").ClickAsync();
        await dialog.GetByLabel("Off: bank ICBC, from 50,000").UncheckAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("delta gets bank ICBC, from 50,000 again.");
        await ConfirmAsync(Page, "well again");

        await Assertions.Expect(Row(Page, "delta")).Not.ToContainTextAsync("off:");
        Assert.Empty((await ChannelAsync("delta"))["exclusions"]!.AsArray());
    }

    [Fact]
    public async Task A_list_is_redrawn_under_a_pointer_that_lies_there_and_not_under_the_focus()
    {
        var audit = Region(Page, "Audit");
        await AdjustAsync("first");
        await Assertions.Expect(audit).ToContainTextAsync("first");

        await audit.HoverAsync();
        await AdjustAsync("second");
        await Assertions.Expect(audit).ToContainTextAsync("second");

        await audit.GetByRole(AriaRole.List).FocusAsync();
        await AdjustAsync("third");
        // The page hears of it within two seconds.
        await Task.Delay(TimeSpan.FromSeconds(4));
        await Assertions.Expect(audit).Not.ToContainTextAsync("third");
        await Page.Locator("#search").FocusAsync();
        await Assertions.Expect(audit).ToContainTextAsync("third");

        Task<JsonNode> AdjustAsync(string reason) =>
            Node.AdminAsync(HttpMethod.Patch, "channels/delta", new JsonObject { ["weight"] = 1, ["reason"] = reason });
    }

    [Fact]
    public async Task A_page_that_was_cut_off_says_so_and_comes_back_by_itself()
    {
        ExpectedError = "net::ERR_";
        using var wire = new Wire(Node.Address);
        await SignInAsync(Page, address: wire.Address.ToString());

        wire.Cut();
        await Assertions.Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Reconnecting", new() { Timeout = 20_000 });
        wire.Mend();

        await Assertions.Expect(Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Live", new() { Timeout = 20_000 });
        await Assertions.Expect(Row(Page, "alpha")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_thousand_channels_stay_usable()
    {
        await Page.RouteAsync("**/admin/v1/events", route => route.FulfillAsync(new()
        {
            ContentType = "text/event-stream", Body = Many(full: true, 1000, 0) + Many(full: false, 1000, 1),
        }));
        await Page.ReloadAsync();
        var table = Page.GetByRole(AriaRole.Table, new() { Name = "Channels" });
        await Assertions.Expect(table.Locator("tbody tr")).ToHaveCountAsync(1000);

        var usual = await Page.EvaluateAsync<double>(
            """
            async (text) => {
              const body = JSON.parse(text);
              const { heardChannels, draw } = await import("/console/channels.js");
              const times = [];
              for (let round = 0; round < 5; round++) {
                for (const item of body.items) item.submit.in_flight = round;
                const at = performance.now();
                heardChannels(body);
                draw();
                document.body.offsetHeight;
                times.push(performance.now() - at);
              }
              return times.sort((a, b) => a - b)[2];
            }
            """,
            Data(full: false, 1000, 2));

        ConsoleNode.Note($"an update of 1,000 channels takes {usual:0} ms");
        // Wanted are 100 ms; the machine that tests run on may be busy with others.
        Assert.True(usual < 1000, $"{usual:0} ms for an update of 1,000 channels");
        await Page.Locator("#filter").FillAsync("channel-0999");
        await Assertions.Expect(table.Locator("tbody tr")).ToHaveCountAsync(1);
        await Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
    }

    private static string Many(bool full, int count, int flight) => $"event: channels\ndata: {Data(full, count, flight)}\n\n";

    private static string Data(bool full, int count, int flight) => new JsonObject
    {
        ["full"] = full,
        ["items"] = new JsonArray([.. Enumerable.Range(0, count).Select(number => Sample(number, flight))]),
    }.ToJsonString();

    private static JsonNode Sample(int number, int flight) => JsonNode.Parse($$"""
        { "id": "channel-{{number.ToString("D4", CultureInfo.InvariantCulture)}}", "enabled": true, "lifecycle": "active",
          "products": ["withhold"], "weight": 1,
          "submit": { "breaker": "closed", "in_flight": {{flight}}, "budget": 16, "queue": 0, "rate_per_second": 200,
            "p50_ms": 20, "p99_ms": 90 },
          "query": { "breaker": "closed", "in_flight": 0, "budget": 4, "queue": 0, "rate_per_second": 50,
            "p50_ms": 0, "p99_ms": 0 },
          "success_rate": 0.97, "traffic_share": 0.001, "outage": null, "closed": null,
          "unknown": { "count": 0, "amount": 0, "oldest_seconds": 0 }, "changed": null }
        """)!;

    private async Task AdjustAsync(bool isIsolated, string orders)
    {
        await Button(Row(Page, "foxtrot"), "Adjust").ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog, new() { Name = "Adjust foxtrot" });
        await dialog.GetByLabel("Orders at once").FillAsync(orders);
        await dialog.GetByRole(AriaRole.Checkbox).SetCheckedAsync(isIsolated);
        await Assertions.Expect(dialog).ToContainTextAsync("Orders at once:");
        await AssertAccessibleAsync(Page);
        await ConfirmAsync(Page, "a smaller contract");
    }

    /// <summary>A test before may have left one in trouble, which the page says of it first.</summary>
    private async Task<string> HealthyAsync()
    {
        foreach (var channel in Channels)
        {
            var shown = await ChannelAsync(channel);
            if (shown["outage"] is null && shown["closed"] is null && (int)shown["unknown"]!["count"]! == 0
                && new[] { "submit", "query" }.All(lane => (string?)shown[lane]!["breaker"] == "closed"))
            {
                return channel;
            }
        }

        throw new InvalidOperationException("No channel is healthy.");
    }

    private async Task<JsonNode> ChannelAsync(string channel) => await Node.AdminAsync(HttpMethod.Get, $"channels/{channel}");
}
