using System.Globalization;

namespace RouterCluster.Domain.Counters;

public enum PeriodLength
{
    Second,
    Minute,
    Day,
}

/// <summary>A second, minute or day that has counters of its own.</summary>
/// <param name="Start">In seconds since 1970; of a day, in UTC, the midnight of the installation's own time.</param>
public readonly record struct CounterPeriod(PeriodLength Length, long Start)
{
    private const long SecondsOfMinute = 60;
    private const long SecondsOfDay = 86_400;

    private static readonly TimeSpan KeepSeconds = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan KeepMinutes = TimeSpan.FromDays(2);
    private static readonly TimeSpan KeepDays = TimeSpan.FromDays(60);

    /// <summary>When the period's counters are deleted. A late addition does not postpone it.</summary>
    public DateTimeOffset ExpiresAt => DateTimeOffset.FromUnixTimeSeconds(Start) + Length switch
    {
        PeriodLength.Second => TimeSpan.FromSeconds(1) + KeepSeconds,
        PeriodLength.Minute => TimeSpan.FromMinutes(1) + KeepMinutes,
        PeriodLength.Day => TimeSpan.FromDays(1) + KeepDays,
    };

    public static CounterPeriod SecondOf(DateTimeOffset time) => new(PeriodLength.Second, time.ToUnixTimeSeconds());

    public static CounterPeriod MinuteOf(DateTimeOffset time) => SecondOf(time).Minute();

    /// <summary>The minute that is so many minutes before this one.</summary>
    public CounterPeriod MinutesBefore(int minutes) => new(PeriodLength.Minute, Start - (minutes * SecondsOfMinute));

    /// <summary>The minute that the period lies in.</summary>
    public CounterPeriod Minute() => new(PeriodLength.Minute, Start / SecondsOfMinute * SecondsOfMinute);

    /// <summary>The day that the period lies in.</summary>
    /// <param name="offset">Added to UTC; a day begins at its midnight.</param>
    public CounterPeriod Day(TimeSpan offset)
    {
        var shift = (long)offset.TotalSeconds;
        return new(PeriodLength.Day, ((Start + shift) / SecondsOfDay * SecondsOfDay) - shift);
    }

    /// <summary>The part of the key behind the prefix.</summary>
    public string Key(TimeSpan dayOffset) => Length switch
    {
        PeriodLength.Second => string.Create(CultureInfo.InvariantCulture, $"s:{Start}"),
        PeriodLength.Minute => string.Create(CultureInfo.InvariantCulture, $"m:{Start / SecondsOfMinute}"),
        PeriodLength.Day => string.Create(
            CultureInfo.InvariantCulture, $"d:{DateTimeOffset.FromUnixTimeSeconds(Start) + dayOffset:yyyyMMdd}"),
    };
}
