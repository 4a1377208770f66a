using Microsoft.Extensions.Time.Testing;
using RouterCluster.Actors.Storage;
using RouterCluster.Host.Node;
using RouterCluster.Host.Tests.Nodes;

namespace RouterCluster.Host.Tests.Probes;

public sealed class ClockCheckTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("router-clock-").FullName;
    private RouterDatabase _database = null!;

    public Task InitializeAsync()
    {
        _database = RouterDatabase.Open(StorageAddress.Sqlite(_folder));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(3600, false)]
    [InlineData(-3600, false)]
    public async Task A_node_whose_clock_is_off_the_databases_is_not_ready(int secondsOff, bool isWell)
    {
        TimeProvider off = new FakeTimeProvider(DateTimeOffset.UtcNow.AddSeconds(secondsOff));
        var check = Check(secondsOff == 0 ? TimeProvider.System : off);

        await check.CompareAsync(CancellationToken.None);

        Assert.Equal(isWell, check.Problem() is null);
    }

    [Fact]
    public async Task A_clock_that_is_set_right_makes_the_node_ready_again()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(-1));
        var check = Check(time);
        await check.CompareAsync(CancellationToken.None);

        time.Advance(DateTimeOffset.UtcNow - time.GetUtcNow());
        await check.CompareAsync(CancellationToken.None);

        Assert.Null(check.Problem());
    }

    private ClockCheck Check(TimeProvider time) => new(new DatabaseClock(_database, time), TestNode.Settings(""), time);
}
