using System.Collections.Immutable;
using System.Diagnostics;

namespace RouterCluster.Domain.Channels;

/// <summary>In local time of a zone, as the company announced it.</summary>
public abstract record MaintenanceWindow
{
    // Where summer time begins, a window may fall into the hour that is left out, and comes a week later.
    private static readonly TimeSpan TwoWeeks = TimeSpan.FromDays(15);

    private MaintenanceWindow()
    {
    }

    public sealed record Once(DateTime From, DateTime Until, TimeZoneInfo Zone) : MaintenanceWindow;

    /// <summary>Lasts into the next day where <paramref name="Until"/> is not after <paramref name="From"/>.</summary>
    public sealed record Weekly(ImmutableHashSet<DayOfWeek> Days, TimeOnly From, TimeOnly Until, TimeZoneInfo Zone)
        : MaintenanceWindow
    {
        private const int DaysOfAWeek = 7;

        /// <summary>From Monday on; <c>*</c> for every day.</summary>
        public IEnumerable<string> DayNames => Days.Count == DaysOfAWeek
            ? ["*"]
            : Days.OrderBy(day => ((int)day + DaysOfAWeek - 1) % DaysOfAWeek).Select(day => day.ToString().ToLowerInvariant());

        public bool Equals(Weekly? other) => other is not null && Days.SetEquals(other.Days)
            && (From, Until) == (other.From, other.Until) && Zone.Equals(other.Zone);

        public override int GetHashCode() => HashCode.Combine(Days.Count, From, Until, Zone.Id);
    }

    /// <summary>Null: it comes again and again.</summary>
    public DateTimeOffset? FinalEnd => this is Once once ? TimeOf(once).Until : null;

    public DateTimeOffset? EndOf(DateTimeOffset at) => this switch
    {
        Once once => TimeOf(once).EndIfOpen(at),
        Weekly weekly => EndOf(weekly, at),
        _ => throw new UnreachableException(),
    };

    /// <summary>The times that it is open, in order, of which a part lies in the range.</summary>
    public IEnumerable<MaintenanceTime> Between(DateTimeOffset from, DateTimeOffset until)
    {
        var times = this switch
        {
            Once once => [TimeOf(once)],
            Weekly weekly => TimesOf(weekly, from, until),
            _ => throw new UnreachableException(),
        };
        return times.Where(time => time.From < time.Until && time.Until > from && time.From < until);
    }

    /// <summary>The time that is open or comes next; null: it is over, or never comes.</summary>
    public MaintenanceTime? Next(DateTimeOffset at)
    {
        var last = this is Once ? DateTimeOffset.MaxValue : at + TwoWeeks;
        return Between(at, last).Select(time => (MaintenanceTime?)time).FirstOrDefault();
    }

    public static DateTimeOffset? LastEnd(ImmutableArray<MaintenanceWindow> windows, DateTimeOffset at) =>
        windows.Max(window => window.EndOf(at));

    private static DateTimeOffset? EndOf(Weekly weekly, DateTimeOffset at)
    {
        // A window that began the day before may last into today.
        var today = TimeZoneInfo.ConvertTime(at, weekly.Zone).Date;
        return EndOf(weekly, today, at) ?? EndOf(weekly, today.AddDays(-1), at);
    }

    private static DateTimeOffset? EndOf(Weekly weekly, DateTime day, DateTimeOffset at) =>
        weekly.Days.Contains(day.DayOfWeek) ? TimeOf(weekly, day).EndIfOpen(at) : null;

    /// <summary>From the day before the range, whose window may last into it.</summary>
    private static IEnumerable<MaintenanceTime> TimesOf(Weekly weekly, DateTimeOffset from, DateTimeOffset until)
    {
        var last = TimeZoneInfo.ConvertTime(until, weekly.Zone).Date;
        for (var day = TimeZoneInfo.ConvertTime(from, weekly.Zone).Date.AddDays(-1); day <= last; day = day.AddDays(1))
        {
            if (weekly.Days.Contains(day.DayOfWeek))
            {
                yield return TimeOf(weekly, day);
            }
        }
    }

    private static MaintenanceTime TimeOf(Once once) =>
        new(ToInstant(once.From, once.Zone, isEnd: false), ToInstant(once.Until, once.Zone, isEnd: true));

    private static MaintenanceTime TimeOf(Weekly weekly, DateTime day)
    {
        var last = weekly.Until > weekly.From ? day : day.AddDays(1);
        return new MaintenanceTime(
            ToInstant(day + weekly.From.ToTimeSpan(), weekly.Zone, isEnd: false),
            ToInstant(last + weekly.Until.ToTimeSpan(), weekly.Zone, isEnd: true));
    }

    /// <summary>
    /// Where clocks are set back, the window lasts from the first to the second of two equal local times. Where they are
    /// set forward, a time that never comes is the moment of the change.
    /// </summary>
    private static DateTimeOffset ToInstant(DateTime local, TimeZoneInfo zone, bool isEnd)
    {
        if (local.Year is 1 or 9999)
        {
            // The window is always or for ever: some zones' offsets would lead beyond the range of dates.
            return new DateTimeOffset(local, TimeSpan.Zero);
        }

        if (zone.IsInvalidTime(local))
        {
            // The offset from before the gap puts the time behind the gap, by as much as it lay behind the gap's beginning.
            var before = zone.GetUtcOffset(local.AddHours(-3));
            var after = zone.GetUtcOffset(local.AddHours(3));
            var landed = new DateTimeOffset(local, before);
            return FirstAfterGap(landed, after - before, zone);
        }

        if (!zone.IsAmbiguousTime(local))
        {
            return new DateTimeOffset(local, zone.GetUtcOffset(local));
        }

        var offsets = zone.GetAmbiguousTimeOffsets(local);
        return new DateTimeOffset(local, isEnd ? offsets.Min() : offsets.Max());
    }

    private static DateTimeOffset FirstAfterGap(DateTimeOffset landed, TimeSpan gap, TimeZoneInfo zone)
    {
        var (before, after) = (landed - gap, landed);
        while (after - before > TimeSpan.FromSeconds(1))
        {
            var middle = before + ((after - before) / 2);
            var isBehind = zone.GetUtcOffset(middle) == zone.GetUtcOffset(landed);
            (before, after) = isBehind ? (before, middle) : (middle, after);
        }

        return DateTimeOffset.FromUnixTimeSeconds((long)Math.Round(after.ToUnixTimeMilliseconds() / 1000.0));
    }
}

/// <summary>One time that a window is open. <paramref name="Until"/> is no part of it.</summary>
public readonly record struct MaintenanceTime(DateTimeOffset From, DateTimeOffset Until)
{
    public DateTimeOffset? EndIfOpen(DateTimeOffset at) => From <= at && at < Until ? Until : null;
}
