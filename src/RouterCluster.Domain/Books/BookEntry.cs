using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Books;

/// <summary>One payment in its book's memory, with what is going on about it.</summary>
internal sealed class BookEntry(Payment payment, long changedAt)
{
    private (Payment Payment, long ChangedAt)? _before;

    public Payment Payment { get; private set; } = payment;

    /// <summary>The row that holds, or will hold, the last change.</summary>
    public long ChangedAt { get; private set; } = changedAt;

    /// <summary>Set while an attempt is open.</summary>
    public QueryPlan? Plan { get; set; }

    /// <summary>The router counts the open attempt as held by its channel.</summary>
    public bool IsCountedByRouter { get; set; }

    /// <summary>A next channel is being chosen; what the ended attempt said waits with the choice.</summary>
    public bool IsChoosing { get; set; }

    /// <summary>What was told while a next channel was being chosen.</summary>
    public List<Hearing>? Deferred { get; set; }

    /// <summary>Set while no channel has it: when the payment is given up.</summary>
    public TimeSpan? HoldUntil { get; set; }

    public int HoldTries { get; set; }

    /// <summary>
    /// The last attempt before the present round over the channels: one that turned the order away unsent is not asked
    /// again in the same round.
    /// </summary>
    public int RoundAfter { get; set; }

    /// <summary>The lane has the open attempt's order in its queue: nothing of it has left.</summary>
    public bool IsInQueue { get; set; }

    /// <summary>
    /// Callers that want to hear of the end, and until when. Those whose time is over make room, as a merchant may ask for
    /// ever; the others are no more than the requests that nodes work on at once.
    /// </summary>
    public List<(Caller Caller, TimeSpan Until)>? Waiting { get; private set; }

    /// <param name="row">The one that holds, or will hold, the change.</param>
    public void Change(Payment after, long row)
    {
        if (row != ChangedAt)
        {
            _before = (Payment, ChangedAt);
        }

        (Payment, ChangedAt) = (after, row);
    }

    /// <summary>
    /// As that row left it, where no more than one row has changed it since. Null: it came into memory later.
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

/// <summary>A report, and the notice that it came by, whose sender waits to hear that it is stored.</summary>
internal readonly record struct Hearing(AttemptReport Report, NoticeRequest? Notice = null);
