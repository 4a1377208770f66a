using RouterCluster.Cli.Display;

namespace RouterCluster.Cli.Tests.Display;

public sealed class WordsTests
{
    [Theory]
    [InlineData(0, "0s")]
    [InlineData(0.25, "250ms")]
    [InlineData(1.5, "1.5s")]
    [InlineData(59.96, "59.9s")]
    [InlineData(60, "1m 0s")]
    [InlineData(3725, "1h 2m")]
    [InlineData(90000, "1d 1h")]
    public void Durations_use_the_two_units_that_matter(double seconds, string expected) =>
        Assert.Equal(expected, DisplayText.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Seconds_out_of_range_are_shown_all_the_same(long seconds) =>
        Assert.NotEqual("", DisplayText.Seconds(seconds));

    [Theory]
    [InlineData("-")]
    [InlineData("7", 7)]
    [InlineData("0-3, 7, 9-10", 10, 0, 1, 2, 3, 7, 9)]
    public void Numbers_in_a_row_are_a_range(string expected, params int[] numbers) =>
        Assert.Equal(expected, DisplayText.Ranges(numbers));
}
