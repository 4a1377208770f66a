using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Channels.Tests.Contract;

/// <summary>What the company sends by itself: verified over raw bytes first, understood after that.</summary>
public abstract partial class ChannelContract
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:1/");

    [Theory]
    [InlineData(Meaning.Succeeded, OutcomeClass.Success, Landing.Landed)]
    [InlineData(Meaning.Processing, OutcomeClass.Processing, Landing.Landed)]
    [InlineData(Meaning.CustomerFunds, OutcomeClass.CustomerFunds, Landing.Landed)]
    [InlineData(Meaning.Maintenance, OutcomeClass.ChannelMaintenance, Landing.NotLanded)]
    [InlineData(Meaning.NotFound, OutcomeClass.NotFound, Landing.Maybe)]
    public void A_notice_says_what_a_querys_answer_would(Meaning meaning, OutcomeClass @class, Landing landing)
    {
        var outcome = Told(Answer(meaning)).Outcome;
        Assert.Equal((@class, landing), (outcome.Class, outcome.Landing));
        Assert.True(outcome.Speaks());
    }

    [Theory]
    [InlineData(Meaning.TooFast)]
    [InlineData(Meaning.DuplicateNo)]
    [InlineData(Meaning.UnlistedFailure)]
    [InlineData(Meaning.Contradiction)]
    public void A_notice_of_anything_else_does_not_speak_of_the_order(Meaning meaning) =>
        Assert.False(Told(Answer(meaning)).Outcome.Speaks());

    [Fact]
    public void A_notice_names_its_order_its_amount_and_the_channels_reference()
    {
        var notice = Told(Answer(Meaning.Succeeded));
        Assert.Equal((OrderNo, Amount, "C2026"), (notice.OrderNo, notice.Amount, notice.Outcome.ChannelOrderNo));
    }

    [Fact]
    public void A_notice_to_another_merchant_does_not_speak()
    {
        var outcome = Told(Answer(Meaning.Succeeded) with { Merchant = "M2" }).Outcome;
        Assert.Equal(Outcome.Unknown("wrong_merchant"), outcome);
    }

    [Theory]
    [InlineData(Flaw.WrongSignature)]
    [InlineData(Flaw.NoSignature)]
    public void A_notice_that_nobody_signed_is_forged(Flaw flaw)
    {
        foreach (var meaning in Spoken.Select(row => (Meaning)row[0]))
        {
            Assert.IsType<NoticeReading.Forged>(Read(WriteNotice(Answer(meaning) with { Flaw = flaw })));
        }
    }

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void A_notice_of_another_time_is_forged(int seconds, bool isBelieved)
    {
        var reading = Read(WriteNotice(Answer(Meaning.Succeeded) with { ClockDifference = TimeSpan.FromSeconds(seconds) }));
        Assert.Equal(isBelieved, reading is NoticeReading.Told);
        Assert.True(isBelieved || reading is NoticeReading.Forged);
    }

    [Fact]
    public void A_notice_with_any_byte_changed_is_forged()
    {
        var (headers, body) = WriteNotice(Answer(Meaning.Succeeded));
        for (var at = 0; at < body.Length; at++)
        {
            var changed = body.ToArray();
            changed[at] ^= 1;
            Assert.IsType<NoticeReading.Forged>(Read((headers, changed)));
        }
    }

    [Fact]
    public void A_signature_of_any_other_form_is_forged()
    {
        var (headers, body) = WriteNotice(Answer(Meaning.Succeeded));
        var right = headers[SignatureHeader];
        string[] others = ["", right[..^1], right + "0", right[1..] + "g", new string('0', right.Length)];
        foreach (var other in others)
        {
            var changed = new Dictionary<string, string>(headers) { [SignatureHeader] = other };
            Assert.IsType<NoticeReading.Forged>(Read((changed, body)));
        }
    }

    [Theory]
    [InlineData(Flaw.DoubledProperty)]
    [InlineData(Flaw.NotReadable)]
    public void A_signed_notice_that_cannot_be_read_is_told_apart_from_a_forged_one(Flaw flaw) =>
        Assert.IsType<NoticeReading.Unreadable>(Read(WriteNotice(Answer(Meaning.Succeeded) with { Flaw = flaw })));

    [Fact]
    public void A_notices_text_does_not_repeat_card_numbers()
    {
        var outcome = Told(Answer(Meaning.CustomerFunds) with { Message = $"no money on {Account.Number}" }).Outcome;
        Assert.DoesNotContain(Account.Number, outcome.Message, StringComparison.Ordinal);
    }

    private ChannelNotice Told(PspAnswer answer) => Assert.IsType<NoticeReading.Told>(Read(WriteNotice(answer))).Notice;

    private NoticeReading Read((IReadOnlyDictionary<string, string> Headers, byte[] Body) notice) =>
        Connect(Nowhere).ReadNotice(new NoticeCall(name => notice.Headers.GetValueOrDefault(name), notice.Body));
}
