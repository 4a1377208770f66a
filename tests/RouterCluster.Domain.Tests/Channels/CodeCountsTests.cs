using System.Collections.Immutable;
using RouterCluster.Domain.Channels;

namespace RouterCluster.Domain.Tests.Channels;

/// <summary>Codes are counted by name as far as a bounded table goes; the most frequent ones have the places.</summary>
public sealed class CodeCountsTests
{
    private readonly CodeCounts _counts = new(most: 4, ImmutableHashSet.Create("bad_signature"));

    [Fact]
    public void Few_codes_are_all_told_apart()
    {
        Count("00", 3);
        Count("51", 1);
        Assert.Equal([("00", 3L), ("51", 1L)], _counts.Totals().Order());
    }

    [Fact]
    public void A_company_that_makes_up_codes_gets_no_more_names_and_no_call_goes_uncounted()
    {
        Count("00", 100);
        for (var no = 0; no < 1000; no++)
        {
            Count($"X{no}", 1);
        }

        Assert.InRange(_counts.Totals().Count, 2, 5);
        Assert.Contains(("00", 100L), _counts.Totals());
        Assert.Equal(1100, _counts.Totals().Sum(total => total.Count));
    }

    [Fact]
    public void A_code_that_becomes_frequent_gets_a_name_of_its_own_and_no_sum_falls()
    {
        foreach (var code in new[] { "a", "b", "c", "d" })
        {
            Count(code, 2);
        }

        Count("39", 3);
        var other = _counts.Totals().Single(total => total.Code == CodeCounts.Other).Count;
        Count("39", 10);
        Assert.Contains(("39", 10L), _counts.Totals());
        Assert.True(_counts.Totals().Single(total => total.Code == CodeCounts.Other).Count >= other);
        Assert.Equal(21, _counts.Totals().Sum(total => total.Count));
    }

    [Fact]
    public void A_wrong_signature_always_has_its_name()
    {
        foreach (var code in new[] { "a", "b", "c", "d" })
        {
            Count(code, 9);
        }

        Count("bad_signature", 1);
        Assert.Contains(("bad_signature", 1L), _counts.Totals());
    }

    [Theory]
    [InlineData("")]
    [InlineData("with \"quotes\"")]
    [InlineData("line\nbreak")]
    [InlineData("a-code-that-is-much-longer-than-codes-are")]
    [InlineData("other")]
    public void What_is_no_plain_code_is_one_of_the_others(string code)
    {
        Count(code, 2);
        Assert.Equal([(CodeCounts.Other, 2L)], _counts.Totals());
    }

    private void Count(string code, int times)
    {
        for (; times > 0; times--)
        {
            _counts.Count(code);
        }
    }
}
