using RouterCluster.Domain.Channels;

namespace RouterCluster.Domain.Tests.Channels;

public sealed class MaintenanceWindowTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void A_single_window_is_in_local_time_of_its_zone()
    {
        var window = new MaintenanceWindow.Once(new(2026, 12, 1, 2, 0, 0), new(2026, 12, 1, 4, 30, 0), Shanghai);

        Assert.Null(window.EndOf(Utc(2026, 11, 30, 17, 59)));
        Assert.Equal(Utc(2026, 11, 30, 20, 30), window.EndOf(Utc(2026, 11, 30, 18, 0)));
        Assert.Null(window.EndOf(Utc(2026, 11, 30, 20, 30)));
    }

    [Fact]
    public void A_weekly_window_comes_on_its_days_only()
    {
        var window = Weekly(Shanghai, 2, 4, DayOfWeek.Sunday);

        // Sunday 02:00 in Shanghai is still Saturday in UTC.
        Assert.Equal(Utc(2026, 11, 28, 20, 0), window.EndOf(Utc(2026, 11, 28, 18, 0)));
        Assert.Null(window.EndOf(Utc(2026, 11, 29, 18, 0)));
        Assert.NotNull(window.EndOf(Utc(2026, 12, 5, 19, 59)));
    }

    [Fact]
    public void A_window_over_midnight_belongs_to_the_day_on_which_it_begins()
    {
        var window = Weekly(TimeZoneInfo.Utc, 23, 1, DayOfWeek.Monday);

        Assert.NotNull(window.EndOf(Utc(2026, 11, 23, 23, 0)));
        Assert.Equal(Utc(2026, 11, 24, 1, 0), window.EndOf(Utc(2026, 11, 24, 0, 59)));
        Assert.Null(window.EndOf(Utc(2026, 11, 23, 0, 30)));
        Assert.Null(window.EndOf(Utc(2026, 11, 24, 23, 30)));
    }

    [Fact]
    public void The_same_time_of_day_is_another_hour_in_summer()
    {
        var window = Weekly(Berlin, 4, 5, Enum.GetValues<DayOfWeek>());

        Assert.NotNull(window.EndOf(Utc(2026, 1, 10, 3, 30)));
        Assert.Null(window.EndOf(Utc(2026, 1, 10, 2, 30)));
        Assert.NotNull(window.EndOf(Utc(2026, 7, 10, 2, 30)));
        Assert.Null(window.EndOf(Utc(2026, 7, 10, 3, 30)));
    }

    [Fact]
    public void When_clocks_are_set_back_the_window_lasts_through_both_hours()
    {
        // On 25 October 2026 the hour from 2 to 3 comes twice, at 00:00 and at 01:00 UTC.
        var window = Weekly(Berlin, 2, 3, DayOfWeek.Sunday);

        Assert.Null(window.EndOf(Utc(2026, 10, 24, 23, 59)));
        Assert.Equal(Utc(2026, 10, 25, 2, 0), window.EndOf(Utc(2026, 10, 25, 0, 0)));
        Assert.NotNull(window.EndOf(Utc(2026, 10, 25, 1, 59)));
        Assert.Null(window.EndOf(Utc(2026, 10, 25, 2, 0)));
    }

    [Fact]
    public void When_clocks_are_set_forward_an_end_that_never_comes_is_the_moment_of_the_change()
    {
        // On 29 March 2026 the hour from 2 to 3 is left out, at 01:00 UTC.
        var window = new MaintenanceWindow.Weekly([DayOfWeek.Sunday], new(1, 0), new(2, 30), Berlin);

        Assert.NotNull(window.EndOf(Utc(2026, 3, 29, 0, 0)));
        Assert.Equal(Utc(2026, 3, 29, 1, 0), window.EndOf(Utc(2026, 3, 29, 0, 59)));
        Assert.Null(window.EndOf(Utc(2026, 3, 29, 1, 0)));
    }

    [Fact]
    public void A_beginning_that_never_comes_is_the_moment_of_the_change()
    {
        var window = new MaintenanceWindow.Weekly([DayOfWeek.Sunday], new(2, 30), new(4, 0), Berlin);

        Assert.Null(window.EndOf(Utc(2026, 3, 29, 0, 59)));
        Assert.Equal(Utc(2026, 3, 29, 2, 0), window.EndOf(Utc(2026, 3, 29, 1, 0)));
    }

    [Fact]
    public void A_window_may_last_for_ever()
    {
        var newYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        var window = new MaintenanceWindow.Once(DateTime.MinValue, new DateTime(9999, 12, 31, 23, 59, 0), newYork);

        Assert.NotNull(window.EndOf(DateTimeOffset.UnixEpoch));
        Assert.NotNull((window with { From = new DateTime(1, 1, 1, 3, 0, 0), Zone = Shanghai }).EndOf(DateTimeOffset.UnixEpoch));
    }

    private static MaintenanceWindow.Weekly Weekly(TimeZoneInfo zone, int from, int until, params DayOfWeek[] days) =>
        new([.. days], new TimeOnly(from, 0), new TimeOnly(until, 0), zone);

    private static DateTimeOffset Utc(int year, int month, int day, int hour, int minute) =>
        new(year, month, day, hour, minute, 0, TimeSpan.Zero);
}
