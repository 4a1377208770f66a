namespace RouterCluster.Cli.Tests;

public sealed class CliEnvironmentTests
{
    [Theory]
    [InlineData(null, 132, 132)]
    [InlineData("", 132, 132)]
    [InlineData("100", 132, 100)]
    [InlineData("-1", 132, 132)]
    [InlineData("wide", 132, 132)]
    [InlineData(null, 0, 80)]
    public void The_width_is_what_the_user_says_or_the_terminals(string? wanted, int terminal, int expected) =>
        Assert.Equal(expected, CliEnvironment.Columns(wanted, terminal));
}
