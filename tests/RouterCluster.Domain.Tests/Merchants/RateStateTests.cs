using RouterCluster.Domain.Merchants;

namespace RouterCluster.Domain.Tests.Merchants;

public sealed class RateStateTests
{
    [Theory]
    [InlineData(10, 0, 10, 10, 0)]
    [InlineData(10, 0.1, 10, 9, 1)]
    [InlineData(10, 1, 10, 0, 1)]
    [InlineData(10, 1.7, 10, 0, 2)]
    [InlineData(10, -5, 10, 10, 0)]
    [InlineData(0.5, 0, 1, 1, 0)]
    [InlineData(0.5, 2, 1, 0, 2)]
    [InlineData(2.5, 0.4, 2, 1, 1)]
    public void What_is_left_of_a_rate_is_told_in_whole_payments_and_seconds(
        double rate, double fullIn, int limit, int remaining, int reset) =>
        Assert.Equal(new RateState(limit, remaining, reset), RateState.Of(rate, TimeSpan.FromSeconds(fullIn)));
}
