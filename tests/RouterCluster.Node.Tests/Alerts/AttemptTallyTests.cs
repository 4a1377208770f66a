using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Alerts;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Alerts;

public sealed class AttemptTallyTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly MerchantId Shop = new("shop");
    private static readonly Outcome Timeout = Outcome.Unknown("timeout");
    private static readonly Outcome Success = new(OutcomeClass.Success, Landing.Landed, "00");

    private static readonly Payment Payment =
        Samples.Rerouted(PaymentId.For(Shop, "A-1", 4, "salt"u8), Shop, "A-1");

    private readonly AttemptTally _tally = new();

    [Fact]
    public void An_attempt_that_ends_is_counted_and_taken_once()
    {
        Ended(Success, first: null);
        Ended(Success, first: null);

        var taken = Assert.Single(_tally.Take());
        Assert.Equal((OutcomeClass.Success, CallVerdict.Success, "00", 2), (taken.Class, taken.Verdict, taken.Code, taken.Count));
        Assert.Empty(_tally.Take());
    }

    [Fact]
    public void An_unknown_attempt_counts_at_once_and_not_again_when_it_ends()
    {
        _tally.Happened(new CommittedEvent(With(null), new AttemptUnresolved(At, 1, Timeout)));
        Ended(Success, first: Timeout);

        Assert.Equal("timeout", Assert.Single(_tally.Take()).Code);
    }

    [Fact]
    public void An_attempt_that_the_channel_still_works_on_counts_when_it_ends()
    {
        var processing = new Outcome(OutcomeClass.Processing, Landing.Landed, "05");
        _tally.Happened(new CommittedEvent(With(null), new AttemptUnresolved(At, 1, processing)));
        Assert.Empty(_tally.Take());
        Ended(Success, first: processing);
        Assert.Equal(OutcomeClass.Success, Assert.Single(_tally.Take()).Class);
    }

    [Fact]
    public void A_payment_that_is_accepted_is_counted_by_its_product_and_taken_once()
    {
        var accepted = new PaymentAccepted(At, Payment.Content, At);
        _tally.Happened(new CommittedEvent(Payment, accepted));
        _tally.Happened(new CommittedEvent(Payment, accepted));

        Assert.Equal([new TakenPayments(Payment.Content.Product, 2)], _tally.TakePayments());
        Assert.Empty(_tally.TakePayments());
        Assert.Empty(_tally.Take());
    }

    [Theory]
    [InlineData("breaker_open", false)]
    [InlineData("not_connected", true)]
    public void What_our_own_lane_turned_away_says_nothing_of_the_channel(string code, bool isCounted)
    {
        Ended(Outcome.NotSent(OutcomeClass.ChannelUnreachable, code), first: null);
        Assert.Equal(isCounted, _tally.Take().Count > 0);
    }

    private void Ended(Outcome outcome, Outcome? first) =>
        _tally.Happened(new CommittedEvent(With(first), new AttemptEnded(At, 1, outcome)));

    private static Payment With(Outcome? first) => Payment with
    {
        Attempts = [Payment.Attempts[0] with { First = first }, .. Payment.Attempts.Skip(1)],
    };
}
