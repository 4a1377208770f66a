using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Routing.RoutingFixtures;

namespace RouterCluster.Domain.Tests.Routing;

/// <summary>A channel for which operators have planned maintenance.</summary>
public sealed class PlannedMaintenanceTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 1, 30, 0, TimeSpan.Zero);
    private static readonly MaintenancePlan All = Until(30, null);
    private static readonly MaintenancePlan Icbc = Until(60, "ICBC");
    private readonly MaintenanceCalendar _calendar = new(ImmutableDictionary<ChannelId, ImmutableArray<MaintenanceWindow>>.Empty);

    [Fact]
    public void It_is_left_out_until_the_end_that_explain_tells()
    {
        var table = Ready(Alpha, Bravo);
        Plan(table, All);

        var chosen = Assert.IsType<RouteDecision.Chosen>(table.Choose(Request, 0.5, At(1)));

        Assert.Equal(
            [new ExcludedChannel(Alpha, Exclusion.Maintenance) { Until = Start.AddMinutes(30) }], chosen.Excluded());
        Assert.Equal(0, table.ShareOf(Alpha, at: 1));
        table.Maintain(_calendar.At(Start.AddMinutes(30)), Start.AddMinutes(30), At(1800));
        table.Fold(Report(Alpha, 3), At(1800));
        table.Fold(Report(Bravo, 3), At(1800));
        Assert.InRange(table.ShareOf(Alpha, at: 1800), 0.1, 1);
    }

    [Fact]
    public void A_banks_maintenance_leaves_it_out_for_that_bank_only()
    {
        var table = Ready(Alpha, Bravo);
        Plan(table, Icbc);

        Assert.Equal(0, table.ShareOf(Alpha, at: 1));
        Assert.InRange(table.ShareOf(Alpha, at: 1, Request with { Bank = "CCB" }), 0.1, 1);
        Assert.InRange(table.ShareOf(Alpha, at: 1, Request with { Bank = null }), 0.1, 1);
    }

    [Fact]
    public void A_payment_that_only_it_could_take_waits_for_its_end()
    {
        var table = Ready(Alpha);
        Plan(table, All, Icbc);

        var icbc = Assert.IsType<RouteDecision.NoneNow>(table.Choose(Request, 0.5, At(1)));
        var other = Assert.IsType<RouteDecision.NoneNow>(table.Choose(Request with { Bank = "CCB" }, 0.5, At(1)));

        Assert.Equal((At(3599), At(1799)), (icbc.RetryAfter, other.RetryAfter));
    }

    [Fact]
    public void What_could_never_take_it_is_not_said_to_be_under_maintenance()
    {
        var table = Ready(Alpha);
        Plan(table, All);

        var excluded = table.Choose(Request with { Mode = ChannelMode.Live }, 0.5, At(1)).Excluded();

        Assert.Equal([new ExcludedChannel(Alpha, Exclusion.Mode)], excluded);
    }

    [Fact]
    public void Of_several_ends_the_last_one_counts()
    {
        Hear(All, Icbc, Until(90, null), Until(45, "ICBC"), Until(120, "CCB"));
        _calendar.Announce(Alpha, Start.AddMinutes(75));

        var ends = _calendar.At(Start)[Alpha];

        Assert.Equal(
            (Start.AddMinutes(90), Start.AddMinutes(90), Start.AddMinutes(120)),
            (ends.Of(null), ends.Of("ICBC"), ends.Of("CCB")));
        Assert.False(_calendar.At(Start.AddMinutes(120)).ContainsKey(Alpha));
    }

    [Fact]
    public void Only_other_plans_are_news()
    {
        Assert.False(Hear());
        Assert.True(Hear(All));
        Assert.False(Hear(All));
        Assert.True(Hear(All, Icbc));
        Assert.True(Hear());
        Assert.Empty(_calendar.At(Start));
    }

    private static MaintenancePlan Until(int minutes, string? bank)
    {
        var window = new MaintenanceWindow.Once(
            Start.UtcDateTime.AddHours(-1), Start.UtcDateTime.AddMinutes(minutes), TimeZoneInfo.Utc);
        return new MaintenancePlan(window, bank);
    }

    private bool Hear(params MaintenancePlan[] plans) => _calendar.Hear(
        Report(Alpha) with { Planned = [.. plans.Select((plan, index) => new NumberedPlan(index + 1, plan))] });

    private void Plan(RoutingTable table, params MaintenancePlan[] plans)
    {
        Assert.True(Hear(plans));
        table.Maintain(_calendar.At(Start), Start, TimeSpan.Zero);
    }
}
