using RouterCluster.Domain.Books;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books;

public sealed class UnknownCountTests
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(15);

    [Fact]
    public void Ages_and_amounts_are_counted_by_channel_merchant_and_currency()
    {
        var book = new BookHarness();
        book.Accept(amount: 100);
        book.Tell(Unknown);
        var payment = book.Read();
        var started = payment.OpenAttempt!.StartedAt;
        var sums = new[] { 30, 90, 601, 3601 }.Select(seconds =>
        {
            var count = new UnknownCount(started.AddSeconds(seconds), _ => AnswersWithin);
            count.Add(payment);
            count.Add(payment);
            var (kind, sum) = Assert.Single(count.Sums);
            Assert.Equal(
                new UnknownCount.Kind(Alpha, payment.Content.Merchant, payment.Content.Amount.Currency), kind);
            Assert.Equal((2, 200L, TimeSpan.FromSeconds(seconds)), (sum.Count, sum.Amount, sum.Oldest));
            return sum.ByAge.Select(band => band.Count);
        }).ToArray();

        Assert.Equal<IEnumerable<int>>([[2, 0, 0, 0], [0, 2, 0, 0], [0, 0, 2, 0], [0, 0, 0, 2]], sums);
    }

    [Fact]
    public void What_may_still_be_answered_and_what_has_ended_is_not_unknown()
    {
        var book = new BookHarness();
        book.Accept();
        var payment = book.Read();
        var until = payment.OpenAttempt!.SendBefore + AnswersWithin;

        Assert.False(new UnknownCount(until, _ => AnswersWithin).IsUnknown(payment));
        Assert.True(new UnknownCount(until.AddMilliseconds(1), _ => AnswersWithin).IsUnknown(payment));

        book.Tell(Success);
        Assert.False(new UnknownCount(until.AddDays(1), _ => AnswersWithin).IsUnknown(book.Read()));
    }
}
