using RouterCluster.Cluster.Tests.Judging;
using RouterCluster.Cluster.Tests.Merchants;
using Xunit.Abstractions;

namespace RouterCluster.Cluster.Tests.Law;

[Collection(LawFixture.Collection)]
public sealed class When_the_customer_cannot_pay(LawFixture law, ITestOutputHelper output) : IDisposable
{
    private const string Channel = "customers";
    private const int Payments = 40;

    public void Dispose() => law.Node.WriteLog(output);

    [Fact]
    public async Task The_payment_fails_at_once_and_the_channel_keeps_its_good_name()
    {
        var good = await PayAsync(10);
        Assert.All(good, payment => Assert.Equal("succeeded", payment.State));
        await law.Psp.SetAsync(Channel, new { customer_failure_rate = 1.0 });

        // More than breaker.minimum-calls: a breaker that took them for faults would have opened.
        var declined = await PayAsync(Payments);

        var met = declined.Where(payment => payment.Attempts[0].Channel == Channel).ToList();
        Assert.True(met.Count >= Payments / 2, $"Only {met.Count} payments met the channel.");
        Assert.All(met, payment => Assert.Equal(
            ("failed", 1, Channel), (payment.State, payment.Attempts.Length, payment.Channel)));
        Assert.All(met, payment => Assert.Contains(
            payment.Failure!.Class,
            new[] { "customer_funds", "customer_card", "customer_identity", "customer_limit", "issuer_declined" }));
        var channel = await law.Node.ChannelAsync(Channel);
        Assert.Equal(("closed", 1.0), (channel.Submit.Breaker, channel.SuccessRate));
    }

    private async Task<List<SeenPayment>> PayAsync(int count)
    {
        var statement = new Statement();
        await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
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
