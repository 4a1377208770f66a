using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Cases.DecisionFixtures;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Cases;

/// <summary>What makes a frozen list, and who may settle it.</summary>
public sealed class BulkDeciderTests
{
    private static readonly CaseFilter All = new(null, null, null, null, null, null);
    private static readonly DateTimeOffset Now = Start + TimeSpan.FromHours(1);

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    public static TheoryData<CaseFilter, bool> Filters => new()
    {
        { All, true },
        { All with { Channel = Alpha }, true },
        { All with { Channel = Bravo }, false },
        { All with { Merchant = new MerchantId("demo") }, true },
        { All with { Merchant = new MerchantId("other") }, false },
        { All with { Reason = CaseReason.PayoutNotFound }, true },
        { All with { Reason = CaseReason.LateSuccess }, false },
        { All with { OlderThan = TimeSpan.FromHours(1) }, true },
        { All with { OlderThan = TimeSpan.FromHours(2) }, false },
        { All with { Product = Product.Payout }, true },
        { All with { Product = Product.Withhold }, false },
        { All with { MaxAmount = 100 }, true },
        { All with { MaxAmount = 99 }, false },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public void A_filter_takes_what_fits_all_that_it_names(CaseFilter filter, bool takes)
    {
        Assert.Equal(takes, filter.Takes(Unfound(), Now));
        Assert.False(filter.Takes(Unfound().Then(Told(Success, after: 60)), Now));
        Assert.Equal(filter == All, filter.IsEmpty);
    }

    [Fact]
    public void A_list_is_frozen_with_count_sum_and_a_digest_of_every_payment()
    {
        var (first, second) = (Unfound(), Other(Unfound()));
        var frozen = BulkDecider.Freeze(Wanted(), [first, second], 2);
        Assert.Equal((2, new Money(200, new Currency("CNY"))), (frozen.Proposal!.Count, frozen.Proposal.Total));
        Assert.Equal([1, 2], frozen.Items.Select(item => item.No));
        Assert.All(frozen.Items, item => Assert.Equal(BulkItemState.Waiting, item.State));
        Assert.Equal(
            frozen.Items.ToDictionary(item => item.Payment, item => item.Content),
            new[] { first, second }.ToDictionary(payment => payment.Id, ContentDigest.Of));

        string[] digests =
        [
            frozen.Proposal.Digest,
            Digest(Wanted(), first),
            Digest(Wanted(), first, second with { State = PaymentState.Failed }),
            Digest(Wanted() with { Outcome = ProposedOutcome.Succeeded }, first, second),
            Digest(Wanted() with { Evidence = "other" }, first, second),
            Digest(Wanted() with { By = Anna }, first, second),
            Digest(Wanted() with { By = Oscar with { Name = "anna" } }, first, second),
            Digest(Wanted() with { By = Oscar with { TokenMark = "t-anna" } }, first, second),
            Digest(Wanted() with { Reason = "other" }, first, second),
            Digest(Wanted() with { At = Now + Moment, ExpiresAfter = Day - Moment }, first, second),
            Digest(Wanted() with { ExpiresAfter = Day + Moment }, first, second),
        ];
        Assert.Distinct(digests);
        Assert.Equal(digests[0], Digest(Wanted(), second, first));
    }

    [Fact]
    public void A_frozen_list_keeps_what_was_wanted_and_waits_for_its_time()
    {
        var frozen = BulkDecider.Freeze(Wanted(), [Unfound()], 1).Proposal!;
        Assert.Equal(
            new BulkProposal(
                frozen.Id, Wanted().Filter, ProposedOutcome.Failed, "alpha was down", "statement", Oscar, Now, Now + Day, 1,
                new Money(100, new Currency("CNY")), frozen.Digest, ProposalState.Pending, null),
            frozen);
        Assert.Equal($"bulk_{frozen.Digest[..20]}", frozen.Id);
    }

    /// <summary>A list that waits over an update of the program is approved after it.</summary>
    [Fact]
    public void A_stored_lists_digest_stays_what_it_is() => Assert.Equal(
        "d5c1eaa96541ba8811385bd077e74428accaef128ebdea0432e109309b3376c4", Digest(Wanted(), Unfound()));

    [Fact]
    public void A_list_is_over_at_its_end_and_not_before()
    {
        var bulk = BulkDecider.Freeze(Wanted(), [Unfound()], 1).Proposal!;
        Assert.Equal(bulk, BulkDecider.AsOf(bulk, Now + Day - TimeSpan.FromTicks(1)));
        Assert.Equal(
            bulk with { State = ProposalState.Expired, Settled = new Settlement(Now + Day, null, null) },
            BulkDecider.AsOf(bulk, Now + Day));
    }

    [Fact]
    public void A_list_has_payments_of_one_currency_and_not_too_many()
    {
        Assert.Equal(BulkRefusal.NothingMatches, BulkDecider.Freeze(Wanted(), [], 2).Refusal);
        Assert.Equal(BulkRefusal.TooMany, BulkDecider.Freeze(Wanted(), [Unfound(), Other(Unfound())], 1).Refusal);
        var dollars = Other(Unfound());
        dollars = dollars with { Content = dollars.Content with { Amount = new Money(1, new Currency("USD")) } };
        Assert.Equal(BulkRefusal.SeveralCurrencies, BulkDecider.Freeze(Wanted(), [Unfound(), dollars], 2).Refusal);
    }

    [Fact]
    public void A_filter_by_reason_takes_what_has_another_case_too()
    {
        var payment = Unfound();
        payment = payment with { Cases = payment.Cases.Add(payment.Cases[0] with { Reason = CaseReason.LateFailure }) };
        Assert.True((All with { Reason = CaseReason.LateFailure }).Takes(payment, Now));
        Assert.True((All with { Reason = CaseReason.PayoutNotFound }).Takes(payment, Now));
    }

    [Fact]
    public void A_sum_that_is_too_large_is_none()
    {
        var payment = Unfound();
        var rich = payment with { Content = payment.Content with { Amount = new Money(long.MaxValue, new Currency("CNY")) } };
        Assert.Throws<OverflowException>(() => BulkDecider.Freeze(Wanted(), [Other(payment), rich], 2));
    }

    [Fact]
    public void Items_are_in_the_order_of_their_numbers()
    {
        var payments = new[] { Unfound(), Other(Unfound()) }
            .OrderBy(payment => payment.Id.Value, StringComparer.Ordinal)
            .ToList();
        var items = BulkDecider.Freeze(Wanted(), [payments[1], payments[0]], 2).Items;
        Assert.Equal(payments.Select(payment => payment.Id), items.Select(item => item.Payment));
        Assert.Equal([100, 100], items.Select(item => item.Amount));
    }

    [Fact]
    public void S10_a_list_is_settled_by_another_person_in_time_with_its_digest()
    {
        var bulk = BulkDecider.Freeze(Wanted(), [Unfound()], 1).Proposal!;
        Assert.Null(BulkDecider.MaySettle(bulk, Anna, Now, bulk.Digest));
        Assert.Null(BulkDecider.MaySettle(bulk, Anna, Now, null));
        Assert.Equal(PaymentRefusal.SamePerson, BulkDecider.MaySettle(bulk, Oscar, Now, bulk.Digest));
        Assert.Equal(PaymentRefusal.WrongDigest, BulkDecider.MaySettle(bulk, Anna, Now, "other"));
        Assert.Equal(PaymentRefusal.ProposalExpired, BulkDecider.MaySettle(bulk, Anna, Now + Day, bulk.Digest));
        Assert.Equal(ProposalState.Expired, BulkDecider.AsOf(bulk, Now + Day).State);
        var rejected = bulk with { State = ProposalState.Rejected };
        Assert.Equal(PaymentRefusal.ProposalSettled, BulkDecider.MaySettle(rejected, Anna, Now, bulk.Digest));
        Assert.Equal(rejected, BulkDecider.AsOf(rejected, Now + Day));
    }

    private static string Digest(BulkRequest wanted, params Payment[] payments) =>
        BulkDecider.Freeze(wanted, payments, 9).Proposal!.Digest;

    private static Payment Other(Payment payment) => payment with { Id = IdOf("A-2") };

    private static BulkRequest Wanted() => new(
        All with { Channel = Alpha }, ProposedOutcome.Failed, "alpha was down", "statement", Oscar, Now, Day);
}
