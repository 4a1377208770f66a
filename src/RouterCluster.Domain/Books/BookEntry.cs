using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Books;

internal sealed class BookEntry(Payment payment, long changedAt)
{
    /// <summary>
    /// One round takes at most this part of the attempt numbers that are left, so that more rounds are possible.
    /// </summary>
    private const int RoundShare = 4;

    private (Payment Payment, long ChangedAt)? _before;

    public Payment Payment { get; private set; } = payment;

    /// <summary>The row that holds, or will hold, the last change.</summary>
    public long ChangedAt { get; private set; } = changedAt;

    /// <summary>Set while an attempt is open.</summary>
    public QueryPlan? Plan { get; set; }

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

    /// <summary>The payment is at no channel, and no channel is being chosen for it.</summary>
    public bool IsFree => Payment.State == PaymentState.Accepted && Choice is null;

    /// <summary>The payment waits neither for people nor for a channel.</summary>
    public bool MayLeave => Payment is { IsFinal: true, NeedsDecision: false, OpenAttempt: null }
        && !Payment.Proposals.Any(known => known.IsPending);

    /// <summary>Channels that had the order, and channels that turned it away unsent in the present round.</summary>
    public IEnumerable<ChannelId> Tried => Payment.Attempts
        .Where(attempt => attempt.Outcome.Landing != Landing.NotSent || attempt.No > RoundAfter)
        .Select(attempt => attempt.Channel)
        .Distinct();

    public BookAnswer.Stored Shown =>
        new(Order == OrderPlace.Queued ? Payment with { IsInQueue = true } : Payment, IsNew: false);

    /// <summary>
    /// Callers that want to hear of the end, and until when. Expired ones are removed at each addition, as a merchant may
    /// repeat the request for ever; the others are no more than the requests that nodes work on at once.
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

    public void Change(Payment after, long row)
    {
        if (row != ChangedAt)
        {
            _before = (Payment, ChangedAt);
        }

        (Payment, ChangedAt) = (after, row);
    }

    /// <summary>
    /// The payment as that row left it, where at most one later row has changed it. Null: it came into memory after that
    /// row.
    /// </summary>
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

/// <summary>The choice of a payment's next channel, and the reports that come until the choice is made.</summary>
internal sealed class ChannelChoice
{
    public List<ReceivedReport> Reports { get; } = [];

    /// <summary>Success was reported, of the attempt that has ended or of an earlier one.</summary>
    public bool IsSuccessReported => Reports.Exists(later => later.Report.Outcome.IsSuccess());

    /// <summary>The channel knows the order after all, so its earlier "not found" ends nothing.</summary>
    public bool IsFoundAfterAll(PendingRoute.AfterAttempt after) => after.NotFoundIsFinal
        && Reports.Exists(later => later.Report.AttemptNo == after.Received.Report.AttemptNo
            && (later.Report.Outcome.IsSuccess() || later.Report.Outcome.Landing == Landing.Landed));
}

/// <summary>A report, and the notice that brought it. The notice's sender waits until the report is stored.</summary>
internal readonly record struct ReceivedReport(AttemptReport Report, NoticeRequest? Notice = null)
{
    /// <summary>A query or a notice that failed, was refused or contradicts itself is no evidence of the order.</summary>
    public bool SaysNothing => Report.Source != ReportSource.Submit && !Report.Outcome.Speaks();

    /// <summary>False: the notice is about another order than this payment's. Reports of our own lanes always match.</summary>
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
