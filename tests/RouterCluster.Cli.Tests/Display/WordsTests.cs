using RouterCluster.Cli.Display;

namespace RouterCluster.Cli.Tests.Display;

public sealed class WordsTests
{
    [Theory]
    [InlineData(0, "CNY", "0.00 CNY")]
    [InlineData(5, "CNY", "0.05 CNY")]
    [InlineData(-5, "CNY", "-0.05 CNY")]
    [InlineData(12000, "USD", "120.00 USD")]
    [InlineData(12000, "JPY", "12,000 JPY")]
    [InlineData(long.MaxValue, "CNY", "92,233,720,368,547,758.07 CNY")]
    public void Money_is_exact(long minorUnits, string currency, string expected) =>
        Assert.Equal(expected, Words.Money(minorUnits, currency));

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(0.25, "250ms")]
    [InlineData(1.5, "1.5s")]
    [InlineData(59.96, "59.9s")]
    [InlineData(60, "1m 0s")]
    [InlineData(3725, "1h 2m")]
    [InlineData(90000, "1d 1h")]
    public void Durations_use_the_two_units_that_matter(double seconds, string expected) =>
        Assert.Equal(expected, Words.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Seconds_out_of_range_are_shown_all_the_same(long seconds) =>
        Assert.NotEqual("", Words.Seconds(seconds));
}
