namespace RouterCluster.Domain.Books;

/// <summary>
/// The clock of one book. Its UTC never goes back, whatever the machine's does, and never stands still: while the wall
/// clock is behind a stored moment, the book's UTC goes on as the monotonic clock does. If it stood still, deadlines in UTC
/// would never come.
/// </summary>
internal sealed class BookClock
{
    /// <summary>Where the book's clock began to be ahead of the wall clock; null while it is not.</summary>
    private (DateTimeOffset Utc, TimeSpan Since)? _ahead;

    public BookTime Now { get; private set; }

    /// <summary>The machine's UTC as it was read last, for deadlines of callers that read the same clock.</summary>
    public DateTimeOffset Wall { get; private set; }

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

    /// <param name="stored">A moment that storage holds: the clock is not before it.</param>
    public void Advance(DateTimeOffset stored) => Now = Now with { Utc = stored > Now.Utc ? stored : Now.Utc };
}
