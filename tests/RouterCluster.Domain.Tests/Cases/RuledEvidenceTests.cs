using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Tests.Payments;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Cases.DecisionFixtures;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Cases;

/// <summary>What people had before them when they ruled does not bring them back each time that it is said again.</summary>
public sealed class RuledEvidenceTests
{
    [Fact]
    public void S10_a_late_success_that_people_ruled_upon_opens_no_case_when_it_is_said_again()
    {
        var ruled = After(Accept(), Told(NoFunds), Told(Success, after: 60)).Decided(ProposedOutcome.Failed);
        Assert.Empty(ruled.Decide(Told(Success, after: 9999)).Events);
        Assert.Empty(ruled.Decide(Told(Success with { ChannelOrderNo = null }, after: 9999)).Events);
    }

    [Fact]
    public void S10_a_late_failure_that_people_ruled_upon_opens_no_case_and_another_one_does()
    {
        var ruled = After(Accept(), Told(Success), Told(NoFunds, after: 60)).Decided(ProposedOutcome.Succeeded);
        Assert.Empty(ruled.Decide(Told(NoFunds, after: 9999)).Events);
        Assert.Single(ruled.Then(Told(NoFunds with { Code = "61" }, after: 9999)).OpenCases);
    }

    [Theory]
    [InlineData(ProposedOutcome.Failed)]
    [InlineData(ProposedOutcome.Succeeded)]
    public void S10_of_a_contradiction_that_people_ruled_upon_neither_word_opens_a_case_again(ProposedOutcome ruling)
    {
        var disputed = After(Accept(Product.Payout), Told(Success, byNotice: true), Told(NoFunds, after: 5));
        Assert.Equal(CaseReason.NoticeContradicted, Assert.Single(disputed.OpenCases).Reason);
        var ruled = disputed.Decided(ruling);
        Assert.Empty(ruled.Decide(Told(Success, after: 9999, byNotice: true)).Events);
        Assert.Empty(ruled.Decide(Told(NoFunds, after: 9999)).Events);
    }

    [Fact]
    public void S10_a_channel_that_returns_to_its_first_word_after_a_ruling_opens_one_case()
    {
        var ruled = After(Accept(), Told(NoFunds), Told(Success, after: 60)).Decided(ProposedOutcome.Succeeded);
        var back = ruled.Then(Told(NoFunds, after: 9999));
        Assert.Equal(CaseReason.LateFailure, Assert.Single(back.OpenCases).Reason);
        Assert.Empty(back.Decided(ProposedOutcome.Failed, after: 10_000).Decide(Told(NoFunds, after: 10_001)).Events);
    }

    [Fact]
    public void S10_what_people_had_not_heard_when_they_ruled_is_new()
    {
        var ruled = Unfound().Decided(ProposedOutcome.Failed);
        Assert.Single(ruled.Then(Told(Success, after: 9999)).OpenCases);
    }

    [Fact]
    public void S10_to_go_on_asking_is_no_ruling()
    {
        var both = After(Accept(), Told(Maintenance, next: Bravo), Told(Success, 1, after: 20));
        var asked = both.Decided(ProposedOutcome.KeepAsking);
        Assert.Equal(CaseReason.LateSuccess, Assert.Single(asked.Then(Told(Success, 1, after: 9999)).OpenCases).Reason);
    }
}
