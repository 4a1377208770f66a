using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Books;

internal sealed class BookEntry(Payment payment, long changedAt)
{
    /// <summary>One round takes at most this part of the attempt numbers left, so that more rounds are possible.</summary>
    private const int RoundShare = 4;

    private (Payment Payment, long ChangedAt)? _before;

    public Payment Payment { get; private set; } = payment;

    public long ChangedAt { get; private set; } = changedAt;

    public QueryPlan? Plan { get; set; }

    public OrderPlace Order { get; set; }

    public ChannelChoice? Choice { get; set; }

    public Hold? Hold { get; set; }

    /// <summary>Set while nobody knows whether the payment can still be cancelled, as somebody wants it.</summary>
    public CancelWish? Cancel { get; set; }

    /// <summary>The last attempt before the present round, in which no channel is asked twice.</summary>
    public int RoundAfter { get; private set; }

    public bool IsRoundOver => Payment.Attempts.Length - RoundAfter
        >= Math.Max(1, (PaymentDecider.AttemptNumbers - RoundAfter) / RoundShare);

    public bool IsFree => Payment.State == PaymentState.Accepted && Choice is null;

    public bool MayLeave => Payment is { IsFinal: true, NeedsDecision: false, OpenAttempt: null }
        && !Payment.Proposals.Any(known => known.IsPending);

    /// <summary>The version that the read model was last seen to hold; null before.</summary>
    public long? ReadBack { get; set; }

    public bool IsInReadModel => MayLeave && ReadBack == ChangedAt;

    public IEnumerable<ChannelId> Tried => Payment.Attempts
        .Where(attempt => attempt.Outcome.Landing != Landing.NotSent || attempt.No > RoundAfter)
        .Select(attempt => attempt.Channel)
        .Distinct();

    public BookAnswer.Stored Shown =>
        new(Order == OrderPlace.Queued ? Payment with { IsInQueue = true } : Payment, IsNew: false);

    public BookAnswer.Stored ShownWithQuestions(BookTime now) => Plan is null || Payment.OpenAttempt is null
        ? Shown
        : new(Payment with { IsInQueue = Order == OrderPlace.Queued, Questions = Plan.QuestionsAt(now) }, IsNew: false);

    /// <summary>
    /// Callers that want to hear of the end, and until when. Expired ones are removed at each addition, as a merchant may
    /// repeat the request for ever.
    /// </summary>
    public List<(Caller Caller, TimeSpan Until)>? Waiting { get; private set; }

    /// <summary>The order has not left, and somebody wants no other one sent.</summary>
    public bool IsCancelledBy(AttemptReport report) => Cancel is not null && report.Outcome.Landing == Landing.NotSent;

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

    /// <summary>The payment as that row left it; null if it came later. At most one later row may have changed it.</summary>
    public (Payment Payment, long ChangedAt)? AsOf(long row) => ChangedAt <= row ? (Payment, ChangedAt) : _before;

    /// <remarks>Law 4.8.</remarks>
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

internal enum OrderPlace
{
    /// <summary>There is no order, or its channel has answered or was asked: the router no longer counts it.</summary>
    Released,

    Sent,

    Queued,
}

internal sealed class ChannelChoice
{
    public List<ReceivedReport> Reports { get; } = [];

    public bool IsSuccessReported => Reports.Exists(later => later.Report.Outcome.IsSuccess());

    public bool IsFoundAfterAll(PendingRoute.AfterAttempt after) => after.NotFoundIsFinal
        && Reports.Exists(later => later.Report.AttemptNo == after.Received.Report.AttemptNo
            && (later.Report.Outcome.IsSuccess() || later.Report.Outcome.Landing == Landing.Landed));
}

/// <summary>The notice's sender waits until the report is stored.</summary>
internal readonly record struct ReceivedReport(AttemptReport Report, NoticeRequest? Notice = null)
{
    /// <summary>A query or a notice that failed, was refused or contradicts itself is no evidence of the order.</summary>
    public bool SaysNothing => Report.Source != ReportSource.Submit && !Report.Outcome.Speaks();

    /// <summary>False: the notice is about another order. Reports of our own lanes always match.</summary>
    public bool IsOf(Payment payment, out NoticeFate mismatch)
    {
        mismatch = Notice is null ? NoticeFate.Known : Match(payment, Notice);
        return mismatch == NoticeFate.Known;
    }

    /// <remarks>Law 2.8.</remarks>
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
