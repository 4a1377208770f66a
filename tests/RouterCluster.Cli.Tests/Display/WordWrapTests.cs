using RouterCluster.Cli.Display;
using Spectre.Console;

namespace RouterCluster.Cli.Tests.Display;

public sealed class WordWrapTests
{
    [Fact]
    public void Lines_end_between_words() =>
        Assert.Equal(["the bank is", "back"], WordWrap.Of("the bank is back", 11));

    [Fact]
    public void A_word_that_is_too_long_stays_whole() =>
        Assert.Equal(["see", "0123456789abcdef", "there"], WordWrap.Of("see 0123456789abcdef there", 10));

    [Fact]
    public void Letters_of_double_width_may_be_parted() =>
        Assert.Equal(["\u94f6\u884c", "\u7ef4\u62a4"], WordWrap.Of("\u94f6\u884c\u7ef4\u62a4", 5));

    [Theory]
    [InlineData("the bank is back", 16, "the bank is back")]
    [InlineData("the bank is back", 12, "the bank is…")]
    [InlineData("the bank is back", 11, "the bank…")]
    [InlineData("0123456789abcdef there", 10, "…")]
    [InlineData("\u94f6\u884c\u7ef4\u62a4\u4e2d", 8, "\u94f6\u884c\u7ef4…")]
    public void What_is_cut_ends_between_words(string text, int width, string expected)
    {
        Assert.Equal(expected, WordWrap.Cut(text, width));
        Assert.InRange(WordWrap.Cut(text, width).GetCellWidth(), 0, width);
    }
}
