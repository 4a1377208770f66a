using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using static RouterCluster.Domain.Tests.Cases.DecisionFixtures;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Cases;

/// <summary>What is not in the digest may change between one person's look and the other's approval.</summary>
public sealed class ContentDigestTests
{
    public static TheoryData<string, Func<Payment, Payment>> Changes => new()
    {
        { "id", payment => payment with { Id = IdOf("A-2") } },
        { "state", payment => payment with { State = PaymentState.Failed } },
        { "failure's class", payment => payment with { Failure = payment.Failure! with { Class = OutcomeClass.Risk } } },
        { "failure's code", payment => payment with { Failure = payment.Failure! with { Code = "52" } } },
        { "failure's channel", payment => payment with { Failure = payment.Failure! with { Channel = Bravo } } },
        { "attempt's number", Attempt(attempt => attempt with { No = 2 }) },
        { "attempt's channel", Attempt(attempt => attempt with { Channel = Bravo }) },
        { "attempt's order number", Attempt(attempt => attempt with { OrderNo = "other" }) },
        { "attempt's state", Attempt(attempt => attempt with { State = AttemptState.Succeeded }) },
        { "attempt's decision", Attempt(attempt => attempt with { DecidedBy = 2 }) },
        { "outcome's class", Told(outcome => outcome with { Class = OutcomeClass.Unknown }) },
        { "outcome's landing", Told(outcome => outcome with { Landing = Landing.Maybe }) },
        { "outcome's code", Told(outcome => outcome with { Code = "06" }) },
        { "outcome's reference", Told(outcome => outcome with { ChannelOrderNo = "ch-2" }) },
        { "claim", Attempt(attempt => attempt with { Claim = null }) },
        { "claim's class", Attempt(attempt => attempt with { Claim = attempt.Claim! with { Class = OutcomeClass.Risk } }) },
        { "claim's code", Attempt(attempt => attempt with { Claim = attempt.Claim! with { Code = "01" } }) },
        { "case", payment => payment with { Cases = [] } },
        { "case's reason", Case(known => known with { Reason = CaseReason.LateFailure }) },
        { "case's attempt", Case(known => known with { AttemptNo = 2 }) },
        { "case's evidence", Case(known => known with { Evidence = "other" }) },
        { "case's time", Case(known => known with { OpenedAt = known.OpenedAt.AddMilliseconds(1) }) },
        { "case's decision", Case(known => known with { DecidedBy = 2 }) },
        { "approval", Proposal(proposal => proposal with { State = ProposalState.Expired }) },
        { "approval's number", Proposal(proposal => proposal with { No = 2 }) },
    };

    public static TheoryData<string, Func<Proposal, Proposal>> OtherProposals => new()
    {
        { "number", proposal => proposal with { No = 2 } },
        { "outcome", proposal => proposal with { Outcome = ProposedOutcome.Succeeded } },
        { "attempt", proposal => proposal with { AttemptNo = 1 } },
        { "name", proposal => proposal with { By = proposal.By with { Name = "anna" } } },
        { "token", proposal => proposal with { By = proposal.By with { TokenMark = "t-anna" } } },
        { "reason", proposal => proposal with { Reason = "other" } },
        { "evidence", proposal => proposal with { Evidence = "other" } },
        { "end", proposal => proposal with { ExpiresAt = proposal.ExpiresAt.AddMilliseconds(1) } },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void What_is_decided_upon_is_in_it(string what, Func<Payment, Payment> change) =>
        Assert.True(ContentDigest.Of(Full()) != ContentDigest.Of(change(Full())), what);

    [Theory]
    [MemberData(nameof(OtherProposals))]
    public void What_is_proposed_is_in_it(string what, Func<Proposal, Proposal> change)
    {
        var payment = Full();
        var proposal = payment.Proposals[0];
        Assert.True(ContentDigest.Of(payment, proposal) != ContentDigest.Of(payment, change(proposal)), what);
        var elsewhere = payment with { State = PaymentState.Failed };
        Assert.NotEqual(ContentDigest.Of(payment, proposal), ContentDigest.Of(elsewhere, proposal));
    }

    [Fact]
    public void What_nobody_decides_upon_is_not_in_it()
    {
        var digest = ContentDigest.Of(Full());
        Assert.Equal(digest, ContentDigest.Of(Full() with { UpdatedAt = Start.AddDays(1) }));
        Assert.Equal(digest, ContentDigest.Of(Case(known => known with { OpenedAt = known.OpenedAt.AddTicks(9) })(Full())));
        var proposed = Full();
        proposed = proposed with
        {
            Proposals = proposed.Proposals.Add(proposed.Proposals[0] with { No = 2, State = ProposalState.Pending }),
        };
        Assert.Equal(digest, ContentDigest.Of(proposed));
    }

    /// <summary>A proposal that waits over an update of the program is approved after it.</summary>
    [Fact]
    public void A_stored_digest_stays_what_it_is()
    {
        Assert.Equal(
            "073323a83743a2bf6a36e02ef3cbfbf6d139ffa18c32f7dd16d53ff10b1373e7",
            ContentDigest.Of(Full()));
        Assert.Equal(
            "1e9bb4f1ff07a485b071483ddcd8131b136564819974449738388d4e20111a80",
            ContentDigest.Of(Full(), Full().Proposals[0]));
    }

    private static Payment Full()
    {
        var payment = Unfound();
        var attempt = payment.Attempts[0] with
        {
            Outcome = Processing with { ChannelOrderNo = "ch-1" }, Claim = Success, DecidedBy = 1, State = AttemptState.Failed,
        };
        return payment with
        {
            Attempts = [attempt],
            Cases = [payment.Cases[0] with { DecidedBy = 1 }],
            Failure = new PaymentFailure(OutcomeClass.CustomerFunds, "51", Alpha, null),
            Proposals =
            [
                new Proposal(
                    1, ProposedOutcome.Failed, 0, Oscar, "the bank has written", "letter 17", Start, Start + Day, "", null,
                    ProposalState.Approved, null),
            ],
        };
    }

    private static Func<Payment, Payment> Attempt(Func<Attempt, Attempt> change) =>
        payment => payment with { Attempts = [change(payment.Attempts[0])] };

    private static Func<Payment, Payment> Told(Func<Outcome, Outcome> change) =>
        Attempt(attempt => attempt with { Outcome = change(attempt.Outcome) });

    private static Func<Payment, Payment> Case(Func<PaymentCase, PaymentCase> change) =>
        payment => payment with { Cases = [change(payment.Cases[0])] };

    private static Func<Payment, Payment> Proposal(Func<Proposal, Proposal> change) =>
        payment => payment with { Proposals = [change(payment.Proposals[0])] };
}
