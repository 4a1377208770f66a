using Akka.Actor;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Tests.Payments;

namespace RouterCluster.Node.Tests.Channels.Entities;

/// <summary>Maintenance of a channel that operators plan.</summary>
public sealed class PlannedMaintenanceTests : ChannelScene
{
    private static readonly ChannelChange ByAlice = new("alice", "ticket 4711");

    private MaintenancePlan Hour => new(
        new MaintenanceWindow.Once(
            Time.GetUtcNow().UtcDateTime, Time.GetUtcNow().UtcDateTime.AddHours(1), TimeZoneInfo.Utc),
        "ICBC");

    [Fact]
    public async Task Routers_are_told_before_the_operator_is_answered_and_the_lane_works_on()
    {
        Psp.Instantly = Success;
        var (channel, told) = await StartChannelAsync();
        var plan = Hour;

        var done = await ChangeAsync(channel, ByAlice with { Plan = plan });
        told.SubmitLane.Tell(Order(1));

        Assert.Equal([new NumberedPlan(1, plan)], done.Report.Planned.AsEnumerable());
        Assert.Equal((1, "alice", "ticket 4711"), Said(Assert.Single(done.Planned)));
        Assert.Equal(OutcomeClass.Success, (await ReportAsync()).Outcome.Class);
    }

    [Fact]
    public async Task It_survives_the_entity_and_ends_when_it_is_taken_back()
    {
        var (channel, _) = await StartChannelAsync();
        var plan = Hour;
        await ChangeAsync(channel, ByAlice with { Plan = plan });
        await KillAsync(channel);

        var (again, told) = await StartChannelAsync();
        Assert.Equal([new NumberedPlan(1, plan)], told.Report.Planned.AsEnumerable());
        Assert.Equal((1, "alice", "ticket 4711"), Said(Assert.Single((await HistoryAsync(again)).Planned)));

        var done = await ChangeAsync(again, new ChannelChange("bob", "called off") { Unplan = 1 });
        Assert.Empty(done.Planned);
        Assert.Empty(done.Report.Planned);
    }

    [Fact]
    public async Task One_that_is_past_leaves_by_itself()
    {
        var (channel, _) = await StartChannelAsync();
        await ChangeAsync(channel, ByAlice with { Plan = Hour });
        Time.Advance(TimeSpan.FromHours(1));

        var history = await Router.FishForMessageAsync<ChannelHistory>(history => history.Last?.By == ChannelChange.Router);

        Assert.Equal("maintenance 1 taken back", history.Last?.What);
        Assert.Empty(history.Planned);
        Assert.Empty((await ReportedAsync(report => report.Planned.IsEmpty)).Planned);
    }

    [Fact]
    public async Task One_that_there_never_was_is_refused()
    {
        var (channel, _) = await StartChannelAsync();

        channel.Tell(new ChangeChannel(PaymentSamples.Alpha, ByAlice with { Unplan = 1 }), Operator.Ref);

        Assert.Equal(ChangeRefusal.NoSuchMaintenance, (await Operator.ExpectMsgAsync<ChannelChangeRefused>()).Why);
    }

    private static (int, string, string) Said(PlannedMaintenance one) => (one.No, one.By, one.Reason);
}
