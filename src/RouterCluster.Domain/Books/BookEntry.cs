using RouterCluster.Domain.Outcomes;
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

    /// <summary>Where the open attempt's order is.</summary>
    public OrderPlace Order { get; set; }

    /// <summary>Set while a next channel is being chosen; what the ended attempt said waits with it.</summary>
    public ChannelChoice? Choice { get; set; }

    /// <summary>Set while no channel has it.</summary>
    public Hold? Hold { get; set; }

    /// <summary>
    /// The last attempt before the present round over the channels: one that turned the order away unsent is not asked
    /// again in the same round.
    /// </summary>
    public int RoundAfter { get; set; }

    /// <summary>
    /// Callers that want to hear of the end, and until when. Those whose time is over make room, as a merchant may ask for
    /// ever; the others are no more than the requests that nodes work on at once.
    /// </summary>
    public List<(Caller Caller, TimeSpan Until)>? Waiting { get; private set; }

    public ChannelChoice EndChoice()
    {
        var made = Choice ?? new ChannelChoice();
        Choice = null;
        return made;
    }

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

/// <summary>Where the order of the open attempt is, as far as its book knows.</summary>
internal enum OrderPlace
{
    /// <summary>There is none, or its channel has spoken or was asked: the router no longer counts it.</summary>
    Settled,

    /// <summary>On its way; the router counts it as held by the channel.</summary>
    Sent,

    /// <summary>In its lane's queue: nothing of it has left.</summary>
    Queued,
}

/// <summary>The choice of a payment's next channel, and what is told of the payment until it is made.</summary>
internal sealed class ChannelChoice
{
    public List<Hearing> Told { get; } = [];

    /// <summary>A success was told: of the attempt that has ended, or of an earlier one.</summary>
    public bool IsSuccessTold => Told.Exists(later => later.Report.Outcome.IsSuccess());

    /// <summary>The channel knows the order after all that it had not found for so long: "not found" ends nothing.</summary>
    public bool IsFoundAfterAll(PendingRoute.AfterAttempt after) => after.NotFoundIsFinal
        && Told.Exists(later => later.Report.AttemptNo == after.Hearing.Report.AttemptNo
            && (later.Report.Outcome.IsSuccess() || later.Report.Outcome.Landing == Landing.Landed));
}

/// <summary>A report, and the notice that it came by, whose sender waits to hear that it is stored.</summary>
internal readonly record struct Hearing(AttemptReport Report, NoticeRequest? Notice = null);
