namespace RouterCluster.Actors.Storage;

/// <summary>The clock of the database, which all nodes share, beside this machine's.</summary>
public sealed class DatabaseClock(RouterDatabase database, TimeProvider clock)
{
    /// <summary>
    /// How far the two are apart for certain: the database's moment lies between question and answer, so a slow answer
    /// makes the figure smaller, never larger.
    /// </summary>
    public async Task<TimeSpan> DistanceAsync(CancellationToken cancellation)
    {
        var asked = clock.GetUtcNow();
        var there = await database.ReadAsync(
            connection => connection.QueryAsync(
                $"select {database.Dialect.UnixMilliseconds}", row => row.GetInt64(0), cancellation),
            cancellation).ConfigureAwait(false);
        var answered = clock.GetUtcNow();
        var moment = DateTimeOffset.FromUnixTimeMilliseconds(there[0]);

        // The database tells whole milliseconds: what is less than one apart is not apart.
        return moment < asked.AddMilliseconds(-1) ? asked - moment
            : moment > answered ? moment - answered
            : TimeSpan.Zero;
    }
}
