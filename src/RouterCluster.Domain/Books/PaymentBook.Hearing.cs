using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Books;

public sealed partial class PaymentBook
{
    /// <summary>A lane or a query has spoken. May come twice, late, or of an attempt that has ended.</summary>
    public void AttemptReported(AttemptReport report, BookTime time)
    {
        if (report.Source == ReportSource.Query)
        {
            _agenda.Answered(report.Channel, report.Question);
            if (report.Outcome.Speaks())
            {
                _agenda.Spoke(report.Channel);
            }
        }

        Hear(new Hearing(report), Clamp(time));
    }

    /// <summary>
    /// A channel has spoken by itself. Goes the way of a query's answer; its caller hears of it when what it changed is
    /// stored. May come before the submit's answer, twice, late, or of an order that is none of ours.
    /// </summary>
    public void Noticed(NoticeRequest notice, BookTime time)
    {
        var now = Clamp(time);
        var report = new AttemptReport(
            notice.Payment, notice.AttemptNo, notice.Channel, ReportSource.Notification, notice.Outcome);
        Hear(new Hearing(report, notice), now);
        AskDue(now);
    }

    private void Hear(Hearing hearing, BookTime now)
    {
        var report = hearing.Report;
        if (!_entries.TryGetValue(report.Payment, out var entry))
        {
            HearOfAbsent(hearing);
            return;
        }

        if (WhyNotOf(entry.Payment, hearing) is { } other)
        {
            Tell(hearing, other);
            return;
        }

        if (entry.Choice is { } choice)
        {
            choice.Told.Add(hearing);
            return;
        }

        var isOpen = entry.Payment.OpenAttempt?.No == report.AttemptNo;
        if (isOpen && entry.Order == OrderPlace.Queued)
        {
            entry.Order = OrderPlace.Sent;
        }

        var notFoundIsFinal = isOpen && AdvancePlan(entry, report, now);
        if (SaysNothing(report))
        {
            Tell(hearing, NoticeFate.Known);
            return;
        }

        if (report.Source == ReportSource.Submit && isOpen)
        {
            Settle(entry, report.Channel);
        }

        if (!isOpen || !GoesOn(entry.Payment, report, notFoundIsFinal, now))
        {
            Record(entry, CommandOf(entry.Payment, report, notFoundIsFinal, now), hearing, now);
        }
        else if (MustPause(entry))
        {
            Record(entry, CommandOf(entry.Payment, report, notFoundIsFinal, now) with { Hold = true }, hearing, now);
            HoldIfFree(entry, now);
        }
        else
        {
            entry.Choice = new ChannelChoice();
            var route = new PendingRoute.AfterAttempt(hearing, notFoundIsFinal, entry.Plan);
            Choose(route, entry.Payment.Content, Tried(entry));
        }
    }

    /// <summary>
    /// The open attempt's order waits in its lane's queue, or has left it for the channel. Lives in memory only, and whatever
    /// is told of the attempt ends it.
    /// </summary>
    public void InQueue(PaymentId id, int attemptNo, bool isInQueue)
    {
        if (_entries.TryGetValue(id, out var entry) && entry.Order != OrderPlace.Settled
            && entry.Payment.OpenAttempt is { } open && open.No == attemptNo)
        {
            entry.Order = isInQueue && open.Outcome == Outcome.None ? OrderPlace.Queued : OrderPlace.Sent;
        }
    }

    /// <summary>
    /// What was never here is none of ours. What was may have left memory, and late truth of it is looked up: it may be a
    /// success of a payment that its merchant has heard to have failed.
    /// </summary>
    private void HearOfAbsent(Hearing hearing)
    {
        if (_forgotten.MayContain(hearing.Report.Payment))
        {
            LookUp(hearing.Report.Payment, new PendingLookUp(hearing.Notice?.Caller, null, hearing));
            return;
        }

        TakenOver(hearing.Report);
        Tell(hearing, NoticeFate.UnknownOrder);
    }

    /// <param name="found">As the read model has it; null: it was not ours after all.</param>
    private void HearOfForgotten(Payment? found, Hearing hearing)
    {
        var report = hearing.Report;
        var now = new BookTime(_clock, _monotonic);
        if (found is null)
        {
            TakenOver(report);
            Tell(hearing, NoticeFate.UnknownOrder);
        }
        else if (_entries.ContainsKey(report.Payment))
        {
            Hear(hearing, now);
        }
        else if (WhyNotOf(found, hearing) is { } other)
        {
            Tell(hearing, other);
        }
        else if (SaysNothing(report))
        {
            Tell(hearing, NoticeFate.Known);
        }
        else
        {
            var command = CommandOf(found, report, false, now);
            var isStored = Carry(null, report.Payment, command, now, out var entry, forgotten: found);
            Answer(hearing, found, isStored, isNews: entry is not null);
        }
    }

    /// <summary>Why a notice does not speak of this very order; null when it does, and for what our own lanes say.</summary>
    private static NoticeFate? WhyNotOf(Payment payment, Hearing hearing)
    {
        if (hearing.Notice is not { } notice)
        {
            return null;
        }

        if (payment.Attempt(notice.AttemptNo) is not { } attempt
            || attempt.OrderNo != notice.OrderNo)
        {
            return NoticeFate.UnknownOrder;
        }

        if (attempt.Channel != notice.Channel)
        {
            return NoticeFate.WrongChannel;
        }

        if (payment.Content.Amount.Minor != notice.Amount.Minor)
        {
            return NoticeFate.WrongAmount;
        }

        return payment.Content.Amount.Currency != notice.Amount.Currency ? NoticeFate.WrongCurrency : null;
    }

    /// <summary>A query or a notice that failed, was refused, or contradicts itself is no word of the order.</summary>
    private static bool SaysNothing(AttemptReport report) => report.Source != ReportSource.Submit && !report.Outcome.Speaks();

    /// <summary>Keeps the schedule of an open attempt. True: its "not found" may be believed.</summary>
    private bool AdvancePlan(BookEntry entry, AttemptReport report, BookTime now)
    {
        if (entry is not { Plan: { } plan, Payment.OpenAttempt: { } attempt } || report.Source == ReportSource.Submit)
        {
            return false;
        }

        var isQuery = report.Source == ReportSource.Query;
        var isNotFound = report.Outcome.Class == OutcomeClass.NotFound;
        if (!isNotFound && report.Outcome.Speaks())
        {
            plan.Found();
        }

        var isOfLastQuestion = isQuery && report.Question == plan.Question;
        var notFoundIsFinal = isOfLastQuestion && isNotFound && plan.NotFound(_rules.MaxClockSkew);
        if (isOfLastQuestion && plan.IsAsking)
        {
            AskAgainLater(entry.Payment.Id, attempt, plan, now);
        }

        return notFoundIsFinal;
    }

    private bool GoesOn(Payment payment, AttemptReport report, bool notFoundIsFinal, BookTime now)
    {
        if (report.Outcome.SaysAbsent() && Elsewhere(payment, report) is not null)
        {
            return false;
        }

        if (report.Outcome.Class == OutcomeClass.NotFound && !(notFoundIsFinal && PaymentDecider.NotFoundEnds(payment)))
        {
            return false;
        }

        if (report.Source == ReportSource.Notification && PaymentDecider.IsClaim(payment, report.Outcome))
        {
            return false;
        }

        var told = notFoundIsFinal ? report.Outcome.AsFinal() : report.Outcome;
        return PaymentDecider.WantsAnotherChannel(_rules.Payments, payment, told, now.Utc);
    }

    private RecordOutcome CommandOf(Payment payment, AttemptReport report, bool notFoundIsFinal, BookTime now) =>
        new(now.Utc, report.AttemptNo, report.Outcome, notFoundIsFinal, ByNotice: report.Source == ReportSource.Notification)
        {
            Elsewhere = Elsewhere(payment, report),
        };

    /// <summary>
    /// Where the report comes from, if the attempt was sent somewhere else. A submit's end comes from where it went. The
    /// account may have changed since the question left, or before it came there: both must be the attempt's.
    /// </summary>
    private ChannelTarget? Elsewhere(Payment payment, AttemptReport report)
    {
        if (report.Source == ReportSource.Submit)
        {
            return null;
        }

        var sent = payment.Attempt(report.AttemptNo)?.Target;
        var here = _rules.TargetOf(report.Channel);
        var asked = report.Source == ReportSource.Query ? _entries.GetValueOrDefault(payment.Id)?.Plan?.AskedTarget : null;
        if (ChannelTarget.IsElsewhere(sent, here))
        {
            return here;
        }

        return ChannelTarget.IsElsewhere(sent, asked) ? asked : null;
    }

    private void Record(BookEntry entry, RecordOutcome command, Hearing hearing, BookTime now)
    {
        var before = entry.Payment;
        var report = hearing.Report;
        var isStored = Carry(entry, report.Payment, command, now, out _);
        if (report.Source == ReportSource.Submit && entry is { Plan: { WasAsked: false } plan, Payment.OpenAttempt: { } open }
            && open.No == report.AttemptNo)
        {
            plan.Begin(now.Monotonic);
            _agenda.Schedule(open.Channel, entry.Payment.Id, open.No, plan.DueAt);
        }

        WithdrawIfPaid(entry, report, now);

        // News that cannot be encoded is not stored, so its sender must keep it; of an attempt that never was there is none.
        var isTaken = isStored || report.AttemptNo > entry.Payment.Attempts.Length;
        Answer(hearing, before, isTaken, isNews: !ReferenceEquals(entry.Payment, before));
    }

    private void Answer(Hearing hearing, Payment payment, bool isTaken, bool isNews)
    {
        if (isTaken)
        {
            TakenOver(hearing.Report);
            TellChannel(hearing, payment);
            Tell(hearing, isNews ? NoticeFate.Stored : NoticeFate.Known);
        }
        else if (hearing.Notice is { } notice)
        {
            Answer(notice.Caller, new BookAnswer.OutOfReach());
        }
    }

    private void TakenOver(AttemptReport report)
    {
        if (report.Source == ReportSource.Submit)
        {
            _commits.AfterCommit(new BookEffect.ReportTaken(report));
        }
    }

    /// <summary>A query's answer passes the channel on its way; a notice does not. A claim is believed by its query.</summary>
    private void TellChannel(Hearing hearing, Payment payment)
    {
        if (hearing.Notice is { } notice && notice.Outcome.IsDefinite() && !PaymentDecider.IsClaim(payment, notice.Outcome))
        {
            _commits.AfterCommit(new BookEffect.OrderHeard(
                notice.Channel, notice.OrderNo, payment.Content.Product, notice.Outcome));
        }
    }

    private void Tell(Hearing hearing, NoticeFate fate)
    {
        if (hearing.Notice is { } notice)
        {
            Answer(notice.Caller, new BookAnswer.Heard(fate));
        }
    }
}
