using Microsoft.Extensions.Logging.Abstractions;
using RouterCluster.Domain.Books;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Tests.Platform.Storage;

public sealed class ClockCheckTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("router-clock-").FullName;
    private RouterDatabase _database = null!;

    public Task InitializeAsync()
    {
        _database = RouterDatabase.Open(new StorageAddress(StorageProvider.Sqlite, null, _folder));
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
        var (check, time) = Check(new WallClock { Off = TimeSpan.FromSeconds(secondsOff) });

        await check.CompareAsync(CancellationToken.None);

        Assert.Equal(isWell, check.Problem() is null);
        Assert.Equal(isWell, time.Agrees);

        // What is stored meanwhile has the database's time.
        Assert.InRange(time.GetUtcNow() - DateTimeOffset.UtcNow, TimeSpan.FromSeconds(-2), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_clock_that_is_set_right_makes_the_node_ready_again()
    {
        var wall = new WallClock { Off = TimeSpan.FromHours(-1) };
        var (check, _) = Check(wall);
        await check.CompareAsync(CancellationToken.None);

        wall.Off = TimeSpan.Zero;
        await check.CompareAsync(CancellationToken.None);

        Assert.Null(check.Problem());
    }

    [Theory]
    [InlineData(24)]
    [InlineData(-24)]
    public async Task A_leap_makes_it_not_ready_at_once_and_moves_no_time(int hours)
    {
        var wall = new WallClock();
        var (check, time) = Check(wall);
        await check.CompareAsync(CancellationToken.None);

        wall.Off = TimeSpan.FromHours(hours);

        Assert.NotNull(check.Problem());
        Assert.False(time.Agrees);
        Assert.InRange(time.GetUtcNow() - DateTimeOffset.UtcNow, TimeSpan.FromSeconds(-2), TimeSpan.FromSeconds(2));
        wall.Off = TimeSpan.Zero;
        Assert.Null(check.Problem());
    }

    [Fact]
    public void A_machine_that_slept_is_known_by_the_time_since_boot()
    {
        var file = Path.Combine(_folder, "uptime");
        var sleep = new MachineSleep(file);
        Assert.Null(sleep.Since(TimeSpan.FromSeconds(10)));
        File.WriteAllText(file, "1000.50 42.00\n");
        Assert.Equal(TimeSpan.Zero, sleep.Since(TimeSpan.FromSeconds(10)));
        File.WriteAllText(file, "1010.90 42.00\n");
        Assert.Equal(TimeSpan.Zero, sleep.Since(TimeSpan.FromSeconds(20)));
        File.WriteAllText(file, "29820.50 42.00\n");
        Assert.Equal(TimeSpan.FromHours(8), sleep.Since(TimeSpan.FromSeconds(30)));
        Assert.Equal(TimeSpan.Zero, sleep.Since(TimeSpan.FromSeconds(30)));
    }

    private (ClockCheck Check, SteadyTime Time) Check(TimeProvider machine)
    {
        var time = new SteadyTime(machine, new ClockGuard(TimeSpan.FromSeconds(2), databaseIsWitness: false));
        return (new ClockCheck(new DatabaseClock(_database, time.Machine), time, NullLogger<ClockCheck>.Instance), time);
    }

    /// <summary>A machine whose wall clock is wrong and whose monotonic one is not.</summary>
    private sealed class WallClock : TimeProvider
    {
        public TimeSpan Off { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Off;
    }
}
