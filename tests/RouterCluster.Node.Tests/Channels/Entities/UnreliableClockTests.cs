using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Node.Channels.Messages;

namespace RouterCluster.Node.Tests.Channels.Entities;

/// <summary>A node whose clock may be wrong ends nothing by it.</summary>
public sealed class UnreliableClockTests : ChannelScene
{
    /// <summary>The channel looks at its times once a second.</summary>
    private static readonly TimeSpan TwoLooks = TimeSpan.FromSeconds(2.5);

    private readonly ClockGuard _guard;

    public UnreliableClockTests()
        : this(new ClockGuard(TimeSpan.FromSeconds(2), databaseIsWitness: true))
    {
    }

    private UnreliableClockTests(ClockGuard guard)
        : base(guard) => _guard = guard;

    [Fact]
    public async Task What_was_set_for_a_time_ends_only_once_the_clock_agrees_with_the_databases()
    {
        var (channel, _) = await StartChannelAsync();
        await ChangeAsync(channel, new ChannelChange("alice", "test") { Weight = 2, For = TimeSpan.FromHours(1) });
        await Router.FishForMessageAsync<ChannelHistory>(history => history.Last?.By == "alice");
        Time.Advance(TimeSpan.FromHours(1));

        await Task.Delay(TwoLooks);
        Assert.Equal("alice", (await HistoryAsync(channel)).Last?.By);
        var now = new BookTime(Time.GetUtcNow(), TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        _guard.Compare(new ClockComparison(now, now.Utc, now));

        await Router.FishForMessageAsync<ChannelHistory>(history => history.Last?.By == ChannelChange.Router);
    }
}
