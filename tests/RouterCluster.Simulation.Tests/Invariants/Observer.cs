using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Simulation.Tests.Law;
using RouterCluster.Simulation.Tests.World;

namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>
/// Sees what can be seen from outside (rows, answers, bytes, companies' books), keeps facts of its own, and holds each
/// fact against the invariants the moment it happens.
/// </summary>
internal sealed partial class Observer
{
    private readonly Life _life;
    private readonly Dictionary<PaymentId, PaymentFacts> _payments = [];
    private readonly LaneWatch _lanes;
    private readonly ChannelWatch _channels;
    private readonly Witness _witness;
    private readonly Func<ChannelId, Why, RouteRequest, bool> _mayBelieve;
    private int _open;

    public Observer(Life life)
    {
        _life = life;
        _lanes = new LaneWatch(life);
        _channels = new ChannelWatch(life, _lanes, Of);
        _witness = new Witness(life);
        _mayBelieve = (channel, why, request) => why == Why.ExcludedByOperator
            ? _channels.MayBelieveExcluded(channel, request)
            : _lanes.MayBelieve(channel, why);
    }

    /// <summary>How often the clauses of the law were put to the test.</summary>
    public Coverage Coverage => _witness.Coverage;

    /// <summary>Nothing durable is neither final nor with people.</summary>
    public bool AllEnded => _open == 0;

    private TimeSpan Now => _life.Time.Now;

    public void Stored(IReadOnlyList<StoredEvent> events)
    {
        foreach (var stored in events)
        {
            var (id, @event, _) = stored;
            var facts = Of(id);
            _life.Story?.Tell(id, $"stored: {@event.GetType().Name} {Detail(@event)}");
            S17TimesAreTrue.Stored(_life, id, @event);
            _witness.Stored(facts.Record, stored);
            Fold(facts, @event);
            facts.UpdatedAt = @event is AttemptStillUnknown ? facts.UpdatedAt : @event.At;
            facts.AddVersion();
        }

        _witness.RowEnds();
    }

    public RequestRecord Asked(AcceptRequest request) => _witness.Asked(Of(request.Id).Record, request);

    /// <param name="request">Null: it was only read.</param>
    public void Answered(PaymentId id, PaymentContent? asked, RequestRecord? request, TimeSpan askedAt, BookAnswer answer)
    {
        var facts = Of(id);
        _witness.Answered(facts.Record, request, askedAt, answer);
        S1AcceptedIsDurable.Answered(facts, answer, askedAt, Now);
        S11UnknownIsNeverFailed.Answered(facts, answer);
        S12Idempotency.Answered(facts, asked, answer);
        facts.IsFoundAtEnd = _life.IsEnding && answer is BookAnswer.Stored;
    }

    public void PeopleAnswered(PaymentId id, TimeSpan askedAt, BookAnswer answer)
    {
        var facts = Of(id);
        _witness.Answered(facts.Record, null, askedAt, answer);
        S1AcceptedIsDurable.Answered(facts, answer, askedAt, Now);
    }

    /// <summary>The book has received it.</summary>
    public CancelRecord Cancels(BookOwner owner, PaymentId id, TimeSpan askedAt) =>
        _witness.Cancels(Of(id).Record, owner, askedAt);

    public void CancelAnswered(PaymentId id, CancelRecord? cancel, TimeSpan askedAt, BookAnswer answer)
    {
        var facts = Of(id);
        _witness.CancelAnswered(facts.Record, cancel, askedAt, answer);
        S1AcceptedIsDurable.Answered(facts, answer, askedAt, Now);
    }

    public void AskedByHand(BookOwner owner, PaymentId id) => Witness.AskedByHand(Of(id).Record, owner);

    /// <summary>The read model is given the payment.</summary>
    public void Projected(Payment payment) => _witness.Told(Of(payment.Id).Record, payment, isFromReadModel: true);

    public void ListFrozen(PaymentId id, string list, Payment payment) => Of(id).Lists[list] = PaymentFacts.Sight(payment);

    public void OrderLeaves(BookOwner owner, SubmitOrder order)
    {
        _witness.OrderLeaves(Of(order.Payment).Record, order);
        S1AcceptedIsDurable.OrderLeaves(Of(order.Payment), order);
        S4AtMostOneSuccess.OrderLeaves(Of(order.Payment), owner.Book, order);
        if (owner.IsQuiet)
        {
            throw new InvariantViolation("S2", order.Payment, $"{order.OrderNo} leaves a quiet book");
        }
    }

    /// <summary>An owner that does not know that it was replaced may ask about what has ended since.</summary>
    public void QuestionLeaves(BookOwner owner, QueryOrder order)
    {
        if (!owner.IsReplaced)
        {
            _witness.QuestionLeaves(Of(order.Payment).Record, owner, order);
        }
    }

    /// <summary>Words of the channel's company have reached the router.</summary>
    public void Heard(SubmitOrder order, Word word) => _witness.Heard(Of(order.Payment).Record, order.AttemptNo, word);

    public void Heard(QueryOrder order, Word word) => _witness.Heard(Of(order.Payment).Record, order.AttemptNo, word);

    /// <summary>The notice is told to the book: if money has moved, so the company says, the book knows it.</summary>
    public void NoticeHeard(object book, SubmitOrder order, Word word)
    {
        var meaning = Meaning.Of(word, order.OrderNo, order.Amount.Minor, order.Channel.Value);
        if (meaning.Says == Says.Moved)
        {
            Of(order.Payment).SuccessHeard = (book, order.AttemptNo);
        }
    }

    public void LaneTold(AttemptReport report) => _witness.Reported(Of(report.Payment).Record, report);

    public Turns TurnsOf(ChannelId channel) => _witness.TurnsOf(channel);

    public Throttling ThrottlingOf(ChannelId channel, ChannelLane lane) => _witness.ThrottlingOf($"{channel}'s {lane} lane");

    public void ReportTaken(AttemptReport report) => S1AcceptedIsDurable.ReportTaken(
        Of(report.Payment), report, report.Outcome.IsSuccess() || report.Outcome.IsDefiniteFailure());

    public void BytesLeave(SubmitOrder order, ChannelOwner sender)
    {
        var facts = Of(order.Payment);
        _witness.BytesLeave(facts.Record, order, sender);
        var attempt = facts.Attempt(order.AttemptNo);
        _life.Story?.Tell(order.Payment, $"bytes leave for {order.Channel}");
        S2NoDuplicateSubmission.BytesLeave(facts, attempt);
        S3OneChannelAtATime.BytesLeave(facts, attempt);
        attempt.HasLeft = attempt.IsAlive = true;
    }

    public void Received(ChannelId channel, SubmitOrder order)
    {
        var facts = Of(order.Payment);
        var attempt = facts.Attempt(order.AttemptNo);
        S2NoDuplicateSubmission.Received(facts, attempt, order);
        attempt.IsReceived = true;
    }

    public void NeverMoves(PaymentId id, int attemptNo) => Of(id).Attempt(attemptNo).IsAlive = false;

    /// <summary>A company contradicts itself: what follows from its words is nobody's fault but its own.</summary>
    public void Contradicts(PaymentId id) => Of(id).IsContradicted = true;

    public void NoticeTaken(SubmitOrder order, Word word, bool isNews)
    {
        var facts = Of(order.Payment);
        var attempt = facts.Attempt(order.AttemptNo);
        _witness.NoticeAcknowledged(facts.Record, order.AttemptNo, word, isNews);
        var saysMoved = word.Status == Word.Succeeded;
        S10Confluence.NoticeTaken(facts, attempt, saysMoved);
        if (saysMoved)
        {
            S4AtMostOneSuccess.SuccessTaken(facts, attempt, word.Reference!);
        }
    }

    /// <summary>The account is not the one to which the order was sent.</summary>
    public bool IsElsewhere(QueryOrder order, ChannelTarget asked) =>
        Of(order.Payment).Attempt(order.AttemptNo).Target is { } sent && sent != asked;

    /// <summary>The account for which the order was written down: no other one gets it.</summary>
    public ChannelTarget? TargetOf(SubmitOrder order) => Of(order.Payment).Attempt(order.AttemptNo).Target;

    public void Told(Payment payment)
    {
        var facts = Of(payment.Id);
        _witness.Told(facts.Record, payment, isFromReadModel: true);
        S13EveryChangeIsTold.Told(facts, payment);
    }

    public void Moved(SubmitOrder order)
    {
        var facts = Of(order.Payment);
        S4AtMostOneSuccess.Moved(facts, order);
        S11UnknownIsNeverFailed.Moved(facts);
        facts.MovedBy = order.OrderNo;
    }

    /// <summary>The report is told to the book.</summary>
    public void Delivered(AttemptReport report) => _witness.AnswerArrives(Of(report.Payment).Record, report);

    public void Chosen(Node node, RouteRequest request, RouteDecision decision)
    {
        _witness.Routed(request, decision, _mayBelieve);
        if (decision is RouteDecision.Chosen chosen)
        {
            S16UnfitIsNeverPicked.Chosen(request, chosen, _life.Channel(chosen.Channel).Setup.Routed.Terms);
            _lanes.Chosen(chosen.Channel);
            _channels.Chosen(chosen.Channel, request);
        }
    }

    public void LaneOpens(ChannelId channel, ChannelLane lane, LaneSettings settings, BreakerState breaker) =>
        _lanes.Opens(channel, lane, settings, breaker);

    public void LaneConfigured(ChannelId channel, ChannelLane lane, LaneConfiguration configuration)
    {
        _channels.Configured(_life.Channel(channel).Setup, lane, configuration);
        _lanes.Configured(channel, lane, configuration.Settings, configuration.Intake, configuration.Isolated);
    }

    public void Stored(ChannelSetup setup, ChannelEvent @event)
    {
        _life.Story?.Tell($"stored of {setup.Id}: {@event}");
        _channels.Stored(setup, @event);
    }

    /// <summary>The owner hears that the company is closed.</summary>
    public void ChannelCloses(ChannelSetup setup) => _channels.Closes(setup);

    public void OperatorAnswered(ChannelChange change, ChannelReport report) =>
        _channels.Answered(_life.Channel(report.Channel).Setup, change, report);

    public void Reported(ChannelOwner owner, ChannelReport report) => _channels.Reported(owner, report);

    /// <returns>The count of the breaker's states at the start.</returns>
    public long CallStarts(ChannelOwner owner, ChannelLane lane, string orderNo, SubmitOrder? order)
    {
        if (order is not null)
        {
            _channels.Sent(owner, orderNo);
            _channels.CallStarts(owner.Id, order);
        }

        var facts = _lanes.Of(owner.Id, lane);
        S9Breaker.CallStarts(facts);
        S16UnfitIsNeverPicked.CallStarts(facts);
        S6Rate.CallStarts(facts, Now);
        _witness.OwnersOf(owner.Id).Starts(owner);
        return facts.Era;
    }

    public void CallEnds(ChannelId channel, ChannelLane lane, long era, CallVerdict verdict) =>
        S9Breaker.CallEnds(_lanes.Of(channel, lane), era, verdict);

    public void BreakerChanged(ChannelId channel, ChannelLane lane, BreakerState state) =>
        S9Breaker.Changes(_lanes.Of(channel, lane), state, Now);

    public void CallArrives(ChannelOwner owner, ChannelLane lane)
    {
        _witness.OwnersOf(owner.Id).Arrives(owner);
        S5Budget.CallArrives(_lanes.Of(owner.Id, lane), Now);
    }

    public void CallLeft(ChannelOwner owner, ChannelLane lane)
    {
        _witness.OwnersOf(owner.Id).Leaves(owner);
        _lanes.Of(owner.Id, lane).InFlight--;
    }

    public void OwnerEnds(ChannelOwner owner) => _witness.OwnersOf(owner.Id).Ends(owner);

    /// <summary>Faults stopped long ago, and everything was read once more.</summary>
    public void LifeEnds()
    {
        foreach (var facts in _payments.Values)
        {
            S1AcceptedIsDurable.LifeEnds(facts);
            if (facts.Content is not null)
            {
                Liveness.L1EveryPaymentEnds(facts);
                S10Confluence.LifeEnds(facts);
                S10TwoPeople.LifeEnds(facts, LifeSettings.Birth + Now);
                S13EveryChangeIsTold.LifeEnds(facts, Now);
            }
        }

        _lanes.LifeEnds();
        _channels.LifeEnds();
    }

    /// <summary>To compare two runs of one seed.</summary>
    public string DescribeEnds() => string.Join(
        '\n',
        _payments.Values.Select(facts =>
            $"{facts.Id} {facts.State} {facts.Attempts.Count} {facts.Cases} {facts.UpdatedAt.Ticks}"));

    private static string Detail(PaymentEvent @event) => @event switch
    {
        AttemptStarted started => $"{started.No} at {started.Channel}, send before {started.SendBefore:HH:mm:ss.fff}",
        AttemptEnded ended => $"{ended.No} {ended.Outcome}",
        _ => "",
    };

    private PaymentFacts Of(PaymentId id)
    {
        if (!_payments.TryGetValue(id, out var facts))
        {
            _payments[id] = facts = new PaymentFacts(id);
        }

        return facts;
    }
}
