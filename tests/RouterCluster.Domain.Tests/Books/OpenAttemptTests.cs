using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books;

/// <summary>What a configuration would leave without its account is counted before it is used.</summary>
public sealed class OpenAttemptTests
{
    private static readonly ChannelTarget Old = new("http-json", "psp.example/a", "M1");

    [Fact]
    public void Open_attempts_of_channels_and_accounts_that_are_gone_are_counted_with_their_sums()
    {
        var count = new OpenAttemptCount(new Dictionary<ChannelId, ChannelTarget> { [Alpha] = Old with { MerchantId = "M2" } });
        count.Add(Open(Alpha, 100));
        count.Add(Open(Alpha, 250));
        count.Add(Open(Bravo, 12_005));
        count.Add(After(Accept(), Told(Success)));

        var elsewhere = Assert.Single(count.SentElsewhere);
        Assert.Equal((Alpha, Old, 2), (elsewhere.Channel, elsewhere.Sent, elsewhere.Count));
        Assert.Equal(new Money(350, new Currency("CNY")), elsewhere.Amount);
        var gone = Assert.Single(count.WithoutChannel);
        Assert.Equal((Bravo, "1 open attempt (120.05 CNY)"), (gone.Channel, gone.Size));
    }

    [Fact]
    public void Nothing_is_said_of_attempts_that_are_where_they_were_sent_or_that_do_not_say_where()
    {
        var count = new OpenAttemptCount(new Dictionary<ChannelId, ChannelTarget> { [Alpha] = Old, [Bravo] = Old });
        count.Add(Open(Alpha, 100));
        count.Add(Open(Bravo, 100, target: null));
        Assert.Empty(count.SentElsewhere);
        Assert.Empty(count.WithoutChannel);
    }

    private static Payment Open(ChannelId channel, long amount) => Open(channel, amount, Old);

    private static Payment Open(ChannelId channel, long amount, ChannelTarget? target) => After(Accept() with
    {
        Content = Content(amount: amount),
        First = At(channel) with { Target = target },
    });
}
