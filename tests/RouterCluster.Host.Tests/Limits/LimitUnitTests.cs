using Microsoft.Extensions.Time.Testing;
using RouterCluster.Host.Limits;

namespace RouterCluster.Host.Tests.Limits;

public sealed class LimitUnitTests
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 15, 59, 0, TimeSpan.Zero));

    [Fact]
    public void A_rate_lets_through_a_seconds_worth_and_then_as_much_as_time_brings()
    {
        var rate = new Rate(2, _time);

        Assert.Null(rate.Take());
        Assert.Null(rate.Take());
        Assert.Equal(TimeSpan.FromSeconds(0.5), rate.Take());
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Null(rate.Take());
        Assert.NotNull(rate.Take());
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => rate.Take() is null));
    }

    [Fact]
    public void A_rate_below_one_a_second_still_lets_one_through()
    {
        var rate = new Rate(0.1, _time);

        Assert.Null(rate.Take());
        Assert.Equal(TimeSpan.FromSeconds(10), rate.Take());
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(rate.Take());
    }

    [Fact]
    public void Places_are_as_many_as_configured()
    {
        var places = new Places(1);

        Assert.True(places.TryTake());
        Assert.False(places.TryTake());
        places.GiveBack();
        Assert.True(places.TryTake());
        Assert.Equal(1, places.Taken);
    }

    [Fact]
    public void A_day_is_used_up_given_back_and_over_at_its_own_midnight()
    {
        var day = new DayAmount(100, China, _time);

        var share = day.TryTake(70);
        Assert.NotNull(share);
        Assert.Null(day.TryTake(31));
        Assert.NotNull(day.TryTake(30));
        Assert.Equal(TimeSpan.FromMinutes(1), day.UntilTomorrow);
        day.GiveBack(share.Value);
        Assert.NotNull(day.TryTake(70));
        Assert.Null(day.TryTake(1));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(day.TryTake(100));
    }

    [Fact]
    public void A_share_of_yesterday_is_not_given_back_to_today()
    {
        var day = new DayAmount(100, China, _time);
        var share = day.TryTake(100)!.Value;
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(day.TryTake(100));

        day.GiveBack(share);

        Assert.Null(day.TryTake(1));
    }

    [Fact]
    public void What_was_stored_before_the_start_counts()
    {
        var day = new DayAmount(100, China, _time);
        Assert.Equal(new DateTimeOffset(2025, 12, 31, 16, 0, 0, TimeSpan.Zero), day.DayStart);

        day.Seed(day.DayStart, 95);
        day.Seed(day.DayStart - TimeSpan.FromDays(1), 1000);

        Assert.Null(day.TryTake(6));
        Assert.NotNull(day.TryTake(5));
    }

    [Fact]
    public void Amounts_near_the_end_of_numbers_do_not_wrap()
    {
        var day = new DayAmount(long.MaxValue, China, _time);

        Assert.NotNull(day.TryTake(long.MaxValue));
        Assert.Null(day.TryTake(1));
    }
}
