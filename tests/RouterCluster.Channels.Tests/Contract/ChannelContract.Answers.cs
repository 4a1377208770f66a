using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Channels.Tests.Contract;

/// <summary>Answers that arrive whole: which of them are believed, and what they then say.</summary>
public abstract partial class ChannelContract
{
    [Theory]
    [InlineData(Meaning.Succeeded, OutcomeClass.Success, Landing.Landed)]
    [InlineData(Meaning.Processing, OutcomeClass.Processing, Landing.Landed)]
    [InlineData(Meaning.CustomerFunds, OutcomeClass.CustomerFunds, Landing.Landed)]
    [InlineData(Meaning.Maintenance, OutcomeClass.ChannelMaintenance, Landing.NotLanded)]
    [InlineData(Meaning.TooFast, OutcomeClass.ChannelThrottled, Landing.NotLanded)]
    [InlineData(Meaning.DuplicateNo, OutcomeClass.DuplicateNo, Landing.Maybe)]
    [InlineData(Meaning.UnlistedFailure, OutcomeClass.Unknown, Landing.Maybe)]
    [InlineData(Meaning.Contradiction, OutcomeClass.Unknown, Landing.Maybe)]
    [InlineData(Meaning.NotFound, OutcomeClass.Unknown, Landing.Maybe)]
    public async Task A_submit_ends_as_its_answer_says(Meaning meaning, OutcomeClass @class, Landing landing) =>
        AssertEnd(@class, landing, await SubmitAnsweredAsync(Answer(meaning)));

    [Theory]
    [InlineData(Meaning.Succeeded, OutcomeClass.Success, Landing.Landed)]
    [InlineData(Meaning.Processing, OutcomeClass.Processing, Landing.Landed)]
    [InlineData(Meaning.CustomerFunds, OutcomeClass.CustomerFunds, Landing.Landed)]
    [InlineData(Meaning.Maintenance, OutcomeClass.ChannelMaintenance, Landing.NotLanded)]
    [InlineData(Meaning.NotFound, OutcomeClass.NotFound, Landing.Maybe)]
    [InlineData(Meaning.TooFast, OutcomeClass.ChannelThrottled, Landing.Maybe)]
    [InlineData(Meaning.DuplicateNo, OutcomeClass.Unknown, Landing.Maybe)]
    [InlineData(Meaning.UnlistedFailure, OutcomeClass.Unknown, Landing.Maybe)]
    [InlineData(Meaning.Contradiction, OutcomeClass.Unknown, Landing.Maybe)]
    public async Task A_query_ends_as_its_answer_says(Meaning meaning, OutcomeClass @class, Landing landing) =>
        AssertEnd(@class, landing, await QueryAnsweredAsync(Answer(meaning)));

    [Fact]
    public async Task The_channels_own_reference_is_kept()
    {
        Assert.Equal("C2026", (await SubmitAnsweredAsync(Answer(Meaning.Succeeded))).Outcome.ChannelOrderNo);
        Assert.Equal("C2026", (await QueryAnsweredAsync(Answer(Meaning.Processing))).Outcome.ChannelOrderNo);
    }

    [Theory]
    [MemberData(nameof(Meanings))]
    public async Task An_answer_about_another_order_is_unknown(Meaning meaning)
    {
        var answer = Answer(meaning) with { OrderNo = OrderNo[..^1] + "2" };
        AssertUnknown("wrong_order", await SubmitAnsweredAsync(answer));
        AssertUnknown("wrong_order", await QueryAnsweredAsync(answer));
    }

    [Theory]
    [MemberData(nameof(Meanings))]
    public async Task An_answer_with_another_amount_is_unknown(Meaning meaning)
    {
        var answer = Answer(meaning) with { Amount = Amount with { Minor = Amount.Minor - 1 } };
        AssertUnknown("wrong_amount", await SubmitAnsweredAsync(answer));
        AssertUnknown("wrong_amount", await QueryAnsweredAsync(answer));
    }

    [Theory]
    [MemberData(nameof(Meanings))]
    public async Task An_answer_in_another_currency_is_unknown(Meaning meaning)
    {
        var answer = Answer(meaning) with { Amount = Amount with { Currency = new Currency("JPY") } };
        AssertUnknown("wrong_currency", await SubmitAnsweredAsync(answer));
        AssertUnknown("wrong_currency", await QueryAnsweredAsync(answer));
    }

    [Fact]
    public async Task An_answer_to_another_merchant_is_unknown()
    {
        var answer = Answer(Meaning.Succeeded) with { Merchant = "M2" };
        AssertUnknown("wrong_merchant", await SubmitAnsweredAsync(answer));
        AssertUnknown("wrong_merchant", await QueryAnsweredAsync(answer));
    }

    [Theory]
    [InlineData(-301)]
    [InlineData(301)]
    public async Task An_answer_from_another_time_is_unknown(int seconds)
    {
        var answer = Answer(Meaning.Succeeded) with { ClockDifference = TimeSpan.FromSeconds(seconds) };
        AssertUnknown("stale_timestamp", await SubmitAnsweredAsync(answer));
        AssertUnknown("stale_timestamp", await QueryAnsweredAsync(answer));
    }

    [Theory]
    [InlineData(-300)]
    [InlineData(300)]
    public async Task Clocks_may_differ_a_little(int seconds)
    {
        var answer = Answer(Meaning.Succeeded) with { ClockDifference = TimeSpan.FromSeconds(seconds) };
        AssertEnd(OutcomeClass.Success, Landing.Landed, await SubmitAnsweredAsync(answer));
    }

    [Theory]
    [InlineData(Flaw.WrongSignature, "bad_signature")]
    [InlineData(Flaw.NoSignature, "bad_signature")]
    [InlineData(Flaw.DoubledProperty, "bad_body")]
    [InlineData(Flaw.NotReadable, "bad_body")]
    [InlineData(Flaw.TooLarge, "body_too_large")]
    public async Task A_flawed_answer_is_unknown(Flaw flaw, string code)
    {
        foreach (var meaning in Spoken.Select(row => (Meaning)row[0]))
        {
            AssertUnknown(code, await SubmitAnsweredAsync(Answer(meaning) with { Flaw = flaw }));
            AssertUnknown(code, await QueryAnsweredAsync(Answer(meaning) with { Flaw = flaw }));
        }
    }

    /// <summary>The answers that speak of an order's state.</summary>
    public static IEnumerable<object[]> Meanings() => Spoken;

    private static readonly object[][] Spoken =
        [[Meaning.Succeeded], [Meaning.Processing], [Meaning.CustomerFunds], [Meaning.Maintenance]];
}
