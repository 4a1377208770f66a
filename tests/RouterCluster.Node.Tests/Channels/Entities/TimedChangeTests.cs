using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Node.Channels.Messages;

namespace RouterCluster.Node.Tests.Channels.Entities;

/// <summary>What operators have set for a time ends by itself.</summary>
public sealed class TimedChangeTests : ChannelScene
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly ChannelChange ByAlice = new("alice", "test") { For = Hour };

    [Fact]
    public async Task A_channel_that_was_disabled_for_an_hour_is_back_after_it_and_its_routers_hear_why()
    {
        var (channel, _) = await StartChannelAsync();
        var done = await ChangeAsync(channel, ByAlice with { Lifecycle = ChannelLifecycle.Disabled, SubmitConcurrency = 2 });
        var end = Time.GetUtcNow() + Hour;
        Assert.Equal(end, Assert.Single(done.Switches).Mark?.End?.At);
        Assert.Equal(end, Assert.Single(done.Overrides).Mark?.End?.At);

        Time.Advance(Hour);
        var history = await Router.FishForMessageAsync<ChannelHistory>(history => history.Last?.By == ChannelChange.Router);
        var report = await ReportedAsync(report => report.Lifecycle == ChannelLifecycle.Active && report.Submit.Budget == 4);

        Assert.Equal("enabled, submit.concurrency as configured", history.Last?.What);
        Assert.Empty(history.Overrides);
        Assert.Empty(history.Switches);
        Assert.Equal(BreakerState.Closed, report.Submit.Breaker);
    }

    [Fact]
    public async Task An_end_that_came_while_nobody_owned_the_channel_is_made_up_for()
    {
        var (channel, _) = await StartChannelAsync();
        await ChangeAsync(channel, ByAlice with { Lifecycle = ChannelLifecycle.Draining, Isolated = true });
        await KillAsync(channel);

        var (again, told) = await StartChannelAsync();
        Assert.Equal((ChannelLifecycle.Draining, BreakerState.Isolated), (told.Report.Lifecycle, told.Report.Submit.Breaker));
        Assert.All((await HistoryAsync(again)).Switches, one => Assert.NotNull(one.Mark?.End));
        await KillAsync(again);
        Time.Advance(Hour);

        await StartOwnerAsync();
        await ReportedAsync(
            report => report.Lifecycle == ChannelLifecycle.Active && report.Submit.Breaker != BreakerState.Isolated);
    }

    [Fact]
    public async Task A_later_change_without_a_time_stays()
    {
        var (channel, _) = await StartChannelAsync();
        await ChangeAsync(channel, ByAlice with { Weight = 2, Lifecycle = ChannelLifecycle.Disabled });
        await ChangeAsync(channel, new ChannelChange("bob", "for good") { Weight = 3 });
        Time.Advance(Hour);

        await ReportedAsync(report => report is { Lifecycle: ChannelLifecycle.Active, Weight: 3 });
        Assert.Null(Assert.Single((await HistoryAsync(channel)).Overrides).Mark?.End);
    }
}
