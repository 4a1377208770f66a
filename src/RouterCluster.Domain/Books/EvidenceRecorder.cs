using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Books;

/// <summary>Reports may come twice, late, about an attempt that has ended, or about an order never stored.</summary>
internal sealed class EvidenceRecorder(
    BookRules rules, CommitQueue commits, BookMemory memory, AttemptPlans plans, PendingRoutes routes, HeldPayments held,
    PaymentChanges changes, Withdrawals withdrawals, Cancellations cancellations)
{
    private readonly EvidenceRules _evidence = new(rules);

    public void Receive(ReceivedReport received, BookTime now)
    {
        if (memory.Find(received.Report.Payment) is { } entry)
        {
            Receive(entry, received, now);
            cancellations.Follow(entry, now);
        }
        else
        {
            ReceiveOfAbsent(received);
        }
    }

    /// <summary>All of them before anything is concluded: one of them may be a success.</summary>
    public void Receive(BookEntry entry, ChannelChoice choice, BookTime now)
    {
        foreach (var received in choice.Reports)
        {
            Receive(entry, received, now);
        }

        cancellations.Follow(entry, now);
    }

    private void Receive(BookEntry entry, ReceivedReport received, BookTime now)
    {
        var report = received.Report;
        if (!received.IsOf(entry.Payment, out var mismatch))
        {
            AnswerNotice(received, mismatch);
            return;
        }

        if (entry.Choice is { } choice)
        {
            choice.Reports.Add(received);
            return;
        }

        var isOpen = entry.Payment.OpenAttempt?.No == report.AttemptNo;
        if (isOpen && entry.Order == OrderPlace.Queued)
        {
            entry.Order = OrderPlace.Sent;
        }

        var notFoundIsFinal = isOpen && plans.Advance(entry, report, now);
        if (received.SaysNothing)
        {
            AnswerNotice(received, NoticeFate.Known);
            return;
        }

        if (report.Source == ReportSource.Submit && isOpen)
        {
            routes.Release(entry, report.Channel);
        }

        if (!isOpen || !_evidence.WantsAnotherChannel(entry.Payment, entry.Plan, report, notFoundIsFinal, now.Utc))
        {
            Record(entry, CommandOf(entry, report, notFoundIsFinal, now), received, now);
        }
        else if (routes.IsClosed || entry.IsRoundOver || entry.IsCancelledBy(report))
        {
            Record(entry, CommandOf(entry, report, notFoundIsFinal, now) with { Hold = true }, received, now);
            held.AddIfFree(entry, now.Monotonic);
        }
        else
        {
            entry.BeginChoice();
            var route = new PendingRoute.AfterAttempt(entry, received, notFoundIsFinal, entry.Plan);
            routes.Ask(route, entry.Payment.Content, entry.Tried);
        }
    }

    public void ReceiveOfForgotten(Payment? found, ReceivedReport received, BookTime now)
    {
        var report = received.Report;
        if (found is null)
        {
            Acknowledge(report);
            AnswerNotice(received, NoticeFate.UnknownOrder);
        }
        else if (memory.Find(report.Payment) is not null)
        {
            Receive(received, now);
        }
        else if (!received.IsOf(found, out var mismatch))
        {
            AnswerNotice(received, mismatch);
        }
        else if (received.SaysNothing)
        {
            AnswerNotice(received, NoticeFate.Known);
        }
        else
        {
            var command = _evidence.CommandOf(found, null, report, false, now.Utc);
            var isStored = changes.TryMake(null, report.Payment, command, now, out var entry, forgotten: found);
            Answer(received, found, isStored, isNews: entry is not null);
        }
    }

    public RecordOutcome CommandOf(BookEntry entry, AttemptReport report, bool notFoundIsFinal, BookTime now) =>
        _evidence.CommandOf(entry.Payment, entry.Plan, report, notFoundIsFinal, now.Utc);

    public void Record(BookEntry entry, RecordOutcome command, ReceivedReport received, BookTime now)
    {
        var before = entry.Payment;
        var report = received.Report;
        var isStored = changes.TryMake(entry, command, now);
        if (report.Source == ReportSource.Submit && entry is { Plan: { WasAsked: false } plan, Payment.OpenAttempt: { } open }
            && open.No == report.AttemptNo)
        {
            plans.Begin(entry, open, plan, now);
        }

        WithdrawIfPaid(entry, report, now);

        // A report that cannot be encoded is not stored, so its sender must keep it. A report about an attempt that never
        // was is not kept.
        var isTaken = isStored || report.AttemptNo > entry.Payment.Attempts.Length;
        Answer(received, before, isTaken, isNews: !ReferenceEquals(entry.Payment, before));
    }

    /// <summary>
    /// Looked up if it may have left memory: its merchant may have been told of a failure, and this be a success.
    /// </summary>
    private void ReceiveOfAbsent(ReceivedReport received)
    {
        if (memory.Forgotten.MayContain(received.Report.Payment))
        {
            memory.LookUp(received.Report.Payment, new PendingLookUp(received.Notice?.Caller, null, received));
            return;
        }

        Acknowledge(received.Report);
        AnswerNotice(received, NoticeFate.UnknownOrder);
    }

    /// <remarks>Law 1.9.</remarks>
    private void WithdrawIfPaid(BookEntry entry, AttemptReport report, BookTime now)
    {
        if (!report.Outcome.IsSuccess() || entry.Payment.OpenAttempt is not { } open || open.No == report.AttemptNo)
        {
            return;
        }

        TakeBack(entry, open, "Another attempt has succeeded.", now);
    }

    /// <summary>The open attempt's order must not leave any more. Its report says whether it had left.</summary>
    public void TakeBack(BookEntry entry, Attempt open, string why, BookTime now)
    {
        var waiting = commits.TakeBack<BookEffect.Submit>(submit =>
            submit.Order.Payment == entry.Payment.Id && submit.Order.AttemptNo == open.No);
        foreach (var submit in waiting)
        {
            Receive(new ReceivedReport(submit.Order.NeverLeft("withdrawn", why)), now);
        }

        if (waiting.Count == 0 && open.Outcome == Outcome.None)
        {
            withdrawals.Add(entry.Payment.Id, open);
        }
    }

    /// <remarks>Law 2.7, 2.9.</remarks>
    private void Answer(ReceivedReport received, Payment payment, bool isTaken, bool isNews)
    {
        if (isTaken)
        {
            Acknowledge(received.Report);
            CorrectChannel(received, payment);
            AnswerNotice(received, isNews ? NoticeFate.Stored : NoticeFate.Known);
        }
        else if (received.Notice is { } notice)
        {
            commits.Answer(notice.Caller, new BookAnswer.OutOfReach());
        }
    }

    private void Acknowledge(AttemptReport report)
    {
        if (report.Source == ReportSource.Submit)
        {
            commits.AfterCommit(new BookEffect.ReportTaken(report));
        }
    }

    /// <summary>
    /// A query's answer passes its channel; a notice does not. A payout's notice is only a claim, which a query confirms.
    /// </summary>
    private void CorrectChannel(ReceivedReport received, Payment payment)
    {
        if (received.Notice is { } notice && notice.Outcome.IsDefinite() && !PaymentDecider.IsClaim(payment, notice.Outcome))
        {
            commits.AfterCommit(new BookEffect.OrderHeard(
                notice.Channel, notice.OrderNo, payment.Content.Product, notice.Outcome));
        }
    }

    private void AnswerNotice(ReceivedReport received, NoticeFate fate)
    {
        if (received.Notice is { } notice)
        {
            commits.Answer(notice.Caller, new BookAnswer.Heard(fate));
        }
    }
}
