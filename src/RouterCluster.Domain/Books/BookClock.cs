namespace RouterCluster.Domain.Books;

/// <summary>
/// The clock of one book. Its UTC never goes back, and never stands still, or deadlines in UTC would never come: while the
/// wall clock is behind a stored moment, the book's UTC goes on as the monotonic clock does.
/// </summary>
internal sealed class BookClock
{
    private (DateTimeOffset Utc, TimeSpan Since)? _ahead;

    public BookTime Now { get; private set; }

    /// <summary>The machine's own UTC, for deadlines of callers that read the same clock.</summary>
    public DateTimeOffset Wall { get; private set; }

    /// <remarks>Law 3.7.</remarks>
    public BookTime Read(BookTime machine)
    {
        Wall = machine.Utc;
        if (machine.Utc >= Now.Utc)
        {
            _ahead = null;
            return Now = machine;
        }

        var ahead = _ahead ??= (Now.Utc, machine.Monotonic);
        var milliseconds = (long)(machine.Monotonic - ahead.Since).TotalMilliseconds;
        var goesOn = ahead.Utc.AddMilliseconds(milliseconds);
        return Now = machine with { Utc = goesOn > Now.Utc ? goesOn : Now.Utc };
    }

    public void Advance(DateTimeOffset stored) => Now = Now with { Utc = stored > Now.Utc ? stored : Now.Utc };
}
