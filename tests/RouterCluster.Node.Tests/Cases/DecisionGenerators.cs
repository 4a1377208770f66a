using CsCheck;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Tests.Payments;
using static RouterCluster.Node.Tests.Payments.PaymentGenerators;

namespace RouterCluster.Node.Tests.Cases;

/// <summary>Anything that people could have said of a payment.</summary>
internal static class DecisionGenerators
{
    private static readonly Gen<DateTimeOffset> Moment = PaymentGenerators.Time;

    public static readonly Gen<Person> People = Gen.Select(Text, Text).Select((name, mark) => new Person(name, mark));

    public static readonly Gen<Proposal> Proposals = Gen.Select(
        Gen.Select(Gen.Int[0, 99], Gen.Enum<ProposedOutcome>(), Gen.Int[0, 99], People),
        Gen.Select(Text, Text, Text, MaybeText),
        Gen.Select(Moment, Moment, Gen.Enum<ProposalState>()),
        Gen.Select(Moment, People, MaybeText, Gen.Int[0, 2]))
        .Select((what, words, when, end) => new Proposal(
            what.Item1, what.Item2, what.Item3, what.Item4, words.Item1, words.Item2, when.Item1, when.Item2, words.Item3,
            words.Item4, when.Item3,
            end.Item4 == 0 ? null : new Settlement(end.Item1, end.Item4 == 1 ? null : end.Item2, end.Item3)));

    public static readonly Gen<PaymentEvent> Events = Gen.OneOf(
        Proposals.Select(made => (PaymentEvent)new DecisionProposed(
            made.At, made.No, made.Outcome, made.AttemptNo, made.By, made.Reason, made.Evidence, made.ExpiresAt, made.Digest,
            made.Bulk)),
        Gen.Select(Moment, Gen.Int[0, 99], People, MaybeText)
            .Select((at, no, by, reason) => (PaymentEvent)new DecisionApproved(at, no, by, reason)),
        Gen.Select(Moment, Gen.Int[0, 99], People, Text)
            .Select((at, no, by, reason) => (PaymentEvent)new DecisionRejected(at, no, by, reason)),
        Gen.Select(Moment, Gen.Int[0, 99]).Select((at, no) => (PaymentEvent)new DecisionExpired(at, no)));
}
