using RouterCluster.Domain.Books;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Platform.Storage;

/// <summary>The clock of the database, which all nodes share, beside this machine's.</summary>
/// <param name="machine">As the machine tells them, leaps included.</param>
public sealed class DatabaseClock(RouterDatabase database, RouterClock machine)
{
    public async Task<ClockComparison> CompareAsync(CancellationToken cancellation) => await database.ReadAsync(
        async connection =>
        {
            // To get a connection may take long, and says nothing of clocks.
            var asked = machine.Now;
            var there = await connection.QueryAsync(
                $"select {database.Dialect.UnixMilliseconds}", row => row.GetInt64(0), cancellation);
            return new ClockComparison(asked, DateTimeOffset.FromUnixTimeMilliseconds(there[0]), machine.Now);
        },
        cancellation).ConfigureAwait(false);
}
