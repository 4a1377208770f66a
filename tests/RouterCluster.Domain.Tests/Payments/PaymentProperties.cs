using CsCheck;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Payments;

public sealed class PaymentProperties
{
    private const int Runs = 3000;

    private static readonly Gen<Outcome> AnyOutcome =
        from @class in Gen.OneOf(Enum.GetValues<OutcomeClass>())
        from landing in Gen.OneOf(Enum.GetValues<Landing>())
        from code in Gen.OneOf("a", "b")
        select new Outcome(@class, landing, code);

    private static readonly Gen<Outcome> UsualOutcome = Gen.OneOf(Success, Unknown, Maintenance, LaneFull, NotFound, NoFunds);

    private static readonly Gen<DateTimeOffset> AnyMoment =
        Gen.Double[0, 700].Select(after => Start + TimeSpan.FromSeconds(after));

    private static readonly Gen<PaymentCommand> AnyCommand = Gen.Frequency(
        (8, from outcome in Gen.Frequency((1, AnyOutcome), (2, UsualOutcome))
            from no in Gen.Int[1, 4]
            from final in Gen.Bool
            from next in Gen.OneOf<ChannelId?>(null, Alpha, Bravo)
            from hold in Gen.Bool
            from after in Gen.Double[0, 700]
            from byNotice in Gen.Bool
            select (PaymentCommand)Told(outcome, no, next, hold, final && !byNotice, after, byNotice)),
        (1, Gen.Select(AnyMoment, Gen.Int[1, 4]).Select((at, no) => (PaymentCommand)new SuspendUnknown(at, no))),
        (1, AnyMoment.Select(at => (PaymentCommand)new StartAttempt(at, At(Bravo)))),
        (1, AnyMoment.Select(at => (PaymentCommand)new EndWithoutChannel(at))),
        (1, Gen.Const((PaymentCommand)Accept())));

    private static readonly Gen<(Product Product, PaymentCommand[] Commands)> AnyRun =
        Gen.Select(Gen.OneOf(Product.Withhold, Product.Payout), AnyCommand.Array[0, 25]);

    [Fact]
    public void No_sequence_of_commands_breaks_the_law() => AnyRun.Sample(run => Run(run, Lawful), iter: Runs);

    [Fact]
    public void Every_command_twice_is_every_command_once() => AnyRun.Sample(
        run => Run(run, (_, command, after) => Assert.Empty(after.Decide(command).Events)), iter: Runs);

    [Fact]
    public void Folding_in_pieces_equals_folding_at_once() => Gen.Select(AnyRun, Gen.Int[0, 60]).Sample(
        (run, cut) =>
        {
            var events = Run(run, (_, _, _) => { });
            var kept = Math.Min(cut, events.Count);
            var pieces = Fold(Fold(null, events.Take(kept)), events.Skip(kept));
            Assert.Equal(Fold(null, events)!.Describe(), pieces!.Describe());
        },
        iter: Runs / 3);

    private static void Lawful(Payment before, PaymentCommand command, Payment after)
    {
        Assert.True(after.Attempts.Count(attempt => attempt.State != AttemptState.Failed) <= 1, "two attempts may hold money");
        Assert.All(after.Attempts.SkipLast(1), attempt => Assert.Equal(AttemptState.Failed, attempt.State));
        Assert.All(
            after.Attempts.Where(attempt => attempt.State == AttemptState.Failed),
            attempt => Assert.True(attempt.Outcome.IsDefiniteFailure()));
        Assert.True(!before.IsFinal || (after.State == before.State && after.Attempts.Length == before.Attempts.Length));
        switch (after.State)
        {
            case PaymentState.Failed:
                Assert.All(after.Attempts, attempt => Assert.Equal(AttemptState.Failed, attempt.State));
                break;
            case PaymentState.Closed:
                Assert.All(after.Attempts, attempt => Assert.Equal(Landing.NotSent, attempt.Outcome.Landing));
                break;
            case PaymentState.Succeeded:
                Assert.True(after.Attempts[^1].Outcome.IsSuccess());
                Assert.True(before.IsFinal || !IsPayoutsNotice(before, command), "a payout succeeded by its notice alone");
                break;
            case PaymentState.Accepted:
                Assert.Null(after.OpenAttempt);
                break;
            case PaymentState.Processing:
                Assert.NotNull(after.OpenAttempt);
                break;
        }

        if (after.Attempts.Length > before.Attempts.Length && before.Attempts.Length > 0)
        {
            Assert.True(after.Attempts[^2].Outcome.MayTryAnotherChannel());
            Assert.True(command.At < after.ExpiresAt);
            var reached = after.Attempts.SkipLast(1).Count(attempt => attempt.Outcome.Landing != Landing.NotSent);
            Assert.True(reached < Rules.MaxAttempts);
        }
    }

    private static bool IsPayoutsNotice(Payment payment, PaymentCommand command) =>
        payment.Content.Product == Product.Payout && command is RecordOutcome { ByNotice: true };

    private static List<PaymentEvent> Run(
        (Product Product, PaymentCommand[] Commands) run, Action<Payment, PaymentCommand, Payment> check)
    {
        var events = new List<PaymentEvent>(PaymentLaw.Decide(Rules, null, Accept(run.Product)).Events);
        var payment = Fold(null, events)!;
        foreach (var command in run.Commands)
        {
            var decision = payment.Decide(command);
            var after = Fold(payment, decision.Events)!;
            check(payment, command, after);
            events.AddRange(decision.Events);
            payment = after;
        }

        return events;
    }
}
