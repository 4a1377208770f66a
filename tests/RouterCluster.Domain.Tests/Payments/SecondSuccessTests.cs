using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Tests.Cases;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Payments;

/// <summary>One order is paid once. Success of it under another reference is told of a second debit.</summary>
public sealed class SecondSuccessTests
{
    private static readonly Outcome Again = Success with { ChannelOrderNo = "ch-2" };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void S4_success_under_another_reference_opens_a_case_with_both(bool byNotice)
    {
        var payment = After(Accept(), Told(Success)).Then(Told(Again, after: 60, byNotice: byNotice));
        Assert.Equal(PaymentState.Succeeded, payment.State);
        var opened = Assert.Single(payment.OpenCases);
        Assert.Equal((CaseReason.SecondSuccess, 1), (opened.Reason, opened.AttemptNo));
        Assert.Contains("ch-1", opened.Evidence, StringComparison.Ordinal);
        Assert.Contains("ch-2", opened.Evidence, StringComparison.Ordinal);
        Assert.Equal(("ch-2", "ch-1"), (opened.Told?.ChannelOrderNo, opened.Against?.ChannelOrderNo));
        Assert.Equal("ch-1", payment.Attempts[0].Outcome.ChannelOrderNo);
    }

    [Fact]
    public void Success_under_the_same_reference_or_without_one_is_no_news()
    {
        var payment = After(Accept(), Told(Success));
        Assert.Empty(payment.Decide(Told(Success, after: 60)).Events);
        Assert.Empty(payment.Decide(Told(Success with { ChannelOrderNo = null }, after: 60)).Events);
        var without = After(Accept(), Told(Success with { ChannelOrderNo = null }));
        Assert.Empty(without.Decide(Told(Success, after: 60)).Events);
    }

    [Fact]
    public void A_second_debit_is_told_once_and_a_third_one_again()
    {
        var payment = After(Accept(), Told(Success)).Then(Told(Again, after: 60));
        Assert.Empty(payment.Decide(Told(Again, after: 61)).Events);
        Assert.Empty(payment.Decide(Told(Success, after: 61)).Events);
        Assert.Equal(2, payment.Then(Told(Success with { ChannelOrderNo = "ch-3" }, after: 62)).OpenCases.Count());
    }

    [Fact]
    public void References_without_end_do_not_fill_a_payment_with_cases()
    {
        var payment = After(Accept(), Told(Success));
        for (var no = 0; no < 100; no++)
        {
            payment = payment.Then(Told(Success with { ChannelOrderNo = $"made-up-{no}" }, after: 60));
        }

        Assert.InRange(payment.Cases.Length, 2, 20);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void S4_a_payouts_notice_and_its_query_that_name_two_references_are_two_debits(bool secondByNotice)
    {
        var claimed = After(Accept(Product.Payout), Told(Success, byNotice: true));
        var told = claimed.Then(Told(Again, after: 5, byNotice: secondByNotice));
        var ended = secondByNotice ? told.Then(Told(Success, after: 10)) : told;
        Assert.Equal(PaymentState.Succeeded, ended.State);
        Assert.Equal(CaseReason.SecondSuccess, Assert.Single(ended.OpenCases).Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void S4_two_successes_of_a_payout_that_contradict_its_notice_are_two_debits(bool secondByNotice)
    {
        var payment = After(Accept(Product.Payout), Told(NoFunds, byNotice: true), Told(Success, after: 5, byNotice: true))
            .Then(Told(Again, after: 10, byNotice: secondByNotice));
        Assert.Equal(
            [CaseReason.NoticeContradicted, CaseReason.SecondSuccess], payment.OpenCases.Select(known => known.Reason));
        Assert.Equal("ch-2", payment.OpenCases.Last().Told?.ChannelOrderNo);
        Assert.Empty(payment.Decide(Told(Again, after: 15, byNotice: true)).Events);
    }

    [Fact]
    public void S4_two_successes_of_an_attempt_that_was_booked_as_failed_are_two_debits()
    {
        var payment = After(Accept(), Told(NoFunds), Told(Success, after: 60), Told(Again, after: 120));
        Assert.Equal(
            [CaseReason.LateSuccess, CaseReason.SecondSuccess], payment.OpenCases.Select(known => known.Reason));
    }

    [Fact]
    public void S10_a_second_debit_on_which_people_have_ruled_is_not_opened_again_and_a_third_one_is()
    {
        var ruled = After(Accept(), Told(Success)).Then(Told(Again, after: 60)).Decided(ProposedOutcome.Succeeded);
        Assert.Empty(ruled.Decide(Told(Again, after: 9999)).Events);
        Assert.Single(ruled.Then(Told(Success with { ChannelOrderNo = "ch-3" }, after: 9999)).OpenCases);
    }
}
