using RouterCluster.Domain.Channels;

namespace RouterCluster.Node.Tests.Channels.Entities;

/// <summary>The configuration in force changes while the channel runs.</summary>
public sealed class ReconfigurationTests : ChannelScene
{
    [Fact]
    public async Task Limits_and_weight_change_in_place_and_overrides_stay()
    {
        var (channel, told) = await StartChannelAsync();
        await ChangeAsync(channel, new ChannelChange("alice", "test") { SubmitConcurrency = 7 });

        Configure(settings => settings with
        {
            Weight = 3,
            Submit = settings.Submit with { Concurrency = 2, Queue = 5 },
            Query = settings.Query with { Concurrency = 1 },
        });

        var after = await ToldAsync(report => report.Report is { Weight: 3, Query.Budget: 1, Submit.QueueLimit: 5 });
        Assert.Equal(7, after.Report.Submit.Budget);
        Assert.Equal(told.SubmitLane, after.SubmitLane);
        await ChangeAsync(channel, new ChannelChange("alice", "test") { Resets = OverrideKeys.SubmitConcurrency });
        await ToldAsync(report => report.Report.Submit.Budget == 2);
    }

    [Fact]
    public async Task A_retired_channel_takes_nothing_new_and_comes_back()
    {
        await StartChannelAsync();

        Configure(settings => settings with { Retired = true });
        await ToldAsync(report => report.Report.Lifecycle == ChannelLifecycle.Retired);

        Configure(settings => settings with { Retired = false });
        await ToldAsync(report => report.Report.Lifecycle == ChannelLifecycle.Active);
    }

    /// <summary>A successor waits as long as the claim says that a call may last.</summary>
    [Fact]
    public async Task Calls_that_may_last_longer_need_an_owner_that_begins_anew()
    {
        var (channel, _) = await StartChannelAsync();

        Configure(settings => settings with { Submit = settings.Submit with { Timeout = TimeSpan.FromSeconds(60) } });

        await Operator.ExpectTerminatedAsync(channel);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_connection_or_no_configuration_ends_the_owner(bool isConfigured)
    {
        var (channel, _) = await StartChannelAsync();

        Configure(settings => isConfigured ? settings with { BaseUrl = "http://127.0.0.2" } : null);

        await Operator.ExpectTerminatedAsync(channel);
    }
}
