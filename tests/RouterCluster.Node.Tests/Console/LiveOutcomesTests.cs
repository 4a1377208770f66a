using RouterCluster.Domain.Books;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Console;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Console;

public sealed class LiveOutcomesTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly MerchantId Shop = new("shop");

    private static readonly Payment Payment = Samples.Rerouted(PaymentId.For(Shop, "A-1", 4, "salt"u8), Shop, "A-1");

    private readonly LiveOutcomes _outcomes = new();

    [Fact]
    public void What_is_learnt_of_an_attempt_is_counted_by_class_and_code_with_the_last_payment()
    {
        Unresolved("timeout");
        Unresolved("timeout");
        _outcomes.Happened(new CommittedEvent(
            Payment, new AttemptEnded(At, 1, new Outcome(OutcomeClass.Success, Landing.Landed, "00"))));

        var body = _outcomes.Of(Channel);

        Assert.Equal(
            [("unknown", "timeout", 2), ("success", "00", 1)],
            body.Items.Select(item => (item.Class, item.Code, (int)item.Count)));
        Assert.All(body.Items, item => Assert.Equal(Payment.Id.Value, item.Payment));
        Assert.Empty(_outcomes.Of(new ChannelId("zulu")).Items);
        Assert.NotEqual(new LiveOutcomes().Of(Channel).Run, body.Run);
    }

    [Fact]
    public void A_channel_that_makes_up_codes_does_not_fill_the_memory()
    {
        for (var code = 0; code < 1_000; code++)
        {
            Unresolved($"X{code}");
        }

        var items = _outcomes.Of(Channel).Items;
        Assert.InRange(items.Count, 1, 65);
        Assert.Equal(1_000, items.Sum(item => item.Count));
    }

    [Fact]
    public void It_listens_only_while_somebody_looks()
    {
        Assert.False(_outcomes.Listens);
        _outcomes.Watch();
        _outcomes.Watch();
        _outcomes.Leave();
        Assert.True(_outcomes.Listens);
        _outcomes.Leave();
        Assert.False(_outcomes.Listens);
    }

    private static ChannelId Channel => Payment.Attempt(1)!.Channel;

    private void Unresolved(string code) =>
        _outcomes.Happened(new CommittedEvent(Payment, new AttemptUnresolved(At, 1, Outcome.Unknown(code))));
}
