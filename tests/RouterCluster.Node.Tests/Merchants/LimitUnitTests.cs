using Microsoft.Extensions.Time.Testing;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Tests.Merchants;

public sealed class LimitUnitTests
{
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
        var places = new RequestLimit(1);

        Assert.True(places.TryTake());
        Assert.False(places.TryTake());
        places.GiveBack();
        Assert.True(places.TryTake());
        Assert.Equal(1, places.Taken);
    }
}
