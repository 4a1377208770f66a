using RouterCluster.Domain.Channels;

namespace RouterCluster.Domain.Books;

/// <summary>
/// When one open attempt is asked about next, and whether its "not found" may be believed. Lives in memory only: after a
/// restart the count of agreeing answers begins again, which is the safe side.
/// </summary>
/// <param name="begunAt">When this plan began, on the monotonic clock: with the attempt, or with the last restart.</param>
/// <param name="unknownBefore">The attempt's stored age.</param>
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

    /// <summary>The account that the last question was sent to; null where that is not known.</summary>
    public ChannelTarget? AskedTarget { get; private set; }

    public TimeSpan DueAt { get; private set; } = firstDue;

    /// <summary>The number of the last question. An answer to an earlier one is about an earlier moment.</summary>
    public long Question { get; set; }

    /// <summary>A question is out, and holds one of the book's credits at the channel.</summary>
    public bool IsAsking { get; private set; }

    public bool WasAsked => _asked is not null;

    /// <summary>
    /// How long the attempt has been unknown, counting only pauses between two of its questions in which the channel
    /// answered some question: while a channel is down its payments do not age.
    /// </summary>
    public TimeSpan UnknownFor { get; private set; } = unknownBefore;

    /// <param name="answers">How many questions the channel has answered so far.</param>
    /// <param name="target">
    /// The account that the question goes to. "Not found" from two different accounts do not agree.
    /// </param>
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

    /// <summary>The submit has ended without a definite outcome: questions follow the schedule.</summary>
    public void Begin(TimeSpan now)
    {
        DueAt = now + policy.Schedule[0];
        _step = Math.Max(_step, 1);
    }

    /// <summary>
    /// There is a claim to confirm: a question at once, and then from the schedule's beginning. The answer to a question
    /// that is already out may be older than the claim, so another question follows it.
    /// </summary>
    public void Confirm(TimeSpan now)
    {
        _step = 0;
        _asksAtOnce = IsAsking;
        DueAt = IsAsking ? DueAt : now;
    }

    /// <summary>After a restart a suspended payment is asked about at the slow pace that it had.</summary>
    public void BeginSlowly(TimeSpan now)
    {
        _step = policy.Schedule.Length;
        DueAt = now + policy.Schedule[^1];
    }

    /// <summary>Plans the next question after an answer or a missed one; the last pause of the schedule repeats.</summary>
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
            // Extra questions at the moments from which "not found" counts, and from which it may be believed.
            var wanted = UntilNotFoundTells(now, maxClockSkew);
            pause = wanted > TimeSpan.Zero && wanted < pause ? wanted : pause;
        }

        DueAt = now.Monotonic + pause;
    }

    /// <summary>
    /// Counts a "not found"; true when it may be believed. The moment at which the question left counts, since a slow
    /// answer is about an earlier moment.
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

    public void Found()
    {
        _agreeing = 0;
        _sawNotFound = false;
    }

    /// <summary>
    /// The least pause between two agreeing answers, on the monotonic clock: a leap of the wall clock proves nothing.
    /// </summary>
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
    /// A wall clock that leaps, or that belongs to a new owner, can make the documented delay seem over, so it must also
    /// have passed on the monotonic clock.
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
