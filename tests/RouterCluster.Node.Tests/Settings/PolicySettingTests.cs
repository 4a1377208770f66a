using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Routing;

namespace RouterCluster.Node.Tests.Settings;

public sealed class PolicySettingTests
{
    private const string Shop = "router.merchants.shop.keys = [ { token = \"t\" } ]\n";

    private static readonly string Two = Given.Channel + Given.Channel.Replace(".own", ".other", StringComparison.Ordinal);

    [Fact]
    public void A_merchants_products_may_have_policies_of_their_own()
    {
        var settings = Given.Settings(Two + Shop + """
            router.policies.first { kind = priority, channels = ["other", "own"], tolerance = 0.1 }
            router.policies.shares { kind = weighted, weights = ["own=3", "other = 1.5"] }
            router.merchants.shop.routing."*" { policy = shares, shadow = ["first"], explore-up-to = 500 }
            router.merchants.shop.routing.payout { canary = first, canary-percent = 12.5, exclude = ["own"] }
            """);

        var routes = settings.Merchants[0].Routing.ToDictionary(route => route.Name);
        Assert.Null(routes["*"].Product);
        Assert.Equal(Product.Payout, routes["payout"].Product);
        Assert.Equal(("shares", 500L), (routes["*"].Policy, routes["*"].ExploreUpTo));
        Assert.Equal("first", Assert.Single(routes["*"].Shadow));
        Assert.Equal(("first", 12.5), (routes["payout"].Canary, routes["payout"].CanaryPercent));
        Assert.Equal(new ChannelId("own"), Assert.Single(routes["payout"].Exclude));
        var shares = settings.Policies.Single(policy => policy.Name == "shares");
        Assert.Equal((PolicyKind.Weighted, 3, 1.5), (shares.Kind, shares.Weights["own"], shares.Weights["other"]));
        Assert.Equal(0.1, settings.Policies.Single(policy => policy.Name == "first").Tolerance);
    }

    [Fact]
    public void Kinds_that_need_nothing_said_are_policies_by_themselves()
    {
        var names = Given.Settings("router.policies.sticky { tolerance = 0.5 }").Policies
            .ToDictionary(policy => policy.Name, policy => policy.Tolerance);

        Assert.Equal(["cost-aware", "sticky", "success-rate", "weighted"], names.Keys.Order());
        Assert.Equal(0.5, names["sticky"]);
    }

    [Theory]
    [InlineData("policies.p { }", "policies.p.kind")]
    [InlineData("policies.p { kind = luck }", "policies.p.kind")]
    [InlineData("policies.\"a b\" { kind = sticky }", "policies.a b")]
    [InlineData("policies.p { kind = priority }", "policies.p.channels")]
    [InlineData("policies.p { kind = priority, channels = [\"nobody\"] }", "policies.p.channels")]
    [InlineData("policies.p { kind = pinned, channels = [\"own\", \"other\"] }", "policies.p.channels")]
    [InlineData("policies.p { kind = volume }", "policies.p.minimums")]
    [InlineData("policies.p { kind = volume, minimums = [\"own=0\"] }", "policies.p.minimums[0]")]
    [InlineData("policies.p { kind = volume, minimums = [\"own=0.5\"] }", "policies.p.minimums[0]")]
    [InlineData("policies.p { kind = weighted, weights = [\"own\"] }", "policies.p.weights[0]")]
    [InlineData("policies.p { kind = weighted, weights = [\"own=1\", \"own=2\"] }", "policies.p.weights")]
    [InlineData("policies.p { kind = sticky, tolerance = 1.5 }", "policies.p.tolerance")]
    [InlineData("policies.p { kind = sticky, fallback = maybe }", "policies.p.fallback")]
    [InlineData("policies.p { kind = sticky, margin.basis-points = -1 }", "policies.p.margin.basis-points")]
    [InlineData("merchants.shop.routing.loan { }", "merchants.shop.routing.loan")]
    [InlineData("merchants.shop.routing.payout { policy = luck }", "merchants.shop.routing.payout.policy")]
    [InlineData("merchants.shop.routing.payout { shadow = [\"luck\"] }", "merchants.shop.routing.payout.shadow[0]")]
    [InlineData("merchants.shop.routing.payout { canary = luck }", "merchants.shop.routing.payout.canary")]
    [InlineData("merchants.shop.routing.payout { canary-percent = 101 }", "merchants.shop.routing.payout.canary-percent")]
    [InlineData("merchants.shop.routing.payout { exclude = [\"nobody\"] }", "merchants.shop.routing.payout.exclude")]
    [InlineData("merchants.shop.routing.payout { explore-up-to = some }", "merchants.shop.routing.payout.explore-up-to")]
    [InlineData("merchants.shop.routing.payout { polcy = sticky }", "merchants.shop.routing.payout.polcy")]
    public void A_wrong_setting_of_a_policy_or_route_stops_the_start(string setting, string key)
    {
        Assert.Equal("router." + key, Given.TheError(Two + Shop + $"router {{ {setting} }}").Key);
    }

    [Fact]
    public void Too_many_channels_of_a_pin_are_shown_not_called_missing()
    {
        var error = Given.TheError(Two + "router.policies.p { kind = pinned, channels = [\"own\", \"other\"] }");

        Assert.Equal(("\"own, other\"", "exactly one channel"), (error.Value, error.Allowed));
    }

    [Fact]
    public void A_merchant_that_is_left_one_channel_is_warned_of()
    {
        var reading = Given.Reading(Two + Shop + """
            router.channels.own.products = ["withhold", "payout"]
            router.channels.other.products = ["withhold", "payout"]
            router.merchants.shop.routing.withhold { exclude = ["own"] }
            router.policies.only { kind = pinned, channels = ["own"], fallback = none }
            router.merchants.shop.routing.payout { policy = only }
            """);

        Assert.Contains("router.merchants.shop.routing: 1 channel(s) left for withhold; re-routing needs two", reading.Warnings);
        Assert.Contains("router.merchants.shop.routing: 1 channel(s) left for payout; re-routing needs two", reading.Warnings);
    }

    [Fact]
    public void Maintenance_windows_are_once_or_come_again()
    {
        var windows = Given.Settings(Given.Channel + """
            router.channels.own.maintenance = [
              { days = ["sunday", "monday"], from = "23:30", until = "01:00", time-zone = "Asia/Shanghai" }
              { from = "2026-12-01T02:00", until = "2026-12-01T04:30", time-zone = "Europe/Berlin" }
            ]
            """).Channels[0].Maintenance;

        var weekly = Assert.IsType<MaintenanceWindow.Weekly>(windows[0]);
        Assert.Equal([DayOfWeek.Sunday, DayOfWeek.Monday], weekly.Days.Order());
        Assert.Equal((new TimeOnly(23, 30), new TimeOnly(1, 0), "Asia/Shanghai"), (weekly.From, weekly.Until, weekly.Zone.Id));
        var once = Assert.IsType<MaintenanceWindow.Once>(windows[1]);
        Assert.Equal((new DateTime(2026, 12, 1, 2, 0, 0), "Europe/Berlin"), (once.From, once.Zone.Id));
    }

    [Theory]
    [InlineData("days = [\"someday\"], from = \"01:00\", until = \"02:00\", time-zone = UTC", "days[0]")]
    [InlineData("days = [\"*\"], from = \"1 am\", until = \"02:00\", time-zone = UTC", "from")]
    [InlineData("days = [\"*\"], from = \"01:00\", until = \"25:00\", time-zone = UTC", "until")]
    [InlineData("days = [\"*\"], from = \"01:00\", until = \"02:00\"", "time-zone")]
    [InlineData("days = [\"*\"], from = \"01:00\", until = \"02:00\", time-zone = \"Mars/Base\"", "time-zone")]
    [InlineData("from = \"2026-12-01T02:00\", until = \"2026-12-01T02:00\", time-zone = UTC", "until")]
    [InlineData("from = \"02:00\", until = \"2026-12-01T02:00\", time-zone = UTC", "from")]
    public void A_wrong_window_stops_the_start(string window, string key)
    {
        var error = Given.TheError(Given.Channel + $"router.channels.own.maintenance = [ {{ {window} }} ]");

        Assert.Equal("router.channels.own.maintenance[0]." + key, error.Key);
    }
}
