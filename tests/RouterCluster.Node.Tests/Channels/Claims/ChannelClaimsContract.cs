using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Claims;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Tests.Channels.Entities;
using RouterCluster.Node.Tests.Platform.Storage;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Channels.Claims;

/// <summary>What one owner leaves behind is what the next one finds.</summary>
public abstract class ChannelClaimsContract(Func<Task<TestStorage>> open) : IAsyncLifetime
{
    private static readonly ChannelId Alpha = new("alpha");
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(16);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);

    private TestStorage _storage = null!;
    private RouterDatabase _database = null!;

    public async Task InitializeAsync()
    {
        _storage = await open();
        _database = RouterDatabase.Open(_storage.Address);
        await _database.CreateAsync(ClaimTable.CreateAsync, CancellationToken.None);
        await _database.CreateAsync(ClaimTable.CreateAsync, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _storage.Dispose();
    }

    [Fact]
    public async Task Each_owner_finds_the_last_ones_mark_and_its_longest_call()
    {
        var (first, second) = (Of("one"), Of("two"));
        var taken = await first.TakeAsync(Alpha, Long, Nothing);
        Assert.Null(taken.Last);

        // Nobody had to be waited for, so it was open from the beginning.
        var next = await second.TakeAsync(Alpha, Short, Nothing);
        Assert.Equal(new LastOwner("one", ClaimState.Open, Long), next.Last);
        Assert.True(next.Claim.Epoch > taken.Claim.Epoch);

        // It still waits, for the longer one of the two.
        var third = await first.TakeAsync(Alpha, Short, Nothing);
        Assert.Equal(new LastOwner("two", ClaimState.Waiting, Long), third.Last);
        await first.OpenAsync(Alpha, third.Claim.Epoch, Short);

        var fourth = await second.TakeAsync(Alpha, Short, Nothing);
        Assert.Equal(new LastOwner("one", ClaimState.Open, Short), fourth.Last);
        await second.ReleaseAsync(Alpha, fourth.Claim.Epoch);
        Assert.Equal(ClaimState.Released, (await first.TakeAsync(Alpha, Short, Nothing)).Last?.State);
    }

    [Fact]
    public async Task A_mark_of_an_earlier_owner_does_not_touch_a_later_ones_claim()
    {
        var (first, second) = (Of("one"), Of("two"));
        var early = await first.TakeAsync(Alpha, Long, Nothing);
        await second.TakeAsync(Alpha, Long, Nothing);

        await first.ReleaseAsync(Alpha, early.Claim.Epoch);
        await first.OpenAsync(Alpha, early.Claim.Epoch, Short);

        Assert.Equal(new LastOwner("two", ClaimState.Waiting, Long), (await first.TakeAsync(Alpha, Short, Nothing)).Last);
    }

    [Fact]
    public async Task A_thousand_channels_are_taken_and_released_together()
    {
        var claims = Of("one");
        var channels = Enumerable.Range(0, 1_000).Select(number => new ChannelId($"channel-{number}")).ToArray();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var taken = await Task.WhenAll(channels.Select(channel => claims.TakeAsync(channel, Long, Nothing)));
        await Task.WhenAll(channels.Zip(taken, (channel, one) => claims.ReleaseAsync(channel, one.Claim.Epoch)));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));

        var after = await Of("two").TakeAsync(channels[^1], Long, Nothing);
        Assert.Equal(new LastOwner("one", ClaimState.Released, Long), after.Last);
    }

    [Fact]
    public async Task Of_two_that_take_a_channel_at_once_each_finds_another_owner()
    {
        for (var round = 0; round < 20; round++)
        {
            var channel = new ChannelId($"round-{round}");
            var takes = new[] { "one", "two", "three" }.Select(name => TakeAgainAsync(Of(name), channel)).ToArray();
            var epochs = (await Task.WhenAll(takes)).Select(taken => taken.Claim.Epoch);
            Assert.Equal([1L, 2L, 3L], epochs.Order());
        }
    }

    private static async Task<TakenClaim> TakeAgainAsync(ChannelClaims claims, ChannelId channel)
    {
        while (true)
        {
            try
            {
                return await claims.TakeAsync(channel, Long, Nothing);
            }
            catch (TimeoutException)
            {
                // Another one was faster.
            }
        }
    }

    private static void Nothing()
    {
    }

    private ChannelClaims Of(string incarnation) =>
        new(_database, new FakeLeases { Incarnation = incarnation }, new RouterClock(TimeProvider.System), isShared: true);
}

public sealed class ChannelClaimsOnSqliteTests() : ChannelClaimsContract(TestStorage.OnSqlite);

[Collection(PostgresCollection.Name)]
public sealed class ChannelClaimsOnPostgreSqlTests(PostgresFixture postgres)
    : ChannelClaimsContract(() => TestStorage.OnPostgreSql(postgres))
{
    [Fact]
    public async Task An_owner_hears_that_its_claim_was_taken_and_sends_no_more()
    {
        using var storage = await TestStorage.OnPostgreSql(postgres);
        await using var database = RouterDatabase.Open(storage.Address);
        await database.CreateAsync(ClaimTable.CreateAsync, CancellationToken.None);
        var clock = new RouterClock(TimeProvider.System);
        var short1 = new FakeLeases { Incarnation = "one", Lasts = TimeSpan.FromSeconds(1) };
        using var first = new ChannelClaims(database, short1, clock, isShared: true);
        await first.StartAsync(CancellationToken.None);
        var lost = new TaskCompletionSource();
        var taken = await first.TakeAsync(new ChannelId("alpha"), TimeSpan.FromSeconds(1), lost.SetResult);
        taken.Claim.Open();

        // Older than its lease, and confirmed since.
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        for (var looks = 0; looks < 100 && !taken.Claim.MaySend(clock.ForClaims()); looks++)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.1));
        }

        Assert.True(taken.Claim.MaySend(clock.ForClaims()));
        using var second = new ChannelClaims(database, new FakeLeases { Incarnation = "two" }, clock, isShared: true);
        await second.TakeAsync(new ChannelId("alpha"), TimeSpan.FromSeconds(1), () => { });
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.False(taken.Claim.MaySend(clock.ForClaims()));
        await first.StopAsync(CancellationToken.None);
    }
}
