using Microsoft.Extensions.Time.Testing;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Maintenance;

/// <summary>Both channels take withholds, alpha alone payouts.</summary>
public sealed class DowntimeTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Soon = Now.AddHours(1);
    private static readonly DateTimeOffset Later = Now.AddHours(3);

    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync(
        """
        router.merchants.other.routing.withhold.exclude = [bravo]
        router.channels.bravo.maintenance = [
          { from = "2026-12-05T02:00", until = "2026-12-05T03:00", time-zone = UTC }
          { from = "2026-12-20T02:00", until = "2026-12-20T03:00", time-zone = UTC } ]
        """,
        new FakeTimeProvider(Now));

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Nothing_is_told_while_somebody_serves() => Assert.Empty(await TimesAsync("shop-key"));

    [Fact]
    public async Task A_downtime_is_told_to_those_who_have_no_other_channel_and_names_none()
    {
        Plan("alpha", null, Soon, Later);

        var shop = await TimesAsync("shop-key");
        var other = await TimesAsync("other-key");
        var text = (await _node.GetAsync("/v1/downtimes", "other-key")).Text;

        Assert.Equal([("payout", null, Said(Soon), Said(Later))], shop);
        Assert.Equal([("withhold", null, Said(Soon), Said(Later)), ("payout", (string?)null, Said(Soon), Said(Later))], other);
        Assert.DoesNotContain("alpha", text, StringComparison.Ordinal);
        Assert.Empty(await TimesAsync("shop-live"));
    }

    [Fact]
    public async Task What_is_open_has_begun_and_only_ends_within_a_week_are_told()
    {
        _node.Channels.Set("alpha", status => status with { AnnouncedUntil = Soon });
        Assert.Equal([("payout", null, null, Said(Soon))], await TimesAsync("shop-key"));

        Plan("alpha", null, Now.AddDays(-1), Now.AddDays(6));
        Assert.Equal([("payout", null, null, Said(Now.AddDays(6)))], await TimesAsync("other-key", "payout"));

        Plan("alpha", null, Now.AddDays(6), Now.AddDays(8));
        Assert.Equal([("payout", null, Said(Now.AddDays(6)), null)], await TimesAsync("other-key", "payout"));

        Plan("alpha", null, Now.AddDays(7), Now.AddDays(8));
        Assert.Empty(await TimesAsync("other-key", "payout"));
    }

    [Fact]
    public async Task Planned_and_configured_maintenance_that_meet_are_a_downtime()
    {
        Plan("alpha", null, Now.AddDays(3), Now.AddDays(4));

        Assert.Equal(
            [("withhold", null, "2026-12-05T02:00:00.000Z", "2026-12-05T03:00:00.000Z")],
            await TimesAsync("shop-key", "withhold"));
    }

    [Fact]
    public async Task A_banks_maintenance_is_told_of_the_bank()
    {
        Plan("alpha", "ICBC", Soon, Later);

        Assert.Equal([("payout", "ICBC", Said(Soon), Said(Later))], await TimesAsync("shop-key"));
    }

    [Fact]
    public async Task A_channel_that_operators_have_switched_off_serves_nobody_until_that_ends()
    {
        Plan("bravo", null, Soon, Later);
        Assert.Empty(await TodayAsync());

        Switch(OverrideKeys.Lifecycle, (int)ChannelLifecycle.Disabled, new OverrideEnd(Soon.AddHours(1), null, null));
        Assert.Equal([("withhold", null, Said(Soon), Said(Soon.AddHours(1)))], await TodayAsync());

        Switch(OverrideKeys.Isolated, 1, null);
        Assert.Equal([("withhold", null, Said(Soon), Said(Later))], await TodayAsync());

        Switch(
            OverrideKeys.Lifecycle, (int)ChannelLifecycle.Disabled,
            new OverrideEnd(Soon.AddHours(1), (int)ChannelLifecycle.Draining, null));
        Assert.Equal([("withhold", null, Said(Soon), Said(Later))], await TodayAsync());

        void Switch(OverrideKeys key, double value, OverrideEnd? end) => _node.Channels.Set("alpha", status => status with
        {
            Switches = [new ChannelOverride(key, value, new OverrideMark(Now, "alice") { End = end })],
        });
    }

    [Fact]
    public async Task An_excluded_part_is_not_served_where_no_amount_of_it_is()
    {
        Plan("bravo", null, Soon, Later);
        var nothing = new ExclusionScope(null, null, null, null, null);

        Exclude(nothing with { From = 5000 });
        Assert.Empty(await TodayAsync());
        Exclude(nothing with { Merchant = new MerchantId("other") });
        Assert.Empty(await TodayAsync());
        Exclude(nothing with { Product = Product.Payout });
        Assert.Empty(await TodayAsync());
        Exclude(nothing with { Merchant = new MerchantId("shop"), Bank = "CCB", Product = Product.Withhold });
        Assert.Equal([("withhold", "CCB", Said(Soon), Said(Later))], await TodayAsync());

        void Exclude(ExclusionScope scope) => _node.Channels.Set("alpha", status => status with
        {
            Exclusions = [new ChannelExclusion(1, scope, Now, "alice", "it hangs")],
        });
    }

    [Fact]
    public async Task It_needs_a_merchants_key() => Assert.Equal(401, (await _node.GetAsync("/v1/downtimes", "no-key")).Status);

    private void Plan(string channel, string? bank, DateTimeOffset from, DateTimeOffset until)
    {
        var window = new MaintenanceWindow.Once(from.UtcDateTime, until.UtcDateTime, TimeZoneInfo.Utc);
        _node.Channels.Set(channel, status => status with
        {
            AnnouncedUntil = null,
            Planned = [new PlannedMaintenance(1, new MaintenancePlan(window, bank), Now, "alice", "books")],
        });
    }

    private static string? Said(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ");

    /// <summary>Without what is configured for a later day.</summary>
    private async Task<(string, string?, string?, string?)[]> TodayAsync() =>
        [.. (await TimesAsync("shop-key")).Where(row => row.Item3?.StartsWith("2026-12-05", StringComparison.Ordinal) != true)];

    private async Task<(string, string?, string?, string?)[]> TimesAsync(string key, string? product = null)
    {
        var answer = await _node.GetAsync("/v1/downtimes", key);
        Assert.Equal(200, answer.Status);
        return
        [
            .. from row in answer.Json!["items"]!.AsArray()
               let one = (string)row["product"]!
               where product is null || one == product
               select (one, (string?)row["bank"], (string?)row["starts_at"], (string?)row["ends_at"]),
        ];
    }
}
