namespace RouterCluster.Domain.Books;

/// <param name="Agrees">False: no decision may rest on this time.</param>
public readonly record struct GuardedTime(DateTimeOffset Utc, bool Agrees);

public readonly record struct ClockComparison(BookTime Asked, DateTimeOffset There, BookTime Answered)
{
    public TimeSpan RoundTrip => Answered.Monotonic - Asked.Monotonic;

    /// <summary>
    /// The least certain error of the wall clock: the database's moment lies between question and answer, so a slow answer
    /// makes the figure smaller, never larger. The database's clock has whole milliseconds.
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
/// Decides whether the wall clock of a machine may be believed: while it goes as the monotonic clock goes and is not far
/// off the database's. After a leap of the wall clock the time goes on as before the leap, and nothing is decided until the
/// wall clock agrees again. So no leap reaches stored data, in either direction and however short.
/// </summary>
/// <remarks>Read by many threads; compared by one.</remarks>
/// <param name="databaseIsWitness">
/// The database's clock can confirm a leap (a machine that slept). In the same machine it leaps along.
/// </param>
public sealed class ClockGuard(TimeSpan maxSkew, bool databaseIsWitness)
{
    // A smaller difference is no leap: a thread may pause between the readings of the two clocks.
    private static readonly TimeSpan LeastLeap = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestRoundTrip = TimeSpan.FromSeconds(2);

    private readonly TimeSpan _leap = maxSkew > LeastLeap ? maxSkew : LeastLeap;
    private volatile State _state = new(default, TimeSpan.Zero, HasAgreed: false);

    /// <summary>Before the first comparison no time agrees.</summary>
    /// <remarks>Law 8.3.</remarks>
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
            // The clock leapt between question and answer, so the comparison holds for neither time.
            return;
        }

        if (seen.Distance > maxSkew)
        {
            // A machine that starts with a wrong clock takes the time from the database; a running machine keeps its own.
            var anchor = state.Anchor is null ? seen.Answered with { Utc = seen.There } : state.Anchor;
            _state = state with { Anchor = anchor, OffDatabase = seen.Distance };
        }
        else if (seen.RoundTrip <= LongestRoundTrip && (databaseIsWitness || !state.HasAgreed || IsSteady(state, seen.Answered)))
        {
            _state = new State(seen.Answered, TimeSpan.Zero, HasAgreed: true);
        }
    }

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

    private sealed record State(BookTime? Anchor, TimeSpan OffDatabase, bool HasAgreed);
}
