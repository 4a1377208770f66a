namespace RouterCluster.Host.Limits;

/// <summary>
/// What may be accepted in one day, in minor units. A share is taken before a payment is handed on and given back when
/// it was not stored as new. What is stored stays counted, whether or not it succeeds: a limit that failures freed
/// again would let unlimited attempts through.
/// </summary>
/// <param name="dayOffset">Added to UTC before a day begins.</param>
internal sealed class DayAmount(long limit, TimeSpan dayOffset, TimeProvider time)
{
    private readonly Lock _lock = new();
    private long _day;
    private long _sum;

    public DateTimeOffset DayStart => new DateTimeOffset(Day() * TimeSpan.TicksPerDay, TimeSpan.Zero) - dayOffset;

    public TimeSpan UntilTomorrow => DayStart + TimeSpan.FromDays(1) - time.GetUtcNow();

    /// <summary>Adds what other processes, or this one before a restart, have stored since <paramref name="dayStart"/>.</summary>
    public void Seed(DateTimeOffset dayStart, long amount)
    {
        lock (_lock)
        {
            Turn();
            if (dayStart == DayStart)
            {
                _sum = checked(_sum + amount);
            }
        }
    }

    /// <summary>Null when the amount does not fit into what is left of the day.</summary>
    public DayShare? TryTake(long amount)
    {
        lock (_lock)
        {
            Turn();
            if (amount > limit - _sum)
            {
                return null;
            }

            _sum += amount;
            return new DayShare(_day, amount);
        }
    }

    /// <summary>A share of a day that is over is gone with it.</summary>
    public void GiveBack(DayShare share)
    {
        lock (_lock)
        {
            Turn();
            if (share.Day == _day)
            {
                _sum -= share.Amount;
            }
        }
    }

    private long Day() => (time.GetUtcNow().UtcTicks + dayOffset.Ticks) / TimeSpan.TicksPerDay;

    private void Turn()
    {
        var today = Day();
        if (today != _day)
        {
            (_day, _sum) = (today, 0);
        }
    }
}

internal readonly record struct DayShare(long Day, long Amount);
