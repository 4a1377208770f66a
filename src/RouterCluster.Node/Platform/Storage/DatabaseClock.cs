using RouterCluster.Domain.Books;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>Compares the clock of the database, which all nodes share, with this machine's.</summary>
/// <param name="machine">The machine's clock as it is, leaps included.</param>
public sealed class DatabaseClock(RouterDatabase database, RouterClock machine)
{
    public async Task<ClockComparison> CompareAsync(CancellationToken cancellation) => await database.ReadAsync(
        async connection =>
        {
            // Read after the connection is open: waiting for one says nothing about clocks.
            var asked = machine.Now;
            var there = await connection.QueryAsync(
                $"select {database.Dialect.UnixMilliseconds}", row => row.GetInt64(0), cancellation);
            return new ClockComparison(asked, DateTimeOffset.FromUnixTimeMilliseconds(there[0]), machine.Now);
        },
        cancellation).ConfigureAwait(false);
}
