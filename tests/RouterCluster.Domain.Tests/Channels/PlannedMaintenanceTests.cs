using RouterCluster.Domain.Channels;

namespace RouterCluster.Domain.Tests.Channels;

/// <summary>Maintenance that operators plan.</summary>
public sealed class PlannedMaintenanceTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    // 23:09 on 14 March in Shanghai is the scene's beginning.
    private static readonly DateTime Tonight = new(2026, 3, 15, 2, 0, 0);

    private static readonly MaintenancePlan OnceOfIcbc =
        new(new MaintenanceWindow.Once(Tonight, Tonight.AddHours(2), Shanghai), "ICBC");

    private static readonly ChannelChange ByAlice = new("alice", "ticket 4711");
    private readonly ChannelScene _scene = ChannelScene.Reporting();

    /// <summary>Anew each time: equal sets are not the same object.</summary>
    private static MaintenancePlan Sundays => new(
        new MaintenanceWindow.Weekly([DayOfWeek.Sunday, DayOfWeek.Monday], new(23, 30), new(1, 0), Shanghai), null);

    [Fact]
    public void Routers_hear_of_it_until_it_is_taken_back_and_lanes_work_on()
    {
        var effects = _scene.ChangeAndStore(ByAlice with { Plan = Sundays });
        var lanes = effects.OfType<ChannelEffect.Configure>().Single();
        Assert.Equal((Domain.Lanes.Intake.Open, true), (lanes.Submit.Intake, lanes.Submit.Exclusions.IsEmpty));
        Assert.Equal([new NumberedPlan(1, Sundays)], _scene.ToRouters().Planned.AsEnumerable());

        _scene.ChangeAndStore(new ChannelChange("bob", "called off") { Unplan = 1 });
        Assert.Empty(_scene.ToRouters().Planned);
        Assert.Equal(
            [
                ("alice", "maintenance 1 planned (monday sunday 23:30-01:00 Asia/Shanghai)", "ticket 4711"),
                ("bob", "maintenance 1 taken back", "called off"),
            ],
            _scene.Channel.Snapshot.Changes.Select(change => (change.By, change.What, change.Reason)));
    }

    [Fact]
    public void Numbers_are_never_used_again_and_the_same_times_keep_theirs()
    {
        _scene.ChangeAndStore(ByAlice with { Plan = Sundays });
        _scene.ChangeAndStore(ByAlice with { Plan = OnceOfIcbc });
        _scene.ChangeAndStore(ByAlice with { Unplan = 2 });
        _scene.ChangeAndStore(new ChannelChange("bob", "again") { Plan = Sundays });
        _scene.ChangeAndStore(ByAlice with { Plan = OnceOfIcbc });
        _scene.ChangeAndStore(ByAlice with { Weight = 2 });

        Assert.Equal(
            [(1, Sundays, "bob", "again"), (3, OnceOfIcbc, "alice", "ticket 4711")],
            _scene.Channel.Snapshot.Planned.All.Select(one => (one.No, one.Plan, one.By, one.Reason)));
    }

    [Fact]
    public void One_that_never_was_cannot_be_taken_back_and_one_that_is_gone_already_is()
    {
        _scene.ChangeAndStore(ByAlice with { Plan = Sundays });
        _scene.Channel.Change(ByAlice with { Unplan = 2 }, "asker", _scene.Now);
        Assert.Equal([new ChannelEffect.RefuseOperator("asker", ChangeRefusal.NoSuchMaintenance)], _scene.Take());

        _scene.ChangeAndStore(ByAlice with { Unplan = 1 });
        _scene.Reports(ChannelLane.Submit, 3);
        _scene.Reports(ChannelLane.Query, 3);
        _scene.Take();
        _scene.Channel.Change(ByAlice with { Unplan = 1 }, "asker", _scene.Now);
        Assert.Equal("asker", Assert.IsType<ChannelEffect.AnswerOperator>(Assert.Single(_scene.Take())).Asker);
    }

    [Fact]
    public void A_channel_has_a_bounded_number_of_them()
    {
        for (var hour = 1; hour <= PlannedMaintenances.Most; hour++)
        {
            _scene.ChangeAndStore(ByAlice with { Plan = PlanAt(Tonight.AddHours(hour), 1) });
        }

        _scene.Channel.Change(ByAlice with { Plan = Sundays }, "asker", _scene.Now);
        Assert.Equal([new ChannelEffect.RefuseOperator("asker", ChangeRefusal.TooManyMaintenances)], _scene.Take());
        _scene.ChangeAndStore(ByAlice with { Plan = PlanAt(Tonight.AddHours(7), 1) });
        Assert.Equal(PlannedMaintenances.Most, _scene.Channel.Snapshot.Planned.All.Length);
    }

    [Fact]
    public void One_that_is_past_leaves_the_list_by_itself()
    {
        _scene.ChangeAndStore(ByAlice with { Plan = OnceOfIcbc });
        _scene.ChangeAndStore(ByAlice with { Plan = PlanAt(Tonight.AddHours(1), 1) });
        _scene.ChangeAndStore(ByAlice with { Plan = Sundays });
        var end = new DateTimeOffset(Tonight.AddHours(2), TimeSpan.FromHours(8));
        Assert.Equal(end, _scene.Channel.NextEnd);

        _scene.Channel.EndOverdue(end.AddSeconds(-1));
        Assert.Empty(_scene.Take());
        _scene.Channel.EndOverdue(end);
        _scene.Now = end;
        while (_scene.Take().OfType<ChannelEffect.StoreFirst>().SingleOrDefault() is { } ended)
        {
            _scene.Channel.Stored(ended);
        }

        Assert.Equal(Sundays, Assert.Single(_scene.Channel.Snapshot.Planned.All).Plan);
        Assert.Null(_scene.Channel.NextEnd);
        Assert.Equal(
            [("maintenance 1 taken back", "the maintenance that alice planned is over"),
             ("maintenance 2 taken back", "the maintenance that alice planned is over")],
            _scene.Channel.Snapshot.Changes.Where(change => change.By == ChannelChange.Router)
                .Select(change => (change.What, change.Reason)));
    }

    [Fact]
    public void A_new_owner_goes_on_from_events_or_from_a_snapshot()
    {
        _scene.ChangeAndStore(ByAlice with { Plan = OnceOfIcbc });
        var byEvents = new Channel(ChannelScene.Usual, 2);
        byEvents.Recover(new ChannelAdjusted(_scene.Now, ByAlice with { Plan = OnceOfIcbc, PlanNo = 1 }));
        var bySnapshot = new Channel(ChannelScene.Usual, 3);
        bySnapshot.Recover(_scene.Channel.Snapshot);

        Assert.All(new[] { byEvents, bySnapshot }, channel => Assert.Equal(
            [(1, OnceOfIcbc)], channel.Snapshot.Planned.All.Select(one => (one.No, one.Plan))));
    }

    [Fact]
    public void Enabling_the_channel_takes_no_plan_back()
    {
        _scene.ChangeAndStore(ByAlice with { Plan = Sundays });
        _scene.ChangeAndStore(ByAlice with { Lifecycle = ChannelLifecycle.Active });

        Assert.Single(_scene.ToRouters().Planned);
    }

    [Theory]
    [InlineData(-3, 2, PlanFault.Over)]
    [InlineData(-3, 4, null)]
    [InlineData(1, 7 * 24, null)]
    [InlineData(1, (7 * 24) + 1, PlanFault.TooLong)]
    [InlineData(366 * 24, 1, null)]
    [InlineData((366 * 24) + 1, 1, PlanFault.TooFar)]
    public void A_plan_ends_later_lasts_a_week_at_most_and_begins_within_a_year(int begins, int lasts, PlanFault? fault)
    {
        var now = new DateTimeOffset(Tonight, TimeSpan.FromHours(8));

        Assert.Equal(fault, PlanAt(Tonight.AddHours(begins), lasts).FaultAt(now));
    }

    [Fact]
    public void A_plan_says_its_times_in_words()
    {
        Assert.Equal("bank ICBC, 2026-03-15T02:00 to 2026-03-15T04:00 Asia/Shanghai", OnceOfIcbc.ToString());
        var daily = new MaintenanceWindow.Weekly([.. Enum.GetValues<DayOfWeek>()], new(2, 0), new(2, 30), Shanghai);
        Assert.Equal("* 02:00-02:30 Asia/Shanghai", new MaintenancePlan(daily, null).ToString());
    }

    private static MaintenancePlan PlanAt(DateTime from, int hours) =>
        new(new MaintenanceWindow.Once(from, from.AddHours(hours), Shanghai), null);
}
