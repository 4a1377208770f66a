using RouterCluster.Cluster.Tests.Merchants;

namespace RouterCluster.Cluster.Tests.Judging;

/// <summary>Each list names the payments, or the channels' orders, with which something is wrong.</summary>
internal sealed record Verdict(
    int Payments,
    int Succeeded,
    int Failed,
    int Suspended,
    IReadOnlyList<string> AcknowledgedLost,
    IReadOnlyList<string> RefusedButStored,
    IReadOnlyList<string> DoubleMoney,
    IReadOnlyList<string> FailedWithMoney,
    IReadOnlyList<string> SucceededWithoutMoney,
    IReadOnlyList<string> SentTwice,
    IReadOnlyList<string> NobodysOrders)
{
    public static Verdict Of(
        Statement statement, IReadOnlyDictionary<string, SeenPayment> payments,
        IReadOnlyDictionary<(string Channel, string OrderNo), (int Submits, int Moved)> books)
    {
        var attempts = payments.Values.SelectMany(payment => payment.Attempts).Select(KeyOf).ToHashSet();
        int Money(SeenPayment payment) => payment.Attempts.Sum(attempt => books.GetValueOrDefault(KeyOf(attempt)).Moved);
        List<string> Where(Func<SeenPayment, bool> isSo) => [.. payments.Values.Where(isSo).Select(payment => payment.OrderNo)];
        return new Verdict(
            payments.Count,
            payments.Values.Count(payment => payment.State == "succeeded"),
            payments.Values.Count(payment => payment.State == "failed"),
            payments.Values.Count(payment => payment.State == "suspended"),
            [.. statement.Acknowledged.Where(orderNo => !payments.ContainsKey(orderNo))],
            [.. statement.Refused.Where(payments.ContainsKey)],
            Where(payment => Money(payment) > 1),
            Where(payment => payment.State is "failed" or "closed" && Money(payment) > 0),
            Where(payment => payment.State == "succeeded" && Money(payment) != 1),
            [.. books.Where(order => order.Value.Submits > 1).Select(order => order.Key.ToString())],
            [.. books.Keys.Where(order => !attempts.Contains(order)).Select(order => order.ToString())]);
    }

    public void IsTruthful()
    {
        Assert.True(Payments > 0, "No payment was made.");
        Assert.Empty(AcknowledgedLost);
        Assert.Empty(RefusedButStored);
        Assert.Empty(DoubleMoney);
        Assert.Empty(FailedWithMoney);
        Assert.Empty(SucceededWithoutMoney);
        Assert.Empty(SentTwice);
        Assert.Empty(NobodysOrders);
    }

    public override string ToString() =>
        $"{Payments} payments: {Succeeded} succeeded, {Failed} failed, {Suspended} suspended; "
        + $"acknowledged and lost {AcknowledgedLost.Count}, double money {DoubleMoney.Count}, "
        + $"failed with money {FailedWithMoney.Count}, sent twice {SentTwice.Count}";

    private static (string Channel, string OrderNo) KeyOf(SeenAttempt attempt) => (attempt.Channel, attempt.OrderNo);
}
