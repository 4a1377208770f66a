using System.Diagnostics;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;

namespace RouterCluster.Domain.Books;

/// <summary>
/// Many payments with one writer. Decides and applies at once, answers and acts after the commit. Holds no clock and does
/// no I/O: the owner feeds it inputs, writes its rows and carries out its effects.
/// </summary>
public sealed class PaymentBook
{
    private readonly BookClock _clock = new();
    private readonly CommitQueue _commits;
    private readonly BookMemory _memory;
    private readonly PendingRoutes _routes;
    private readonly HeldPayments _held;
    private readonly AttemptPlans _plans;
    private readonly PaymentChanges _changes;
    private readonly DueQueries _queries;
    private readonly Withdrawals _withdrawals;
    private readonly Cancellations _cancellations;
    private readonly EvidenceRecorder _evidence;
    private readonly NextChannels _nextChannels;
    private readonly Acceptance _acceptance;
    private readonly BookRules _rules;

    public PaymentBook(BookRules rules, IPaymentEventEncoder encoder)
    {
        _rules = rules;
        _commits = new CommitQueue(encoder);
        _memory = new BookMemory(rules, _commits, _clock);
        _routes = new PendingRoutes(_commits, _clock);
        _held = new HeldPayments(rules.Hold);
        _plans = new AttemptPlans(rules, _commits);
        _changes = new PaymentChanges(rules, _commits, _memory, _plans, _routes, _held);
        _queries = new DueQueries(rules, _commits, _memory, _plans, _routes, _changes);
        _withdrawals = new Withdrawals(_commits, _memory);
        _cancellations = new Cancellations(rules, _commits, _changes);
        _evidence = new EvidenceRecorder(
            rules, _commits, _memory, _plans, _routes, _held, _changes, _withdrawals, _cancellations);
        _nextChannels = new NextChannels(rules, _memory, _routes, _held, _changes, _evidence);
        _acceptance = new Acceptance(rules, _clock, _commits, _routes, _changes);
    }

    public int Count => _memory.Count;

    public long CommittedSequence => _commits.Committed;

    /// <summary>Bytes, a lower bound.</summary>
    public long SnapshotSize => _memory.SnapshotSize;

    public ReadOnlyMemory<byte>? TakeWrite() => _commits.TakeWrite();

    public IReadOnlyList<BookEffect> TakeEffects() => _commits.TakeEffects();

    public void WriteAcknowledged(BookTime time)
    {
        _commits.Acknowledge();
        _acceptance.AcceptParked(_clock.Read(time));
    }

    public void Tick(BookTime time)
    {
        var now = _clock.Read(time);
        _withdrawals.Repeat(now);
        _queries.TakeOverdue(now);
        if (!_routes.IsClosed)
        {
            _queries.Ask(now);
            _nextChannels.TryHeldAgain(now);
        }

        while (_routes.TakeSilent(now.Monotonic) is var (routeId, pending))
        {
            GiveUpOnRoute(routeId, pending, now);
        }

        while (_changes.Expiries.TryTakeDue(now.Utc, out var id))
        {
            if (_memory.Find(id) is { } entry)
            {
                _changes.TryMake(entry, new ExpireDecisions(now.Utc), now);
            }
        }

        _cancellations.GiveUp(now);
        _memory.Forget(now.Monotonic);
    }

    public void Accept(AcceptRequest request, BookTime time)
    {
        _clock.Read(time);

        // The deadline was set by the caller's clock, and the book's clock may be far ahead of it.
        if (time.Utc >= request.Deadline)
        {
            return;
        }

        if (_memory.Find(request.Id) is { } entry)
        {
            _acceptance.Repeat(request, entry.Payment, entry);
        }
        else if (_routes.IsClosed || _acceptance.Contains(request.Id) || _memory.Forgotten.IsLookedUp(request.Id))
        {
            _commits.Answer(request.Caller, new BookAnswer.StillAccepting());
        }
        else if (_memory.Forgotten.MayContain(request.Id))
        {
            _memory.LookUp(request.Id, new PendingLookUp(request.Caller, request, null));
        }
        else
        {
            _acceptance.ChooseFirst(request);
        }
    }

    /// <remarks>Law 4.2, 4.6.</remarks>
    public void Get(Caller caller, PaymentId id)
    {
        if (_memory.Find(id) is { } entry)
        {
            _commits.Answer(caller, entry.ShownWithQuestions(_clock.Now));
        }
        else if (_memory.Forgotten.MayContain(id))
        {
            _memory.LookUp(id, new PendingLookUp(caller, null, null));
        }
        else
        {
            _commits.Answer(caller, NotStored(id));
        }
    }

    /// <param name="found">Null: the read model has no such payment, and the filter of numbers was wrong.</param>
    public void LookedUp(PaymentId id, Payment? found)
    {
        foreach (var pending in _memory.Forgotten.TakeLookUps(id))
        {
            var (caller, request, report) = (pending.Caller, pending.Accept, pending.Report);
            if (report is { } received)
            {
                _evidence.ReceiveOfForgotten(found, received, _clock.Now);
            }
            else if (request is not null && found is not null)
            {
                _acceptance.Repeat(request, found, null);
            }
            else if (request is not null)
            {
                _acceptance.ChooseFirst(request);
            }
            else if (caller is { } asker)
            {
                _commits.Answer(asker, pending.AnswerWith(found) ?? NotStored(id));
            }
        }
    }

    public void LookUpFailed(PaymentId id)
    {
        foreach (var pending in _memory.Forgotten.TakeLookUps(id))
        {
            if (pending.Caller is { } asker)
            {
                _commits.Answer(asker, new BookAnswer.OutOfReach());
            }
        }
    }

    public void RouteChosen(long routeId, RouteDecision decision, BookTime time)
    {
        if (_routes.Take(routeId) is { } pending)
        {
            Continue(pending, decision, _clock.Read(time));
        }
    }

    public void AttemptReported(AttemptReport report, BookTime time)
    {
        if (report.Source == ReportSource.Query)
        {
            _plans.Agenda.Answered(report.Channel, report.Question);
            if (report.Outcome.Speaks())
            {
                _plans.Agenda.Spoke(report.Channel);
            }
        }

        _evidence.Receive(new ReceivedReport(report), _clock.Read(time));
    }

    /// <summary>The caller is answered when the notice's changes are stored.</summary>
    public void Noticed(NoticeRequest notice, BookTime time)
    {
        var now = _clock.Read(time);
        var report = new AttemptReport(
            notice.Payment, notice.AttemptNo, notice.Channel, ReportSource.Notification, notice.Outcome);
        _evidence.Receive(new ReceivedReport(report, notice), now);
        _queries.Ask(now);
    }

    /// <summary>Kept in memory only, until the next report of the attempt.</summary>
    public void InQueue(PaymentId id, int attemptNo, bool isInQueue)
    {
        if (_memory.Find(id) is { Payment.OpenAttempt: { } open } entry
            && entry.Order != OrderPlace.Released && open.No == attemptNo)
        {
            entry.Order = isInQueue && open.Outcome == Outcome.None ? OrderPlace.Queued : OrderPlace.Sent;
        }
    }

    /// <summary>A person's command. A payment that has left memory is ended and has no open case.</summary>
    public void Decide(DecisionRequest request, BookTime time)
    {
        var now = _clock.Read(time);
        if (_memory.Find(request.Id) is not { } entry)
        {
            _commits.Answer(request.Caller, _memory.Forgotten.MayContain(request.Id)
                ? new BookAnswer.Refused(PaymentRefusal.NothingToDecide)
                : NotStored(request.Id));
            return;
        }

        var command = request.Command with { At = now.Utc };
        if (PaymentLaw.Decide(_rules.Payments, entry.Payment, command).Refusal is { } refusal)
        {
            _commits.Answer(request.Caller, new BookAnswer.Refused(refusal));
            return;
        }

        var (before, open) = (entry.Payment, entry.Payment.OpenAttempt);
        var isStored = _changes.TryMake(entry, command, now);
        if (open is not null && entry.Payment.OpenAttempt is null)
        {
            _routes.Release(entry, open.Channel);
        }

        _commits.Answer(request.Caller, isStored
            ? new BookAnswer.Stored(entry.Payment, IsNew: !ReferenceEquals(before, entry.Payment))
            : new BookAnswer.OutOfReach());
    }

    /// <summary>
    /// A person wants to know how the open attempt ended. Answered with the payment as it is: what the channel says comes later.
    /// </summary>
    public void AskByHand(Caller caller, PaymentId id, BookTime time)
    {
        var now = _clock.Read(time);
        if (_memory.Find(id) is not { } entry)
        {
            _commits.Answer(caller, _memory.Forgotten.MayContain(id)
                ? new BookAnswer.Refused(PaymentRefusal.NothingToAsk)
                : NotStored(id));
        }
        else if (entry is not { Plan: { } plan, Payment.OpenAttempt: { } attempt })
        {
            _commits.Answer(caller, new BookAnswer.Refused(PaymentRefusal.NothingToAsk));
        }
        else if (!plan.WasAsked && attempt is { Claim: null } && attempt.Outcome == Outcome.None)
        {
            _commits.Answer(caller, new BookAnswer.Refused(PaymentRefusal.AttemptStillOpen));
        }
        else
        {
            var isNew = !_routes.IsClosed && _queries.AskByHand(entry, attempt, plan, now);
            _commits.Answer(caller, _routes.IsClosed
                ? new BookAnswer.OutOfReach()
                : new BookAnswer.Stored(entry.Payment, isNew));
        }
    }

    /// <summary>Somebody wants nothing sent. Answered when it is known whether something was, or after a while.</summary>
    public void Cancel(Caller caller, PaymentId id, BookTime time)
    {
        var now = _clock.Read(time);
        if (_memory.Find(id) is { } entry)
        {
            if (_cancellations.Ask(entry, caller, now) is { } open)
            {
                _evidence.TakeBack(entry, open, "The payment was cancelled.", now);
            }
        }
        else if (_memory.Forgotten.MayContain(id))
        {
            _memory.LookUp(id, new PendingLookUp(caller, null, null) { IsCancel = true });
        }
        else
        {
            _commits.Answer(caller, NotStored(id));
        }
    }

    /// <summary>
    /// The node stops: no route is chosen and no order is sent any more. Payments whose order has not left the book go back
    /// to waiting for the next start. Reports are stored as ever.
    /// </summary>
    public void FallQuiet(BookTime time)
    {
        var now = _clock.Read(time);
        if (_routes.IsClosed)
        {
            return;
        }

        foreach (var (routeId, pending) in _routes.Close())
        {
            GiveUpOnRoute(routeId, pending, now);
        }

        _acceptance.DropParked();
        foreach (var submit in _commits.TakeBack<BookEffect.Submit>(_ => true))
        {
            _evidence.Receive(new ReceivedReport(submit.Order.NeverLeft("stopping", "The node is being stopped.")), now);
        }
    }

    public IReadOnlyList<UnknownAttempts> Unknown(DateTimeOffset utcNow) => _plans.Unknown(utcNow);

    /// <summary>All that is stored; null while a write is in flight, which may be stored or not.</summary>
    public BookSnapshot? TakeSnapshot() => _memory.TakeSnapshot();

    public void Restore(BookSnapshot snapshot) => _memory.Restore(snapshot);

    public void Replay(PaymentId id, PaymentEvent @event, long sequence) => _memory.Replay(id, @event, sequence);

    public void Recovered(long sequence, BookTime time)
    {
        var now = _clock.Read(time);
        _commits.Recovered(sequence);
        _plans.Agenda.Begin(sequence);
        foreach (var entry in _memory.Entries)
        {
            _changes.Expiries.AddPending(entry.Payment);
            if (entry.Payment.OpenAttempt is { } attempt)
            {
                _plans.Resume(entry, attempt, now);
                _withdrawals.Resume(entry.Payment, attempt);
            }
            else if (entry.Payment.State == PaymentState.Accepted)
            {
                _held.AddAfterStart(entry, now.Monotonic);
            }
        }
    }

    public IReadOnlyList<(Payment Payment, long ChangedAt)>? InMemory() => _commits.IsWriting ? null : _memory.Stored();

    /// <summary>Stored changes that the read model may not have, also those that the payment has left behind.</summary>
    public IReadOnlyList<(Payment Payment, long Row)> Untold() => _memory.Untold.Through(CommittedSequence);

    public IReadOnlyList<(Payment Payment, long Row)> UntoldOf(long row) => _memory.Untold.Of(row);

    public void Projected(long row) => _memory.Untold.Forget(row);

    public void ReadBackFromReadModel(IEnumerable<(PaymentId Id, long Version)> rows, TimeSpan now) =>
        _memory.LeaveLater(rows, now);

    private void Continue(PendingRoute pending, RouteDecision decision, BookTime now)
    {
        switch (pending)
        {
            case PendingRoute.ForAccept accept:
                _acceptance.AcceptOn(accept.Request, decision, now);
                break;
            case PendingRoute.AfterAttempt after:
                _nextChannels.GoOn(after, decision, now);
                break;
            case PendingRoute.ForHeld held:
                _nextChannels.StartHeld(held.Entry, decision, now);
                break;
            case PendingRoute.GivenUp givenUp:
                if (decision is RouteDecision.Chosen late)
                {
                    _routes.Release(givenUp.Merchant, late.Channel);
                }

                break;
            default:
                throw new UnreachableException();
        }
    }

    private void GiveUpOnRoute(long routeId, PendingRoute pending, BookTime now)
    {
        _routes.GiveUp(routeId, pending);
        Continue(pending, new RouteDecision.NoneNow(TimeSpan.FromSeconds(1), RouteReasons.None), now);
    }

    private BookAnswer NotStored(PaymentId id) =>
        _acceptance.Contains(id) ? new BookAnswer.StillAccepting() : new BookAnswer.NoSuchPayment();
}
