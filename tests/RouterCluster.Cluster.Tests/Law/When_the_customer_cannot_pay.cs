using RouterCluster.Cluster.Tests.Judging;
using RouterCluster.Cluster.Tests.Merchants;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Law;

[Collection(LawFixture.Collection)]
public sealed class When_the_customer_cannot_pay(LawFixture law, ITestOutputHelper output) : IDisposable
{
    private const string Channel = "customers";

    /// <summary>Fewer than the channel's budget: what finds it full spills over to the next one.</summary>
    private const int AtOnce = 10;

    private const int Rounds = 10;

    /// <summary>More than <c>breaker.minimum-calls</c>: a breaker that took them for faults would have opened.</summary>
    private const int Declined = 30;

    public void Dispose() => law.Node.WriteLog(output);

    [Fact]
    public async Task The_payment_fails_at_once_and_the_channel_keeps_its_good_name()
    {
        var good = await PayAsync();
        Assert.All(good, payment => Assert.Equal("succeeded", payment.State));
        await law.Psp.SetAsync(Channel, new { customer_failure_rate = 1.0 });

        List<SeenPayment> declined = [];
        for (var round = 0; round < Rounds && declined.Count < Declined; round++)
        {
            declined.AddRange((await PayAsync()).Where(payment => payment.Attempts[0].Channel == Channel));
        }

        Assert.True(declined.Count >= Declined, $"Only {declined.Count} payments met the channel.");
        Assert.All(declined, payment => Assert.Equal(
            ("failed", 1, Channel), (payment.State, payment.Attempts.Length, payment.Channel)));
        Assert.All(declined, payment => Assert.Contains(
            payment.Failure!.Class,
            new[] { "customer_funds", "customer_card", "customer_identity", "customer_limit", "issuer_declined" }));
        var channel = await law.Node.ChannelAsync(Channel);
        Assert.Equal(("closed", 1.0), (channel.Submit.Breaker, channel.SuccessRate));
    }

    private async Task<List<SeenPayment>> PayAsync()
    {
        var statement = new Statement();
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            var orderNo = $"{Channel}-{Guid.NewGuid():N}";
            statement.Asked(orderNo);
            statement.Told(orderNo, await law.Node.Shop.PayAsync(orderNo, LawFixture.BankOf(Channel)));
        }));
        var (verdict, payments) = await new Judge(law.Node, law.Psp, LawFixture.Channels).JudgeSomeAsync(statement);
        verdict.IsTruthful();
        return payments;
    }
}
