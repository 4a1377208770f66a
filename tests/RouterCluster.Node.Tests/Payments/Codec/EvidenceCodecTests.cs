using System.Buffers;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Node.Payments.Codec;

namespace RouterCluster.Node.Tests.Payments.Codec;

/// <summary>What was added to what is stored: where an attempt went, what was told first, what a case is about.</summary>
public sealed class EvidenceCodecTests
{
    private static readonly ChannelTarget Target = new("http-json", "psp.example/alpha", "M1");
    private static readonly Outcome Paid = new(OutcomeClass.Success, Landing.Landed, "00", null, "C-77");

    public static TheoryData<string> Names => [.. Events.Keys];

    private static Dictionary<string, PaymentEvent> Events { get; } = new()
    {
        ["attempt-started-target"] = new AttemptStarted(
            PaymentSamples.At, 1, PaymentSamples.Alpha, PaymentSamples.At.AddSeconds(5), PaymentSamples.Reasons)
        {
            Target = Target,
        },
        ["attempt-started-maintenance"] = new AttemptStarted(
            PaymentSamples.At, 1, PaymentSamples.Alpha, PaymentSamples.At.AddSeconds(5), PaymentSamples.Reasons with
            {
                Excluded = [new(new("charlie"), Exclusion.Maintenance) { Until = PaymentSamples.At.AddHours(2) }],
            }),
        ["attempt-ended-source"] = new AttemptEnded(PaymentSamples.At, 1, Paid) { Source = ReportSource.Query },
        ["attempt-unresolved-source"] = new AttemptUnresolved(PaymentSamples.At, 1, Outcome.Unknown("timeout"))
        {
            Source = ReportSource.Submit,
        },
        ["case-opened-source"] = new CaseOpened(PaymentSamples.At, CaseReason.LateSuccess, 1, "notice says 00")
        {
            Told = Paid, Source = ReportSource.Notification,
        },
        ["case-opened-told"] = new CaseOpened(PaymentSamples.At, CaseReason.SecondSuccess, 1, "success under C-78")
        {
            Told = Paid with { ChannelOrderNo = "C-78" },
            Against = Paid,
        },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void An_event_is_stored_as_it_always_was(string name)
    {
        var row = new ArrayBufferWriter<byte>();
        PaymentEventCodec.Encode(PaymentSamples.Id, Events[name], row);
        Golden.Holds(name, row.WrittenMemory);
        Golden.Same(Events[name], Assert.Single(PaymentEventCodec.Decode(Golden.Read(name))).Event);
    }

    [Fact]
    public void A_payment_is_stored_with_it()
    {
        var decided = PaymentSamples.Decided("A-1001");
        var payment = decided with
        {
            Attempts =
            [
                decided.Attempts[0] with { Target = Target, First = Outcome.Unknown("bad_signature") },
                decided.Attempts[1] with { Target = Target, UnknownFor = TimeSpan.FromHours(20) },
            ],
            Cases = [decided.Cases[0] with { Told = Paid with { ChannelOrderNo = "C-78" }, Against = Paid }],
        };
        Golden.Holds("payment-evidence", PaymentCodec.Encode(payment));
        Golden.Same(payment, PaymentCodec.Decode(Golden.Read("payment-evidence")));
    }

    [Fact]
    public void What_was_stored_before_says_nothing_of_it()
    {
        var attempt = PaymentCodec.Decode(Golden.Read("payment")).Attempts[0];
        Assert.Null(attempt.Target);
        Assert.Null(attempt.First);
        Assert.Equal(TimeSpan.Zero, attempt.UnknownFor);
    }
}
