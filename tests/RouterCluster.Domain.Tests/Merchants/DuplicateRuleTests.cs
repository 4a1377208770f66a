using System.Collections.Immutable;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Merchants;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Merchants;

public sealed class DuplicateRuleTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly AdmissionRules Rules = new(
        TimeSpan.Zero, TimeSpan.FromMinutes(10), StoreWithin: TimeSpan.FromSeconds(15), ClockSkew: TimeSpan.FromSeconds(4));

    private static readonly Sighting Other = new(
        default, PaymentId.For(new MerchantId("shop"), "A-1", 4, "salt"u8), "A-1", 1, At);

    private static readonly PaymentContent Content = new(
        new MerchantId("shop"), "A-1", Product.Withhold, new Money(1, new Currency("CNY")),
        new SealedAccount(new byte[] { 1 }, "6222", "ICBC"), ChannelMode.Sandbox, null,
        ImmutableSortedDictionary<string, string>.Empty, default);

    [Theory]
    [InlineData(0, true)]
    [InlineData(19, true)]
    [InlineData(20, false)]
    public void A_number_that_its_book_does_not_know_counts_while_it_may_still_be_stored(int seconds, bool isFirst) =>
        Assert.Equal(
            isFirst, DuplicateRule.IsFirst(Other, new BookAnswer.NoSuchPayment(), At + TimeSpan.FromSeconds(seconds), Rules));

    [Fact]
    public void A_number_of_which_nobody_can_tell_counts()
    {
        BookAnswer[] unclear = [new BookAnswer.StillAccepting(), new BookAnswer.OutOfReach()];

        Assert.All(unclear, answer => Assert.True(DuplicateRule.IsFirst(Other, answer, At + TimeSpan.FromMinutes(9), Rules)));
    }

    [Fact]
    public void A_sighting_counts_in_the_window_of_its_payment_however_often_it_was_asked_for() =>
        Assert.False(DuplicateRule.IsFirst(
            Other, new BookAnswer.Stored(Payment(PaymentState.Succeeded), false), At + TimeSpan.FromMinutes(11), Rules));

    [Theory]
    [InlineData(PaymentState.Failed, false)]
    [InlineData(PaymentState.Closed, false)]
    [InlineData(PaymentState.Accepted, true)]
    [InlineData(PaymentState.Suspended, true)]
    [InlineData(PaymentState.Succeeded, true)]
    [InlineData(PaymentState.Returned, true)]
    public void A_stored_number_counts_unless_no_money_moves_under_it(PaymentState state, bool isFirst) => Assert.Equal(
        isFirst,
        DuplicateRule.IsFirst(Other, new BookAnswer.Stored(Payment(state), false), At + TimeSpan.FromMinutes(9), Rules));

    private static Payment Payment(PaymentState state) =>
        new(Other.Payment, Content, state, null, [], [], At, At, At.AddMinutes(10));
}
