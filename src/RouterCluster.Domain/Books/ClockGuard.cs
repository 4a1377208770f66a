namespace RouterCluster.Domain.Books;

/// <summary>The time as it may be believed.</summary>
/// <param name="Agrees">False: nothing may be decided by it.</param>
public readonly record struct GuardedTime(DateTimeOffset Utc, bool Agrees);

/// <summary>A question to the database's clock, on both clocks of the machine, and the answer.</summary>
public readonly record struct ClockComparison(BookTime Asked, DateTimeOffset There, BookTime Answered)
{
    public TimeSpan RoundTrip => Answered.Monotonic - Asked.Monotonic;

    /// <summary>
    /// How far the wall clock is off for certain: the database's moment lies between question and answer, so a slow answer
    /// makes the figure smaller, never larger. The database tells whole milliseconds.
    /// </summary>
    public TimeSpan Distance
    {
        get
        {
            if (There < Asked.Utc.AddMilliseconds(-1))
            {
                return Asked.Utc - There;
            }

            return There > Answered.Utc ? There - Answered.Utc : TimeSpan.Zero;
        }
    }
}

/// <summary>
/// Decides whether the wall clock of a machine may be believed. It may while it goes as the monotonic clock goes and is
/// not far off the database's. A wall clock that leaps is not followed: the time goes on as before the leap, and nothing
/// is decided until the wall clock agrees again. So no leap reaches what is stored, in whichever direction and however short.
/// </summary>
/// <remarks>Read by many threads; compared by one.</remarks>
/// <param name="maxSkew">How far wall clock and database may be apart.</param>
/// <param name="databaseIsWitness">
/// Its clock is another machine's, so it can say that a leap was right (a machine that slept). A database in the same machine
/// leaps along.
/// </param>
public sealed class ClockGuard(TimeSpan maxSkew, bool databaseIsWitness)
{
    // Less than this is no leap: threads wait between the readings of the two clocks.
    private static readonly TimeSpan LeastLeap = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestRoundTrip = TimeSpan.FromSeconds(2);

    private readonly TimeSpan _leap = maxSkew > LeastLeap ? maxSkew : LeastLeap;
    private volatile State _state = new(default, TimeSpan.Zero, HasAgreed: false);

    /// <summary>Nothing is believed before the first comparison.</summary>
    public GuardedTime Read(BookTime machine)
    {
        var state = _state;
        if (state.Anchor is not { } anchor)
        {
            return new GuardedTime(machine.Utc, Agrees: false);
        }

        var steady = anchor.Utc + (machine.Monotonic - anchor.Monotonic);
        var isSteady = (machine.Utc - steady).Duration() <= _leap;
        return new GuardedTime(isSteady ? machine.Utc : steady, isSteady && state.OffDatabase <= maxSkew);
    }

    /// <summary>Why nothing is decided; null when the clock agrees.</summary>
    public string? Problem(BookTime machine)
    {
        var state = _state;
        if (state.Anchor is not { } anchor)
        {
            return "this clock has not been compared with the database's yet";
        }

        var leapt = machine.Utc - (anchor.Utc + (machine.Monotonic - anchor.Monotonic));
        if (state.OffDatabase > maxSkew)
        {
            return FormattableString.Invariant(
                $"this clock is {state.OffDatabase} off the database's, allowed is {maxSkew}: nothing is decided");
        }

        return leapt.Duration() <= _leap ? null : FormattableString.Invariant(
            $"this clock has leapt by {leapt} against its monotonic clock: nothing is decided until it agrees again");
    }

    public void Compare(ClockComparison seen)
    {
        var state = _state;
        var stretch = seen.Answered.Utc - seen.Asked.Utc - seen.RoundTrip;
        if (stretch.Duration() > _leap)
        {
            // The clock leapt while the question was under way: the answer speaks of neither time.
            return;
        }

        if (seen.Distance > maxSkew)
        {
            // A machine that starts with a wrong clock knows the time from the database; one that runs knows it already.
            var anchor = state.Anchor is null ? seen.Answered with { Utc = seen.There } : state.Anchor;
            _state = state with { Anchor = anchor, OffDatabase = seen.Distance };
        }
        else if (seen.RoundTrip <= LongestRoundTrip && (databaseIsWitness || !state.HasAgreed || IsSteady(state, seen.Answered)))
        {
            _state = new State(seen.Answered, TimeSpan.Zero, HasAgreed: true);
        }
    }

    /// <summary>The machine stood still for so long, and its monotonic clock with it, as a clock says that did not.</summary>
    public void Slept(TimeSpan time)
    {
        var state = _state;
        if (state.Anchor is { } anchor)
        {
            _state = state with { Anchor = anchor with { Utc = anchor.Utc + time } };
        }
    }

    private bool IsSteady(State state, BookTime machine) => state.Anchor is { } anchor
        && (machine.Utc - (anchor.Utc + (machine.Monotonic - anchor.Monotonic))).Duration() <= _leap;

    /// <param name="Anchor">A moment at which the wall clock was right.</param>
    /// <param name="OffDatabase">As the last comparison found it.</param>
    private sealed record State(BookTime? Anchor, TimeSpan OffDatabase, bool HasAgreed);
}
