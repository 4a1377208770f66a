using Akka.Actor;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Node.Channels.Messages;

namespace RouterCluster.Node.Tests.Channels.Entities;

/// <summary>A channel that answers that it is closed until some time is believed, for a limited time.</summary>
public sealed class MaintenanceTests : ChannelScene
{
    [Fact]
    public async Task The_routers_hear_until_when_it_is_closed()
    {
        var (_, told) = await StartChannelAsync();
        Assert.Null(told.Report.ClosedUntil);

        var until = await CloseAsync(told, TimeSpan.FromMinutes(20));

        Assert.Equal(until, (await ReportedAsync(report => report.ClosedUntil is not null)).ClosedUntil);
    }

    [Fact]
    public async Task It_is_believed_no_longer_than_the_setting_allows()
    {
        var (_, told) = await StartChannelAsync();

        await CloseAsync(told, TimeSpan.FromDays(40));

        var report = await ReportedAsync(report => report.ClosedUntil is not null);
        Assert.Equal(Time.GetUtcNow() + TimeSpan.FromHours(1), report.ClosedUntil);
    }

    [Fact]
    public async Task Its_word_survives_the_entity()
    {
        var (channel, told) = await StartChannelAsync();
        var until = await CloseAsync(told, TimeSpan.FromMinutes(20));
        await ReportedAsync(report => report.ClosedUntil is not null);
        await ChangeAsync(channel, new ChannelChange("alice", "any") { Weight = 2 });
        await KillAsync(channel);

        var (_, again) = await StartChannelAsync();

        Assert.Equal(until, again.Report.ClosedUntil);
    }

    [Fact]
    public async Task An_operator_who_enables_the_channel_knows_better()
    {
        var (channel, told) = await StartChannelAsync();
        await CloseAsync(told, TimeSpan.FromMinutes(20));
        await ReportedAsync(report => report.ClosedUntil is not null);

        var done = await ChangeAsync(channel, new ChannelChange("alice", "it is up") { Lifecycle = ChannelLifecycle.Active });

        Assert.Null(done.Report.ClosedUntil);
    }

    private async Task<DateTimeOffset> CloseAsync(ChannelReported told, TimeSpan time)
    {
        var until = Time.GetUtcNow() + time;
        (Psp.Instantly, Psp.ClosedUntil) = (Fault, until);
        told.SubmitLane.Tell(Order(1));
        Assert.Equal(OutcomeClass.ChannelMaintenance, (await ReportAsync()).Outcome.Class);
        return until;
    }
}
