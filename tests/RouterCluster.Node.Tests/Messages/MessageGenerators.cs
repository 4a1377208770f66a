using System.Collections.Immutable;
using Akka.Actor;
using CsCheck;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Tests.Payments;

namespace RouterCluster.Node.Tests.Messages;

/// <summary>Anything that could travel. Moments are in whole milliseconds, as books and channels make them.</summary>
internal static class MessageGenerators
{
    private static readonly Gen<TimeSpan> Duration = Gen.Long[0, TimeSpan.TicksPerDay].Select(TimeSpan.FromTicks);

    private static readonly Gen<Money> Amount =
        Gen.Select(Gen.Long, PaymentGenerators.Text).Select((minor, currency) => new Money(minor, Currency.Unchecked(currency)));

    private static readonly Gen<(PaymentId Payment, int No, ChannelId Channel)> Attempt =
        Gen.Select(PaymentGenerators.Id, Gen.Int[1, 99], PaymentGenerators.Channel);

    private static readonly Gen<LaneReport> Lane = Gen.Select(
        Gen.Select(Gen.Enum<BreakerState>(), Gen.Int[0, 999], Gen.Int[0, 999], Gen.Int[0, 999], Gen.Int[0, 999]),
        Gen.Select(Gen.Double[0, 1e6], Gen.Double[0, 1e6], Gen.Double[0, 1e6], Gen.Int[0, 9]),
        Gen.Select(Gen.Bool, Duration, Gen.Double[-100, 100]),
        Gen.Select(Gen.Enum<Product>(), PaymentGenerators.MaybeText, Gen.Long[0, 1L << 40], Duration)
            .Select((product, bank, from, closed) => new ClosedPart(product, bank, from, closed)).Array[0, 3],
        Gen.Bool)
        .Select((counts, rates, throttle, parts, failed) => new LaneReport(
            counts.Item1, counts.Item2, counts.Item3, counts.Item4, counts.Item5, rates.Item1, rates.Item2, rates.Item3,
            rates.Item4)
        {
            Throttle = throttle.Item1 ? new ThrottleReport(throttle.Item2, throttle.Item3) : null,
            ClosedParts = [.. parts],
            HasFailed = failed,
        });

    private static readonly Gen<SubmitSignal> Signal = Gen.Select(
        Gen.Select(
            Gen.Enum<Product>(), PaymentGenerators.MaybeText, Gen.Enum<CallVerdict>(),
            Gen.Enum<OutcomeClass>().Nullable().Select(@class => @class ?? default)),
        Gen.Select(Gen.Enum<SignalKind>(), Gen.Long[0, long.MaxValue], Gen.UShort, Gen.UShort, Duration))
        .Select((what, rest) => new SubmitSignal(what.Item1, what.Item2, what.Item3, what.Item4)
        {
            Kind = rest.Item1,
            Number = rest.Item2,
            Source = new Source(rest.Item3, rest.Item4),
            Age = rest.Item5,
        });

    private static readonly Gen<ChannelReport> Report = Gen.Select(
        Gen.Select(PaymentGenerators.Channel, Gen.Long, Gen.Long, Gen.Enum<ChannelLifecycle>(), Gen.Double[0, 100]),
        Gen.Select(Lane, Lane),
        Signal.Array[0, 20],
        Gen.Select(
            PaymentGenerators.Time.Nullable(), PaymentGenerators.Time.Nullable(), PaymentGenerators.Time.Nullable(),
            PaymentGenerators.Time.Nullable()))
        .Select((what, lanes, signals, times) => new ChannelReport(
            what.Item1, what.Item2, what.Item3, what.Item4, what.Item5, lanes.Item1, lanes.Item2, [.. signals])
        {
            ClosedUntil = times.Item1,
            PausedUntil = times.Item2,
            FailingSince = times.Item3,
            NoOwnerSince = times.Item4,
        });

    private static readonly Gen<ImmutableArray<ChannelOverride>> Overrides = Gen.Select(
        Gen.Int[0, OverrideNames.All.Length - 1].Select(at => OverrideNames.All[at]),
        Gen.Double[0, 100], Gen.Bool, PaymentGenerators.Time, PaymentGenerators.Text,
        Gen.Select(PaymentGenerators.Time, Gen.Double[0, 100].Nullable())
            .Select((at, value) => new OverrideEnd(at, value, null)).Null())
        .Select((key, value, marked, at, by, end) =>
            new ChannelOverride(key, value, marked ? new OverrideMark(at, by) { End = end } : null))
        .Array[0, 3].Select(all => all.ToImmutableArray());

    private static readonly Gen<OperatorChange> Change = Gen.Select(
        PaymentGenerators.Time, PaymentGenerators.Text, PaymentGenerators.Text, PaymentGenerators.Text)
        .Select((at, by, what, reason) => new OperatorChange(at, by, what, reason));

    public static Gen<object> All(IActorRef near) => Gen.OneOf<object>(
        ToBooks(near),
        Gen.Select(Gen.Long, PaymentGenerators.Payments, Gen.Bool, Gen.Bool).Select((request, payment, isNew, isQueued) =>
            (object)new BookAnswered(
                request, new BookAnswer.Stored(payment with { IsInQueue = isQueued }, isNew))),
        Gen.Select(Gen.Long, PaymentGenerators.Reasons).Select((request, reasons) =>
            (object)new BookAnswered(request, new BookAnswer.NoRoute(reasons))),
        Gen.Select(Gen.Long, Duration).Select((request, after) =>
            (object)new BookAnswered(request, new BookAnswer.NoChannelNow(after))),
        Gen.Select(Gen.Long, Gen.Enum<PaymentRefusal>()).Select((request, why) =>
            (object)new BookAnswered(request, new BookAnswer.Refused(why))),
        ToLanes,
        Gen.Select(Report, Gen.Bool).Select((report, isStopping) =>
            (object)new ChannelReported(report, isStopping ? ActorRefs.Nobody : near, near)),
        Gen.Select(Report, Change, Overrides).Select((report, change, overrides) =>
            (object)new ChannelChangeDone(report, change) { Overrides = overrides }),
        Gen.Select(PaymentGenerators.Channel, Change.Array[0, 4], Overrides).Select((channel, changes, overrides) =>
            (object)new ChannelHistory(channel, [.. changes], overrides)),
        Gen.Select(PaymentGenerators.Channel, PaymentGenerators.Time.Nullable()).Select((channel, last) =>
            (object)new SubscribeToReports(channel, last)),
        Gen.Select(PaymentGenerators.Channel, Reports.Array[0, 5]).Select((channel, reports) =>
            (object)new AdoptReports(channel, [.. reports])));

    private static Gen<AttemptReport> Reports { get; } =
        Gen.Select(Attempt, Gen.Enum<ReportSource>(), PaymentGenerators.Outcomes, Gen.Long).Select(
            (attempt, source, outcome, question) => new AttemptReport(
                attempt.Payment, attempt.No, attempt.Channel, source, outcome) { Question = question });

    private static Gen<object> ToBooks(IActorRef near) => Gen.OneOf<object>(
        Gen.Select(
            Gen.Select(Gen.Long, PaymentGenerators.Id, PaymentGenerators.Contents),
            Gen.Select(Duration, PaymentGenerators.Time, Duration, PaymentGenerators.MaybeText))
            .Select((what, rest) => (object)new AcceptInBook(new AcceptRequest(
                new Caller(near, what.Item1), what.Item2, what.Item3, rest.Item1, rest.Item2, rest.Item3, rest.Item4))),
        Gen.Select(Gen.Long, PaymentGenerators.Id)
            .Select((request, id) => (object)new GetFromBook(new Caller(near, request), id)),
        Gen.Select(Gen.Long, PaymentGenerators.Id)
            .Select((request, id) => (object)new AskInBook(new Caller(near, request), id)),
        Gen.Select(Gen.Long, PaymentGenerators.Id)
            .Select((request, id) => (object)new CancelInBook(new Caller(near, request), id)),
        Reports.Select(report => (object)new ReportToBook(report)),
        Gen.Select(Attempt, Gen.Bool)
            .Select((attempt, isInQueue) => (object)new OrderInQueue(attempt.Payment, attempt.No, isInQueue)),
        Gen.Select(Gen.Long, Attempt, Amount, PaymentGenerators.Text, PaymentGenerators.Outcomes)
            .Select((request, attempt, amount, orderNo, outcome) => (object)new NoticeToBook(new NoticeRequest(
                new Caller(near, request), attempt.Payment, attempt.No, orderNo, attempt.Channel, amount, outcome))));

    private static Gen<object> ToLanes { get; } = Gen.OneOf<object>(
        Gen.Select(
            Gen.Select(Attempt, PaymentGenerators.Text, Gen.Bool), Gen.Select(PaymentGenerators.Contents, PaymentGenerators.Time))
            .Select((what, rest) => (object)new SubmitOrder(
                what.Item1.Payment, what.Item1.No, what.Item3 ? what.Item2 : what.Item1.Payment.AttemptOrderNo(what.Item1.No),
                what.Item1.Channel, rest.Item1.Merchant, rest.Item1.Product, rest.Item1.Amount, rest.Item1.Account, rest.Item2)),
        Gen.Select(Attempt, PaymentGenerators.Text, PaymentGenerators.Contents, Gen.Long)
            .Select((attempt, orderNo, content, question) => (object)new QueryOrder(
                attempt.Payment, attempt.No, orderNo, attempt.Channel, content.Merchant, content.Product, content.Amount)
            {
                Question = question,
            }),
        PaymentGenerators.Text.Select(orderNo => (object)new WithdrawOrder(orderNo)),
        Gen.Select(PaymentGenerators.Text, Gen.Enum<Product>(), PaymentGenerators.Outcomes)
            .Select((orderNo, product, outcome) => (object)new OrderHeard(orderNo, product, outcome)));
}
