using Microsoft.Extensions.Time.Testing;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Platform.Storage;

public sealed class DatabaseClockOnSqlite : DatabaseClockContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnSqlite();
}

[Collection(PostgresCollection.Name)]
public sealed class DatabaseClockOnPostgreSql(PostgresFixture postgres) : DatabaseClockContract
{
    protected override Task<TestStorage> NewStorage() => TestStorage.OnPostgreSql(postgres);
}

public abstract class DatabaseClockContract
{
    [Fact]
    public async Task The_clock_of_the_same_machine_is_no_distance_away()
    {
        using var storage = await NewStorage();
        await using var database = RouterDatabase.Open(storage.Address);

        var seen = await new DatabaseClock(database, new RouterClock(TimeProvider.System)).CompareAsync(CancellationToken.None);

        Assert.Equal(TimeSpan.Zero, seen.Distance);
    }

    [Theory]
    [InlineData(90)]
    [InlineData(-90)]
    public async Task A_clock_that_is_off_is_seen_to_be_whichever_way(int minutes)
    {
        using var storage = await NewStorage();
        await using var database = RouterDatabase.Open(storage.Address);
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow.AddMinutes(minutes));

        var seen = await new DatabaseClock(database, new RouterClock(clock)).CompareAsync(CancellationToken.None);

        Assert.InRange(seen.Distance, TimeSpan.FromMinutes(85), TimeSpan.FromMinutes(95));
    }

    protected abstract Task<TestStorage> NewStorage();
}
