using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Books;

/// <summary>
/// When one open attempt is asked about next, and whether its "not found" may be believed. Lives in memory only: a restart
/// begins the count of agreeing answers again, which is the safe side.
/// </summary>
/// <param name="begunAt">Monotonic: the attempt's start, or the last restart.</param>
internal sealed class QueryPlan(
    QueryPolicy policy, DateTimeOffset sendBefore, TimeSpan begunAt, TimeSpan firstDue, TimeSpan unknownBefore = default)
{
    private static readonly TimeSpan LongestSpacing = TimeSpan.FromMinutes(1);

    private int _step;
    private int _questions;
    private int _agreeing;
    private bool _sawNotFound;
    private TimeSpan _lastAgreeing;
    private BookTime? _asked;
    private long _answersBefore;
    private bool _asksAtOnce;

    /// <summary>When the schedule asks, while a question of a person comes before it.</summary>
    private TimeSpan? _scheduledAt;

    public ChannelTarget? AskedTarget { get; private set; }

    public TimeSpan DueAt { get; private set; } = firstDue;

    /// <summary>The number of the last question. An answer to an earlier one is about an earlier moment.</summary>
    public long Question { get; set; }

    public bool IsAsking { get; private set; }

    public bool WasAsked => _asked is not null;

    /// <summary>
    /// Counts only pauses in which the channel answered some question: while it is down, payments do not age.
    /// </summary>
    public TimeSpan UnknownFor { get; private set; } = unknownBefore;

    /// <param name="target">"Not found" from two different accounts do not agree.</param>
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
        _questions++;
        IsAsking = true;
        _asked = now;
        DueAt = now.Monotonic + policy.QueryTimeout;
    }

    public AttemptQuestions QuestionsAt(BookTime now) =>
        new(_questions, _asked?.Utc, IsAsking, IsAsking ? null : now.Utc + Later(DueAt - now.Monotonic, TimeSpan.Zero));

    public void Begin(TimeSpan now)
    {
        DueAt = now + policy.Schedule[0];
        _step = Math.Max(_step, 1);
    }

    /// <summary>
    /// A claim is asked about at once. The answer to a question already out may be older than the claim, so another
    /// question follows it.
    /// </summary>
    public void Confirm(TimeSpan now)
    {
        (_step, _scheduledAt) = (0, null);
        _asksAtOnce = IsAsking;
        DueAt = IsAsking ? DueAt : now;
    }

    /// <summary>
    /// A person's question: one more, at once. The schedule stays as it is, so that no number of them makes its pauses longer
    /// or shorter. False: a question is out, or such a one waits already.
    /// </summary>
    /// <remarks>Law 5.2.</remarks>
    public bool AskByHand(TimeSpan now)
    {
        if (IsAsking || _scheduledAt is not null)
        {
            return false;
        }

        if (DueAt > now)
        {
            (_scheduledAt, DueAt) = (DueAt, now);
        }

        return true;
    }

    public void BeginSlowly(TimeSpan now)
    {
        _step = policy.Schedule.Length;
        DueAt = now + policy.Schedule[^1];
    }

    /// <remarks>Law 5.2.</remarks>
    public void Next(BookTime now, TimeSpan clockSkew)
    {
        IsAsking = false;
        if (_asksAtOnce)
        {
            _asksAtOnce = false;
            DueAt = now.Monotonic;
            return;
        }

        var pause = PauseAfter(now);
        if (_sawNotFound)
        {
            // Extra questions at the moments from which "not found" counts, and from which it may be believed.
            var wanted = UntilNotFoundTells(now, clockSkew);
            pause = wanted > TimeSpan.Zero && wanted < pause ? wanted : pause;
        }

        DueAt = now.Monotonic + pause;
    }

    private TimeSpan PauseAfter(BookTime now)
    {
        if (_scheduledAt is { } scheduled)
        {
            _scheduledAt = null;
            return Later(scheduled - now.Monotonic, TimeSpan.Zero);
        }

        return policy.Schedule[Math.Min(_step++, policy.Schedule.Length - 1)];
    }

    /// <summary>True when it may be believed. The moment counts at which the question left: a slow answer is older.</summary>
    /// <param name="agrees">False: the account has changed since it was asked, and nobody knows whose answer it is.</param>
    /// <remarks>Law 2.4.</remarks>
    public bool NotFound(bool agrees, TimeSpan clockSkew)
    {
        _sawNotFound = true;
        if (_asked is not { } asked || asked.Utc < CountsFrom(clockSkew))
        {
            return false;
        }

        if (agrees && (_agreeing == 0 || asked.Monotonic - _lastAgreeing >= Spacing))
        {
            _agreeing++;
            _lastAgreeing = asked.Monotonic;
        }

        return _agreeing >= policy.NotFoundAgreeing
            && asked.Utc >= FinalFrom(clockSkew)
            && asked.Monotonic >= FinalOnMonotonicFrom(clockSkew);
    }

    public void Found()
    {
        _agreeing = 0;
        _sawNotFound = false;
    }

    /// <summary>The least pause between agreeing answers; monotonic, as a leap of the wall clock proves nothing.</summary>
    private TimeSpan Spacing
    {
        get
        {
            var share = policy.NotFoundIsFinalAfter / (policy.NotFoundAgreeing + 1);
            return share < LongestSpacing ? share : LongestSpacing;
        }
    }

    /// <summary>Before this moment the order may still be on its way.</summary>
    private DateTimeOffset CountsFrom(TimeSpan clockSkew) => sendBefore + policy.SubmitTimeout + clockSkew;

    private DateTimeOffset FinalFrom(TimeSpan clockSkew)
    {
        var documented = sendBefore + policy.NotFoundIsFinalAfter + clockSkew;
        return documented > CountsFrom(clockSkew) ? documented : CountsFrom(clockSkew);
    }

    /// <summary>A leap of the wall clock, or a new owner's, can make the documented delay seem over.</summary>
    private TimeSpan FinalOnMonotonicFrom(TimeSpan clockSkew) =>
        begunAt + policy.SubmitQueueDeadline + policy.NotFoundIsFinalAfter + clockSkew;

    private TimeSpan UntilNotFoundTells(BookTime now, TimeSpan clockSkew)
    {
        if (now.Utc < CountsFrom(clockSkew))
        {
            return CountsFrom(clockSkew) - now.Utc;
        }

        return _agreeing < policy.NotFoundAgreeing
            ? Spacing
            : Later(FinalFrom(clockSkew) - now.Utc, FinalOnMonotonicFrom(clockSkew) - now.Monotonic);
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
