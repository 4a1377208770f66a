using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Books;

internal sealed class Hold(TimeSpan until)
{
    public TimeSpan Until => until;

    public int Rounds { get; set; }
}

internal sealed class HeldPayments(TimeSpan holdFor)
{
    /// <summary>After a start channels and routers need a while before a payment is given up.</summary>
    private static readonly TimeSpan HoldAfterStart = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly PriorityQueue<PaymentId, TimeSpan> _due = new();

    public void Add(BookEntry entry, TimeSpan now) => Add(entry, holdFor, now);

    public void AddAfterStart(BookEntry entry, TimeSpan now)
    {
        entry.BeginRound();
        Add(entry, holdFor > HoldAfterStart ? holdFor : HoldAfterStart, now);
    }

    public void AddIfFree(BookEntry entry, TimeSpan now)
    {
        if (entry.IsFree)
        {
            Add(entry, now);
        }
    }

    public bool TryTakeDue(TimeSpan now, out PaymentId id) =>
        _due.TryPeek(out id, out var dueAt) && dueAt <= now && _due.TryDequeue(out id, out _);

    private void Add(BookEntry entry, TimeSpan hold, TimeSpan now)
    {
        var held = entry.Hold ??= new Hold(now + hold);
        var next = now + PauseOf(entry, held, now);
        _due.Enqueue(entry.Payment.Id, next > held.Until && held.Until > now ? held.Until : next);
    }

    /// <summary>
    /// The pause doubles with each round. A round in which channels turn the payment away takes attempt numbers: in a long
    /// hold the rounds are spread so that the numbers last.
    /// </summary>
    private static TimeSpan PauseOf(BookEntry entry, Hold held, TimeSpan now)
    {
        var (used, rest) = (entry.Payment.Attempts.Length, held.Until - now);
        var spread = rest * (used - entry.RoundAfter) / Math.Max(1, PaymentDecider.AttemptNumbers - used);
        var longest = spread > LongestPause ? spread : LongestPause;
        return Doubling.Of(FirstPause, held.Rounds++, longest);
    }
}
