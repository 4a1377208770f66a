using CsCheck;
using RouterCluster.Domain.Channels;

namespace RouterCluster.Domain.Tests.Channels;

/// <summary>Times of windows against what a clock on the wall of the zone shows.</summary>
public sealed class MaintenanceTimesProperties
{
    private static readonly TimeZoneInfo[] Zones =
    [
        .. new[] { "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia" }
            .Select(TimeZoneInfo.FindSystemTimeZoneById),
    ];

    private static readonly Gen<TimeZoneInfo> Zone = Gen.Int[0, Zones.Length - 1].Select(index => Zones[index]);

    // In steps that often meet each other and the changes of clocks.
    private static readonly Gen<TimeOnly> TimeOfDay =
        Gen.Int[0, 95].Select(quarter => new TimeOnly(quarter / 4, 15 * (quarter % 4)));

    private static readonly Gen<MaintenanceWindow.Weekly> Weekly = Gen.Select(
        Gen.Enum<DayOfWeek>().Array[1, 7], TimeOfDay, TimeOfDay, Zone,
        (days, from, until, zone) => new MaintenanceWindow.Weekly([.. days], from, until, zone));

    private static readonly Gen<DateTime> Local = Gen.Int[0, 2 * 366 * 24 * 4].Select(
        quarter => new DateTime(2026, 1, 1).AddMinutes(15 * quarter));

    private static readonly Gen<MaintenanceWindow> Once = Gen.Select(
        Local, Gen.Int[1, 7 * 24 * 4], Zone,
        (from, quarters, zone) => (MaintenanceWindow)new MaintenanceWindow.Once(from, from.AddMinutes(15 * quarters), zone));

    /// <summary>Half of them around the changes of clocks in Berlin and New York.</summary>
    private static readonly Gen<DateTimeOffset> Moment = Gen.OneOf(
        Gen.Int[0, 2 * 366 * 24 * 60].Select(
            minutes => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes)),
        Gen.Select(
            Gen.OneOf(
                Gen.Const(new DateTimeOffset(2026, 3, 29, 1, 0, 0, TimeSpan.Zero)),
                Gen.Const(new DateTimeOffset(2026, 10, 25, 1, 0, 0, TimeSpan.Zero)),
                Gen.Const(new DateTimeOffset(2026, 3, 8, 7, 0, 0, TimeSpan.Zero)),
                Gen.Const(new DateTimeOffset(2026, 11, 1, 6, 0, 0, TimeSpan.Zero))),
            Gen.Int[-2 * 24 * 60, 2 * 24 * 60],
            (change, minutes) => change.AddMinutes(minutes)));

    [Fact]
    public void A_weekly_window_is_open_while_the_clock_on_the_wall_shows_its_times() => Gen.Select(Weekly, Moment).Sample(
        (window, at) =>
        {
            var wall = TimeZoneInfo.ConvertTime(at, window.Zone).DateTime;
            if (window.Zone.IsAmbiguousTime(wall))
            {
                // The same time comes twice, and the window lasts from the first to the second.
                return;
            }

            var time = TimeOnly.FromDateTime(wall);
            var (today, yesterday) = (window.Days.Contains(wall.DayOfWeek), window.Days.Contains(wall.AddDays(-1).DayOfWeek));
            var isOpen = window.Until > window.From
                ? today && time >= window.From && time < window.Until
                : (today && time >= window.From) || (yesterday && time < window.Until);
            Assert.Equal(isOpen, window.EndOf(at) is not null);
        },
        iter: 20_000);

    [Fact]
    public void A_window_is_open_exactly_in_the_times_that_it_lists() =>
        Gen.Select(Gen.OneOf(Weekly.Select(window => (MaintenanceWindow)window), Once), Moment).Sample(
            (window, at) =>
            {
                var (from, until) = (at.AddDays(-3), at.AddDays(3));
                var times = window.Between(from, until).ToList();

                Assert.Equal(times.Max(time => time.EndIfOpen(at)), window.EndOf(at));
                Assert.All(times, time => Assert.True(time.From < time.Until && time.Until > from && time.From < until));
                Assert.Equal(times.Select(time => time.From).Order(), times.Select(time => time.From));
                Assert.All(times, time => Assert.NotNull(window.EndOf(time.From)));
                Assert.All(times, time => Assert.True(window.EndOf(time.Until) is not { } end || end > time.Until));
            },
            iter: 5000);

    [Fact]
    public void The_next_time_is_the_open_one_or_the_first_to_come() =>
        Gen.Select(Gen.OneOf(Weekly.Select(window => (MaintenanceWindow)window), Once), Moment).Sample(
            (window, at) =>
            {
                var next = window.Next(at);

                Assert.Equal(window.EndOf(at) is not null, next?.From <= at);
                // A window that summer time leaves out is never open, not even right before its end.
                var comes = window.FinalEnd is not { } end || (end > at && window.EndOf(end.AddTicks(-1)) is not null);
                Assert.Equal(comes, next is not null);
                Assert.True(next is null || next.Value.Until > at);
                Assert.True(next is not { } one || !(one.From > at) || !window.Between(at, one.From).Any());
            },
            iter: 5000);
}
