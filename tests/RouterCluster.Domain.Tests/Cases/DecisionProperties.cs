using CsCheck;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Tests.Payments;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Cases.DecisionFixtures;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Cases;

/// <summary>People and channels speaking in any order.</summary>
public sealed class DecisionProperties
{
    private const int Runs = 2000;

    private static readonly Person[] People = [Oscar, Anna, new("maria", "t-maria")];

    private static readonly Gen<double> AnyTime = Gen.Double[0, 4 * 86400];

    private static readonly Gen<Func<Payment, PaymentCommand>> AnyEvidence =
        from outcome in Gen.OneOf(Success, Unknown, Processing, Maintenance, NotFound, NoFunds)
        from no in Gen.Int[1, 3]
        from next in Gen.OneOf<ChannelId?>(null, Bravo)
        from after in Gen.Double[0, 500]
        select (Func<Payment, PaymentCommand>)(_ => Told(outcome, no, next, final: true, after: after));

    private static readonly Gen<Func<Payment, PaymentCommand>> AnyWord =
        from who in Gen.OneOf(People)
        from outcome in Gen.Enum<ProposedOutcome>()
        from no in Gen.Int[1, 6]
        from kind in Gen.Int[0, 6]
        from after in AnyTime
        select (Func<Payment, PaymentCommand>)(payment => kind switch
        {
            0 or 1 => Propose(outcome, who, after),
            2 or 3 or 4 => Approve(payment, no, who, after),
            5 => Reject(no, who, after),
            _ => new ExpireDecisions(Start + TimeSpan.FromSeconds(after)),
        });

    private static readonly Gen<Func<Payment, PaymentCommand>[]> AnyRun =
        Gen.Frequency((1, AnyEvidence), (2, AnyWord)).Array[0, 40];

    [Fact]
    public void S10_final_states_change_only_by_two_people_and_decided_payments_never_send() => AnyRun.Sample(
        run => Run(run, (before, command, events, after) =>
        {
            var isApproved = events.OfType<DecisionApproved>().Any();
            Assert.True(!before.IsFinal || before.State == after.State || isApproved, "a final state was overwritten");
            Assert.True(!isApproved || before.NeedsDecision, "there was nothing to decide");
            Assert.True(!before.IsDecided || after.Attempts.Length == before.Attempts.Length, "a decided payment was sent");
            Assert.All(
                after.Proposals.Where(proposal => proposal.State is ProposalState.Approved or ProposalState.Rejected),
                proposal => Assert.False(proposal.By.IsSameAs(proposal.Settled!.By!), "one person settled it"));
            Assert.True(!isApproved || !after.OpenCases.Any(), "a decision left a case open");
        }),
        iter: Runs);

    [Fact]
    public void Every_command_twice_is_every_command_once() => AnyRun.Sample(
        run => Run(run, (_, command, events, after) =>
        {
            if (events.Count > 0)
            {
                Assert.Empty(after.Decide(command).Events);
            }
        }),
        iter: Runs);

    [Fact]
    public void Folding_in_pieces_equals_folding_at_once() => Gen.Select(AnyRun, Gen.Int[0, 80]).Sample(
        (run, cut) =>
        {
            var events = Run(run, (_, _, _, _) => { });
            var kept = Math.Clamp(cut, 1, events.Count);
            Assert.Equal(
                Fold(null, events)!.Describe(), Fold(Fold(null, events.Take(kept)), events.Skip(kept))!.Describe());
        },
        iter: Runs / 2);

    private static List<PaymentEvent> Run(
        Func<Payment, PaymentCommand>[] run,
        Action<Payment, PaymentCommand, IReadOnlyList<PaymentEvent>, Payment> check)
    {
        var events = new List<PaymentEvent>(PaymentLaw.Decide(Rules, null, Accept(Product.Payout)).Events);
        var payment = Fold(null, events)!;
        foreach (var next in run)
        {
            var command = next(payment);
            var decision = payment.Decide(command);
            var after = Fold(payment, decision.Events)!;
            check(payment, command, decision.Events, after);
            events.AddRange(decision.Events);
            payment = after;
        }

        return events;
    }
}
