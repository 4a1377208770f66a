using System.Collections.Immutable;
using CsCheck;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Tests.Cases;

namespace RouterCluster.Node.Tests.Payments;

/// <summary>Anything that could be stored, with times and scores as fine as they are kept.</summary>
internal static class PaymentGenerators
{
    public static readonly Gen<string> Text =
        Gen.Char["aZ09 -_.张三é\n\"{}"].Array[0, 24].Select(letters => new string(letters));

    public static readonly Gen<string?> MaybeText =
        Gen.Select(Text, Gen.Bool).Select((text, some) => some ? text : null);

    public static readonly Gen<DateTimeOffset> Time =
        Gen.Long[0, 4_102_444_800_000].Select(DateTimeOffset.FromUnixTimeMilliseconds);

    public static readonly Gen<ChannelId> Channel =
        Gen.Char["abcdefxyz-09"].Array[1, 12].Select(letters => new ChannelId(new string(letters)));

    public static readonly Gen<PaymentId> Id = Gen.Select(Text, Gen.Int[1, PaymentId.MaxBooks], Gen.Byte.Array[16])
        .Select((orderNo, books, salt) => PaymentId.For(MerchantId.Unchecked("m"), orderNo, books, salt));

    public static readonly Gen<Outcome> Outcomes =
        Gen.Select(Gen.Enum<OutcomeClass>(), Gen.Enum<Landing>(), Text, MaybeText, MaybeText)
            .Select((@class, landing, code, message, number) => new Outcome(@class, landing, code, message, number));

    public static readonly Gen<Outcome?> MaybeOutcomes =
        Gen.Select(Gen.Bool, Outcomes).Select((some, outcome) => some ? outcome : null);

    public static readonly Gen<ReportSource?> MaybeSource =
        Gen.Select(Gen.Bool, Gen.Enum<ReportSource>()).Select((some, source) => some ? source : (ReportSource?)null);

    public static readonly Gen<ChannelTarget?> Targets = Gen.Select(Gen.Bool, Text, Text, Text)
        .Select((some, protocol, host, merchant) => some ? new ChannelTarget(protocol, host, merchant) : null);

    /// <summary>Short enough to be kept whole.</summary>
    public static readonly Gen<RouteReasons> Reasons = Gen.Select(
        Gen.Char["abc/1"].Array[0, 12].Select(letters => new string(letters)),
        Gen.Double[0, 1],
        Gen.Select(Channel, Gen.Float[-1, 1000]).Select((channel, score) => new ScoredChannel(channel, score)).Array[0, 3],
        Gen.Select(Channel, Gen.Enum<Exclusion>(), Gen.Int[0, 9], Time.Nullable())
            .Select((channel, reason, no, until) => new ExcludedChannel(channel, reason, no) { Until = until }).Array[0, 4],
        Gen.Int[0, 50],
        Gen.Select(Gen.Enum<Exclusion>(), Gen.Int[1, 50]).Select((reason, more) => new ExcludedCount(reason, more)).Array[0, 1])
        .Select((policy, draw, scores, exclusions, more, counts) =>
            new RouteReasons(policy, draw, [.. scores], [.. exclusions]) { MoreCandidates = more, MoreExcluded = [.. counts] });

    public static readonly Gen<PaymentFailure> Failures = Gen.Select(Gen.Enum<OutcomeClass>(), Text, Channel, Gen.Bool, MaybeText)
        .Select((@class, code, channel, named, message) => new PaymentFailure(@class, code, named ? channel : null, message));

    public static readonly Gen<PaymentContent> Contents = Gen.Select(
        Gen.Select(Text, Text, Gen.Enum<Product>(), Gen.Long, Text),
        Gen.Select(Gen.Byte.Array[0, 120], Text, MaybeText).Select((text, mask, bank) => new SealedAccount(text, mask, bank)),
        Gen.Select(Gen.Enum<ChannelMode>(), MaybeText, Gen.Dictionary(Text, Text)[0, 4], Gen.ULong, Gen.ULong))
        .Select((order, account, rest) => new PaymentContent(
            MerchantId.Unchecked(order.Item1), order.Item2, order.Item3,
            new Money(order.Item4, Currency.Unchecked(order.Item5)), account,
            rest.Item1, rest.Item2, rest.Item3.ToImmutableSortedDictionary(StringComparer.Ordinal),
            new Fingerprint(new UInt128(rest.Item4, rest.Item5))));

    public static readonly Gen<Payment> Payments = Gen.Select(
        Gen.Select(Id, Contents, Gen.Enum<PaymentState>(), Failures, Gen.Bool),
        Attempts().Array[0, 3],
        Gen.Select(Gen.Enum<CaseReason>(), Gen.Int[0, 9], Text, Time)
            .Select((reason, no, evidence, at) => new PaymentCase(reason, no, evidence, at))
            .SelectMany(known => Gen.Select(MaybeOutcomes, MaybeOutcomes).Select((told, against) =>
                known with { Told = told, Against = against })).Array[0, 2],
        Gen.Select(Time, Time, Time))
        .Select((what, attempts, cases, times) => new Payment(
            what.Item1, what.Item2, what.Item3, what.Item5 ? what.Item4 : null, [.. attempts], [.. cases],
            times.Item1, times.Item2, times.Item3))
        .SelectMany(payment => DecisionGenerators.Proposals.Array[0, 2].Select(made => payment with { Proposals = [.. made] }))
        .SelectMany(payment => Gen.Int[0, 9].Select(changes => payment with { CountedChanges = changes }));

    public static readonly Gen<PaymentEvent> Events = Gen.OneOf(
        Gen.Select(Time, Contents, Time)
            .Select((at, content, expires) => (PaymentEvent)new PaymentAccepted(at, content, expires)),
        Gen.Select(Time, Gen.Int[0, 99], Channel, Time, Reasons)
            .Select((at, no, channel, before, reasons) => new AttemptStarted(at, no, channel, before, reasons))
            .SelectMany(started => Targets.Select(target => (PaymentEvent)(started with { Target = target }))),
        Gen.Select(Time, Gen.Int[0, 99], Gen.Int[0, 1_000_000])
            .Select((at, no, seconds) => (PaymentEvent)new AttemptStillUnknown(at, no, TimeSpan.FromSeconds(seconds))),
        Gen.Select(Time, Gen.Int[0, 99], Outcomes, MaybeSource)
            .Select((at, no, outcome, source) => (PaymentEvent)new AttemptUnresolved(at, no, outcome) { Source = source }),
        Gen.Select(Time, Gen.Int[0, 99], Outcomes)
            .Select((at, no, outcome) => (PaymentEvent)new AttemptClaimed(at, no, outcome)),
        Gen.Select(Time, Gen.Int[0, 99], Outcomes, MaybeSource)
            .Select((at, no, outcome, source) => (PaymentEvent)new AttemptEnded(at, no, outcome) { Source = source }),
        Gen.Select(Time, Payments).Select((at, payment) => (PaymentEvent)new PaymentRecalled(at, payment)),
        Time.Select(at => (PaymentEvent)new PaymentSucceeded(at)),
        Gen.Select(Time, Failures).Select((at, failure) => (PaymentEvent)new PaymentFailed(at, failure)),
        Time.Select(at => (PaymentEvent)new PaymentClosed(at)),
        Time.Select(at => (PaymentEvent)new PaymentSuspended(at)),
        Gen.Select(Time, Gen.Enum<CaseReason>(), Gen.Int[0, 99], Text)
            .Select((at, reason, no, evidence) => new CaseOpened(at, reason, no, evidence))
            .SelectMany(opened => Gen.Select(MaybeOutcomes, MaybeOutcomes, MaybeSource).Select((told, against, source) =>
                (PaymentEvent)(opened with { Told = told, Against = against, Source = source }))),
        DecisionGenerators.Events);

    private static Gen<Attempt> Attempts() => Gen.Select(
        Gen.Select(Gen.Int[0, 99], Channel, Text, Gen.Enum<AttemptState>(), Outcomes),
        Gen.Select(Time, Time, Gen.Bool, Time),
        Gen.Select(Gen.Bool, Outcomes),
        Reasons)
        .Select((what, times, claim, reasons) => new Attempt(
            what.Item1, what.Item2, what.Item3, what.Item4, what.Item5,
            times.Item1, times.Item3 ? times.Item2 : null, times.Item4, reasons,
            claim.Item1 ? claim.Item2 : null))
        .SelectMany(attempt => Gen.Select(Targets, MaybeOutcomes, Gen.Int[0, 1_000_000]).Select((target, first, seconds) =>
            attempt with { Target = target, First = first, UnknownFor = TimeSpan.FromSeconds(seconds) }));
}
