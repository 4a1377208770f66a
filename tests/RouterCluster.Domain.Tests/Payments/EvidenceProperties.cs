using CsCheck;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Payments;

/// <summary>What evidence adds up to, whatever the order and the number in which it comes.</summary>
public sealed class EvidenceProperties
{
    private const int Runs = 1500;

    private static readonly Outcome[] Open = [Unknown, Processing, NotFound, Unknown with { Code = "reset" }];

    private static readonly Gen<RecordOutcome[]> Noise = Gen.Select(Gen.OneOf(Open), Gen.Bool)
        .Select((outcome, byNotice) => Told(outcome, next: Bravo, byNotice: byNotice)).Array[0, 6];

    private static readonly Gen<Outcome> Truth = Gen.OneOf(Success, NoFunds);

    [Theory]
    [InlineData(Product.Withhold)]
    [InlineData(Product.Payout)]
    public void S10_evidence_that_does_not_contradict_gives_the_same_end_in_any_order(Product product) =>
        Gen.Select(Noise, Truth, Gen.Int[1, 3], Gen.Int[0, 3], Gen.Int[0, 1_000_000]).Sample(
            (noise, truth, answers, notices, seed) =>
            {
                RecordOutcome[] evidence =
                [
                    .. noise,
                    .. Enumerable.Repeat(Told(truth, next: Bravo), answers),
                    .. Enumerable.Repeat(Told(truth, next: Bravo, byNotice: true), notices),
                ];
                new Random(seed).Shuffle(evidence);
                var payment = After([Accept(product), .. evidence]);
                Assert.Equal(truth.IsSuccess() ? PaymentState.Succeeded : PaymentState.Failed, payment.State);
                Assert.Null(Assert.Single(payment.Attempts).Claim);
                Assert.Empty(payment.Cases);
            },
            iter: Runs);

    [Fact]
    public void S10_a_payouts_notices_alone_make_the_same_claim_in_any_order() =>
        Gen.Select(Noise, Truth, Gen.Int[1, 4], Gen.Int[0, 1_000_000]).Sample(
            (noise, truth, notices, seed) =>
            {
                RecordOutcome[] evidence = [.. noise, .. Enumerable.Repeat(Told(truth, next: Bravo, byNotice: true), notices)];
                new Random(seed).Shuffle(evidence);
                var payment = After([Accept(Product.Payout), .. evidence]);
                Assert.Equal((PaymentState.Processing, truth), (payment.State, payment.OpenAttempt!.Claim));
                Assert.Empty(payment.Cases);
            },
            iter: Runs);

    [Theory]
    [InlineData(Product.Withhold)]
    [InlineData(Product.Payout)]
    public void S11_evidence_that_contradicts_never_goes_unseen(Product product) =>
        Gen.Select(Noise, Gen.Bool, Gen.Bool, Gen.Int[0, 1_000_000]).Sample(
            (noise, firstByNotice, secondByNotice, seed) =>
            {
                RecordOutcome[] evidence =
                [
                    .. noise,
                    Told(Success, next: Bravo, byNotice: firstByNotice),
                    Told(NoFunds, next: Bravo, byNotice: secondByNotice),
                ];
                new Random(seed).Shuffle(evidence);
                var payment = After([Accept(product), .. evidence]);
                Assert.NotEmpty(payment.Cases);
                Assert.Single(payment.Attempts);

                // Whatever contradicts before there is an end leaves the end to people.
                var isClaimed = product == Product.Payout && firstByNotice && secondByNotice;
                Assert.True(!isClaimed || payment.State == PaymentState.Suspended);
            },
            iter: Runs);

    [Fact]
    public void Suspension_for_age_alone_changes_nothing_of_the_end() => Gen.Select(Noise, Truth, Gen.Int[0, 6]).Sample(
        (noise, truth, at) =>
        {
            List<PaymentCommand> story = [.. noise, Told(truth)];
            story.Insert(Math.Min(at, noise.Length), new SuspendUnknown(Start, 1));
            var payment = After([Accept(), .. story]);
            Assert.Equal(truth.IsSuccess() ? PaymentState.Succeeded : PaymentState.Failed, payment.State);
            Assert.Equal(CaseReason.UnknownTooLong, Assert.Single(payment.Cases).Reason);
        },
        iter: Runs);

    [Fact]
    public void S10_a_payouts_claim_that_is_refuted_while_people_look_at_another_attempt_is_shown_to_them_too()
    {
        var first = After(Accept(Product.Payout), Told(Maintenance, next: Bravo), Told(Success, no: 1, after: 2));
        Assert.Equal(PaymentState.Suspended, first.State);
        var claimed = Fold(first, first.Decide(Told(Success, no: 2, after: 3, byNotice: true)).Events)!;
        var refuted = Fold(claimed, claimed.Decide(Told(Maintenance, no: 2, after: 4)).Events)!;
        Assert.Equal(
            [(CaseReason.LateSuccess, 1), (CaseReason.NoticeContradicted, 2)],
            refuted.Cases.Select(known => (known.Reason, known.AttemptNo)));
        Assert.Equal((PaymentState.Suspended, AttemptState.Failed), (refuted.State, refuted.Attempts[1].State));
    }

    [Fact]
    public void A_payment_that_is_suspended_by_contradiction_is_not_ended_by_what_comes_after()
    {
        var contested = After(
            Accept(Product.Payout), Told(Success, byNotice: true), Told(NoFunds, byNotice: true), new SuspendUnknown(Start, 1));
        Assert.Equal(PaymentState.Suspended, contested.State);
        var told = Fold(contested, contested.Decide(Told(Success, after: 9)).Events)!;
        Assert.Equal((PaymentState.Suspended, AttemptState.Succeeded), (told.State, told.Attempts[0].State));
        Assert.Equal(CaseReason.NoticeContradicted, Assert.Single(told.Cases).Reason);
    }
}
