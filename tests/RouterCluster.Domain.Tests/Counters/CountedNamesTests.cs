using RouterCluster.Domain.Counters;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Counters;

/// <summary>Nobody outside can make more names than there are places.</summary>
public sealed class CountedNamesTests
{
    private static readonly ChannelId Alpha = new("alpha");
    private static readonly ChannelId Bravo = new("bravo");
    private readonly CountedNames _names = new(mostBanks: 2, mostCodes: 2, ["ICBC"]);

    [Fact]
    public void Banks_have_places_by_the_day_and_those_that_channels_name_always_have_one()
    {
        Assert.Equal(["B1", "B2", "other", "B1", "ICBC", "none"], Banks("B1", "B2", "B3", "B1", "ICBC", null));

        _names.Turn(CounterPeriod.SecondOf(DateTimeOffset.UnixEpoch.AddDays(3)).Day(TimeSpan.Zero));
        Assert.Equal(["B3", "B1", "other"], Banks("B3", "B1", "B2"));

        _names.Turn(CounterPeriod.SecondOf(DateTimeOffset.UnixEpoch.AddDays(2)).Day(TimeSpan.Zero));
        Assert.Equal(["B3", "other"], Banks("B3", "B2"));
    }

    [Fact]
    public void Every_channel_has_places_for_codes_of_its_own()
    {
        Assert.Equal(["00", "51", "other", "none"], Codes(Alpha, "00", "51", "54", ""));
        Assert.Equal(["54"], Codes(Bravo, "54"));
    }

    [Theory]
    [InlineData("A:B")]
    [InlineData("A/B")]
    [InlineData("余额不足")]
    [InlineData("A\n")]
    [InlineData("A23456789B123456789C123456789D123")]
    public void A_name_that_a_field_cannot_have_is_other_and_takes_no_place(string name)
    {
        Assert.Equal(["other", "B1", "B2"], Banks(name, "B1", "B2"));
    }

    private IEnumerable<string> Banks(params string?[] banks) => banks.Select(_names.Bank);

    private IEnumerable<string> Codes(ChannelId channel, params string[] codes) =>
        codes.Select(code => _names.Code(channel, code));
}
