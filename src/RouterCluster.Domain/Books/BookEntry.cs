using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Books;

/// <summary>One payment in its book's memory, with its schedule of questions, its hold and the callers that wait.</summary>
internal sealed class BookEntry(Payment payment, long changedAt)
{
    /// <summary>One round takes at most this part of the attempt numbers that are left, so that there is another round.</summary>
    private const int RoundShare = 4;

    private (Payment Payment, long ChangedAt)? _before;

    public Payment Payment { get; private set; } = payment;

    /// <summary>The row that holds, or will hold, the last change.</summary>
    public long ChangedAt { get; private set; } = changedAt;

    /// <summary>Set while an attempt is open.</summary>
    public QueryPlan? Plan { get; set; }

    /// <summary>Where the open attempt's order is.</summary>
    public OrderPlace Order { get; set; }

    /// <summary>Set while a next channel is being chosen.</summary>
    public ChannelChoice? Choice { get; set; }

    /// <summary>Set while the payment is at no channel.</summary>
    public Hold? Hold { get; set; }

    /// <summary>
    /// The last attempt before the present round over the channels. A channel that turned the order away unsent is not asked
    /// again in the same round.
    /// </summary>
    public int RoundAfter { get; private set; }

    public bool IsRoundOver => Payment.Attempts.Length - RoundAfter
        >= Math.Max(1, (PaymentDecider.AttemptNumbers - RoundAfter) / RoundShare);

    /// <summary>At no channel, and none is being chosen.</summary>
    public bool IsFree => Payment.State == PaymentState.Accepted && Choice is null;

    /// <summary>It waits for nothing any more: neither for people nor for a channel.</summary>
    public bool MayLeave => Payment is { IsFinal: true, NeedsDecision: false, OpenAttempt: null }
        && !Payment.Proposals.Any(known => known.IsPending);

    /// <summary>Channels that had the order, and channels that turned it away unsent in the present round.</summary>
    public IEnumerable<ChannelId> Tried => Payment.Attempts
        .Where(attempt => attempt.Outcome.Landing != Landing.NotSent || attempt.No > RoundAfter)
        .Select(attempt => attempt.Channel)
        .Distinct();

    /// <summary>The payment as a caller sees it now.</summary>
    public BookAnswer.Stored Shown =>
        new(Order == OrderPlace.Queued ? Payment with { IsInQueue = true } : Payment, IsNew: false);

    /// <summary>
    /// Callers that want to hear of the end, and until when. Those whose time is over make room, as a merchant may ask for
    /// ever; the others are no more than the requests that nodes work on at once.
    /// </summary>
    public List<(Caller Caller, TimeSpan Until)>? Waiting { get; private set; }

    public void BeginRound() => RoundAfter = Payment.Attempts.Length;

    public void BeginChoice() => Choice = new ChannelChoice();

    public ChannelChoice EndChoice()
    {
        var made = Choice ?? new ChannelChoice();
        Choice = null;
        return made;
    }

    /// <param name="row">The row that holds, or will hold, the change.</param>
    public void Change(Payment after, long row)
    {
        if (row != ChangedAt)
        {
            _before = (Payment, ChangedAt);
        }

        (Payment, ChangedAt) = (after, row);
    }

    /// <summary>The payment as that row left it, where at most one later row has changed it. Null: it came into memory later.</summary>
    public (Payment Payment, long ChangedAt)? AsOf(long row) => ChangedAt <= row ? (Payment, ChangedAt) : _before;

    public void AddWaiting(Caller caller, TimeSpan wait, TimeSpan now)
    {
        Waiting ??= [];
        Waiting.RemoveAll(earlier => earlier.Until <= now);
        Waiting.Add((caller, now + wait));
    }

    public List<(Caller Caller, TimeSpan Until)> TakeWaiting()
    {
        var taken = Waiting ?? [];
        Waiting = null;
        return taken;
    }
}

/// <summary>Where the order of the open attempt is, as far as its book knows.</summary>
internal enum OrderPlace
{
    /// <summary>There is no order, or its channel has answered or was asked: the router no longer counts it.</summary>
    Released,

    /// <summary>On its way; the router counts it as held by the channel.</summary>
    Sent,

    /// <summary>In its lane's queue: no byte has left.</summary>
    Queued,
}

/// <summary>The choice of a payment's next channel, and the reports about the payment that come until it is made.</summary>
internal sealed class ChannelChoice
{
    public List<ReceivedReport> Reports { get; } = [];

    /// <summary>Success was reported: of the attempt that has ended, or of an earlier one.</summary>
    public bool IsSuccessReported => Reports.Exists(later => later.Report.Outcome.IsSuccess());

    /// <summary>The channel knows the order after all that it had not found for so long: "not found" ends nothing.</summary>
    public bool IsFoundAfterAll(PendingRoute.AfterAttempt after) => after.NotFoundIsFinal
        && Reports.Exists(later => later.Report.AttemptNo == after.Received.Report.AttemptNo
            && (later.Report.Outcome.IsSuccess() || later.Report.Outcome.Landing == Landing.Landed));
}

/// <summary>A report, and the notice that it came by, whose sender waits until it is stored.</summary>
internal readonly record struct ReceivedReport(AttemptReport Report, NoticeRequest? Notice = null)
{
    /// <summary>A query or a notice that failed, was refused or contradicts itself is no evidence of the order.</summary>
    public bool SaysNothing => Report.Source != ReportSource.Submit && !Report.Outcome.Speaks();

    /// <summary>False: a notice that is not of this very order. Reports of our own lanes always are.</summary>
    public bool IsOf(Payment payment, out NoticeFate mismatch)
    {
        mismatch = Notice is null ? NoticeFate.Known : Match(payment, Notice);
        return mismatch == NoticeFate.Known;
    }

    private static NoticeFate Match(Payment payment, NoticeRequest notice)
    {
        if (payment.Attempt(notice.AttemptNo) is not { } attempt || attempt.OrderNo != notice.OrderNo)
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

        return payment.Content.Amount.Currency != notice.Amount.Currency ? NoticeFate.WrongCurrency : NoticeFate.Known;
    }
}
