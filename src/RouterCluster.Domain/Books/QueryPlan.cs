using RouterCluster.Domain.Channels;

namespace RouterCluster.Domain.Books;

/// <summary>
/// When one open attempt is asked about next, and how far its "not found" is believed. Lives in memory only: after a
/// restart the count of agreeing answers begins again, which errs on the side of asking.
/// </summary>
/// <param name="begunAt">When this plan began, on the monotonic clock: with the attempt, or with the last restart.</param>
/// <param name="unknownBefore">What was stored of its age before this plan.</param>
internal sealed class QueryPlan(
    QueryPolicy policy, DateTimeOffset sendBefore, TimeSpan begunAt, TimeSpan firstDue, TimeSpan unknownBefore = default)
{
    private static readonly TimeSpan LongestSpacing = TimeSpan.FromMinutes(1);

    private int _step;
    private int _agreeing;
    private bool _sawNotFound;
    private TimeSpan _lastAgreeing;
    private BookTime? _asked;
    private long _answersBefore;
    private bool _asksAtOnce;

    /// <summary>Where the last question went; null where nobody knows.</summary>
    public ChannelTarget? AskedTarget { get; private set; }

    public TimeSpan DueAt { get; private set; } = firstDue;

    /// <summary>The last one asked; an answer to an earlier one speaks of an earlier moment.</summary>
    public long Question { get; set; }

    /// <summary>A query is out, and holds one of the book's credits at the channel.</summary>
    public bool IsAsking { get; private set; }

    /// <summary>A query has been needed: nobody but the channel can tell.</summary>
    public bool WasAsked => _asked is not null;

    /// <summary>
    /// How long it has been unknown, counting only pauses between two of its questions in which the channel answered some
    /// question: a channel that is down does not make its payments old.
    /// </summary>
    public TimeSpan UnknownFor { get; private set; } = unknownBefore;

    /// <param name="answers">Questions that the channel has answered so far.</param>
    /// <param name="target">Where it goes: what one account does not know agrees with nothing that another one said.</param>
    public void Asked(BookTime now, long answers, ChannelTarget? target)
    {
        if (target != AskedTarget)
        {
            (_agreeing, AskedTarget) = (0, target);
        }

        if (_asked is { } before && answers > _answersBefore)
        {
            UnknownFor += now.Monotonic - before.Monotonic;
        }

        _answersBefore = answers;
        IsAsking = true;
        _asked = now;
        DueAt = now.Monotonic + policy.QueryTimeout;
    }

    /// <summary>The submit has ended without an end: from now on by the schedule.</summary>
    public void Begin(TimeSpan now)
    {
        DueAt = now + policy.Schedule[0];
        _step = Math.Max(_step, 1);
    }

    /// <summary>
    /// There is a claim to confirm: at once, and then from the schedule's beginning. The answer of a question that is
    /// out may be older than the claim, so another follows it.
    /// </summary>
    public void Confirm(TimeSpan now)
    {
        _step = 0;
        _asksAtOnce = IsAsking;
        DueAt = IsAsking ? DueAt : now;
    }

    /// <summary>After a restart a payment that waits for people is asked about at the pace it had.</summary>
    public void BeginSlowly(TimeSpan now)
    {
        _step = policy.Schedule.Length;
        DueAt = now + policy.Schedule[^1];
    }

    /// <summary>An answer, or none in time: the next pause of the schedule; the last one repeats.</summary>
    public void Next(BookTime now, TimeSpan maxClockSkew)
    {
        IsAsking = false;
        if (_asksAtOnce)
        {
            _asksAtOnce = false;
            DueAt = now.Monotonic;
            return;
        }

        var pause = policy.Schedule[Math.Min(_step, policy.Schedule.Length - 1)];
        _step++;
        if (_sawNotFound)
        {
            // The moments at which "not found" begins to count, and may be believed, are worth questions of their own.
            var wanted = UntilNotFoundTells(now, maxClockSkew);
            pause = wanted > TimeSpan.Zero && wanted < pause ? wanted : pause;
        }

        DueAt = now.Monotonic + pause;
    }

    /// <summary>
    /// Counts a "not found"; true when it may be believed. What counts is when the question left: an answer that took
    /// long speaks of an earlier moment.
    /// </summary>
    public bool NotFound(TimeSpan maxClockSkew)
    {
        _sawNotFound = true;
        if (_asked is not { } asked || asked.Utc < CountsFrom(maxClockSkew))
        {
            return false;
        }

        if (_agreeing == 0 || asked.Monotonic - _lastAgreeing >= Spacing)
        {
            _agreeing++;
            _lastAgreeing = asked.Monotonic;
        }

        return _agreeing >= policy.NotFoundAgreeing
            && asked.Utc >= FinalFrom(maxClockSkew)
            && asked.Monotonic >= FinalOnMonotonicFrom(maxClockSkew);
    }

    /// <summary>The channel knows the order after all.</summary>
    public void Found()
    {
        _agreeing = 0;
        _sawNotFound = false;
    }

    /// <summary>Agreeing answers are this far apart on the monotonic clock: a leap of the other one proves nothing.</summary>
    private TimeSpan Spacing
    {
        get
        {
            var share = policy.NotFoundIsFinalAfter / (policy.NotFoundAgreeing + 1);
            return share < LongestSpacing ? share : LongestSpacing;
        }
    }

    /// <summary>Before this moment the order may still be on its way.</summary>
    private DateTimeOffset CountsFrom(TimeSpan maxClockSkew) => sendBefore + policy.SubmitTimeout + maxClockSkew;

    private DateTimeOffset FinalFrom(TimeSpan maxClockSkew)
    {
        var documented = sendBefore + policy.NotFoundIsFinalAfter + maxClockSkew;
        return documented > CountsFrom(maxClockSkew) ? documented : CountsFrom(maxClockSkew);
    }

    /// <summary>
    /// A wall clock that leaps, or belongs to the next owner, makes the documented delay seem over: it must also have passed
    /// on the clock that cannot.
    /// </summary>
    private TimeSpan FinalOnMonotonicFrom(TimeSpan maxClockSkew) =>
        begunAt + policy.SubmitQueueDeadline + policy.NotFoundIsFinalAfter + maxClockSkew;

    private TimeSpan UntilNotFoundTells(BookTime now, TimeSpan maxClockSkew)
    {
        if (now.Utc < CountsFrom(maxClockSkew))
        {
            return CountsFrom(maxClockSkew) - now.Utc;
        }

        return _agreeing < policy.NotFoundAgreeing
            ? Spacing
            : Later(FinalFrom(maxClockSkew) - now.Utc, FinalOnMonotonicFrom(maxClockSkew) - now.Monotonic);
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
