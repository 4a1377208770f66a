using RouterCluster.Domain.Counters;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Counters;

public sealed class CodeDistributionTests
{
    private static readonly ChannelId Alpha = new("alpha");

    [Fact]
    public void New_codes_come_first_then_unmapped_ones_then_the_most_frequent()
    {
        var sums = Sums(
            ("code:alpha/00:count", 70), ("code_class:alpha/00:success", 70),
            ("code:alpha/51:count", 10), ("code_class:alpha/51:customer_funds", 10),
            ("code:alpha/99:count", 15), ("code_class:alpha/99:unknown", 15),
            ("code:alpha/timeout:count", 4), ("code_class:alpha/timeout:unknown", 4),
            ("code:alpha/61:count", 1), ("code_class:alpha/61:customer_limit", 1),
            ("code:bravo/00:count", 900), ("code:alphabet/00:count", 900));

        var codes = CodeDistribution.Of(Alpha, sums, new HashSet<string> { "00", "51", "99", "timeout" });

        Assert.Equal<CountedCode>(
            [
                new("61", "customer_limit", 1, 0.01, IsNew: true, IsUnmapped: false),
                new("99", "unknown", 15, 0.15, IsNew: false, IsUnmapped: true),
                new("00", "success", 70, 0.7, IsNew: false, IsUnmapped: false),
                new("51", "customer_funds", 10, 0.1, IsNew: false, IsUnmapped: false),
                new("timeout", "unknown", 4, 0.04, IsNew: false, IsUnmapped: false),
            ],
            codes);
    }

    [Fact]
    public void A_code_with_two_classes_has_two_rows_and_one_without_a_class_says_so()
    {
        var codes = CodeDistribution.Of(
            Alpha,
            Sums(
                ("code:alpha/39:count", 10), ("code_class:alpha/39:channel_maintenance", 6), ("code_class:alpha/39:unknown", 3)),
            before: null);

        Assert.Equal([("unknown", 3), ("channel_maintenance", 6), (null, 1)], codes.Select(one => (one.Class, one.Count)));
    }

    [Fact]
    public void Without_counters_of_the_day_before_and_in_the_rest_nothing_is_new()
    {
        var sums = Sums(("code:alpha/00:count", 1), ("code:alpha/other:count", 1));

        Assert.DoesNotContain(CodeDistribution.Of(Alpha, sums, before: null), code => code.IsNew);
        Assert.Equal(["00"], CodeDistribution.Of(Alpha, sums, new HashSet<string> { "51" })
            .Where(code => code.IsNew).Select(code => code.Code));
    }

    [Fact]
    public void Only_codes_that_came_outside_the_window_were_there_before()
    {
        var longer = Sums(("code:alpha/00:count", 70), ("code:alpha/51:count", 10), ("code:bravo/61:count", 9));

        var part = Sums(("code:alpha/00:count", 69), ("code:alpha/51:count", 10));

        Assert.Equal(["00"], CodeDistribution.Outside(Alpha, longer, part)!);
        Assert.Null(CodeDistribution.Outside(Alpha, Sums(("code:alpha/00:count", 70)), Sums(("code:alpha/00:count", 70))));
    }

    [Fact]
    public void Banks_with_the_most_failures_come_first()
    {
        var banks = CodeDistribution.BanksOf(
            Alpha,
            Sums(
                ("channel_bank:alpha/ICBC:attempts", 9), ("channel_bank:alpha/ICBC:succeeded", 8),
                ("channel_bank:alpha/ICBC:failed", 1), ("channel_bank:alpha/CCB:attempts", 5),
                ("channel_bank:alpha/CCB:failed", 4), ("channel_bank:alpha/CCB:faults", 3),
                ("channel_bank:alpha/CCB:unresolved", 1), ("channel_bank:bravo/CCB:attempts", 5)));

        Assert.Equal<BankCounts>([new("CCB", 5, 0, 4, 3, 1), new("ICBC", 9, 8, 1, 0, 0)], banks);
    }

    private static Dictionary<CounterField, long> Sums(params (string Field, long Sum)[] sums) =>
        sums.ToDictionary(one => CounterField.Parse(one.Field)!.Value, one => one.Sum);
}
