using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;

namespace RouterCluster.Domain.Books;

public sealed partial class PaymentBook
{
    private static readonly TimeSpan FirstHoldPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestHoldPause = TimeSpan.FromSeconds(1);

    private readonly PriorityQueue<PaymentId, TimeSpan> _held = new();

    /// <summary>Attempts that were sent and whose end is not known, by channel.</summary>
    public IReadOnlyList<UnknownAttempts> Unknown(DateTimeOffset utcNow)
    {
        var found = new Dictionary<ChannelId, UnknownAttempts>();
        foreach (var entry in _open)
        {
            if (entry.Payment.OpenAttempt is { } attempt && (attempt.Outcome != Outcome.None || entry.Plan is { WasAsked: true }))
            {
                var known = found.GetValueOrDefault(attempt.Channel, new UnknownAttempts(attempt.Channel, 0, 0, TimeSpan.Zero));
                var age = utcNow - attempt.StartedAt;
                found[attempt.Channel] = known with
                {
                    Count = known.Count + 1,
                    Amount = known.Amount + entry.Payment.Content.Amount.Minor,
                    Oldest = age > known.Oldest ? age : known.Oldest,
                };
            }
        }

        return [.. found.Values];
    }

    /// <summary>The end of one attempt and the start of the next go into one row.</summary>
    private void GoOn(PendingRoute.AfterAttempt after, RouteDecision decision, BookTime now)
    {
        var report = after.Hearing.Report;
        var entry = _entries[report.Payment];
        entry.IsChoosing = false;
        var attempts = entry.Payment.Attempts.Length;
        var isOvertaken = IsOvertaken(entry, after);
        var next = decision is RouteDecision.Chosen chosen && !isOvertaken ? Next(chosen, now) : null;
        var hold = next is null
            && (isOvertaken || decision is RouteDecision.NoneNow || MayComeFree(entry.Payment, report.Outcome));
        if (!(isOvertaken && after.NotFoundIsFinal))
        {
            Record(entry, CommandOf(report, after.NotFoundIsFinal, now) with { Next = next, Hold = hold }, after.Hearing, now);
        }

        if (decision is RouteDecision.Chosen unused && entry.Payment.Attempts.Length == attempts)
        {
            Settle(entry.Payment.Content.Merchant, unused.Channel);
        }

        if (entry.Payment.State == PaymentState.Accepted)
        {
            Hold(entry, now.Monotonic);
        }

        TakeDeferred(entry, now);
    }

    /// <summary>What came while the channel was chosen says that the order lives: nothing is started on the older word.</summary>
    private static bool IsOvertaken(BookEntry entry, PendingRoute.AfterAttempt after) => entry.Deferred is { } deferred
        && deferred.Exists(later => later.Report.AttemptNo == after.Hearing.Report.AttemptNo
            && (later.Report.Outcome.IsSuccess() || (after.NotFoundIsFinal && later.Report.Outcome.Landing == Landing.Landed)));

    private void TakeDeferred(BookEntry entry, BookTime now)
    {
        var deferred = entry.Deferred ?? [];
        entry.Deferred = null;
        foreach (var hearing in deferred)
        {
            Hear(hearing, now);
        }
    }

    private void Hold(BookEntry entry, TimeSpan now)
    {
        entry.HoldUntil ??= now + _rules.Hold;
        var pause = FirstHoldPause * (1 << Math.Min(entry.HoldTries++, 2));
        _held.Enqueue(entry.Payment.Id, now + (pause < LongestHoldPause ? pause : LongestHoldPause));
    }

    private void TryHeldAgain(BookTime now)
    {
        while (_held.TryPeek(out var id, out var dueAt) && dueAt <= now.Monotonic)
        {
            _held.Dequeue();
            if (!_entries.TryGetValue(id, out var entry) || entry.Payment.State != PaymentState.Accepted || entry.IsChoosing)
            {
                continue;
            }

            if (now.Monotonic >= entry.HoldUntil || now.Utc >= entry.Payment.ExpiresAt)
            {
                if (!Carry(entry, id, new EndWithoutChannel(now.Utc), now, out _))
                {
                    Hold(entry, now.Monotonic);
                }

                continue;
            }

            entry.IsChoosing = true;
            Choose(new PendingRoute.ForHeld(id), entry.Payment.Content, Tried(entry.Payment, null));
        }
    }

    private void StartHeld(PaymentId id, RouteDecision decision, BookTime now)
    {
        var entry = _entries[id];
        entry.IsChoosing = false;
        var started = decision is RouteDecision.Chosen chosen
            && Carry(entry, id, new StartAttempt(now.Utc, Next(chosen, now)), now, out _);
        if (!started)
        {
            if (decision is RouteDecision.Chosen unused)
            {
                Settle(entry.Payment.Content.Merchant, unused.Channel);
            }

            Hold(entry, now.Monotonic);
        }

        TakeDeferred(entry, now);
    }

    private void AskDue(BookTime now) => _agenda.TakeDue(now, _ask);

    private void AskIfDue(QueryAgenda.Item item, BookTime now)
    {
        if (!_entries.TryGetValue(item.Payment, out var entry) || entry.Plan is not { IsAsking: false } plan
            || plan.DueAt != item.DueAt || entry.Payment.OpenAttempt is not { } attempt || attempt.No != item.AttemptNo)
        {
            return;
        }

        Settle(entry, attempt.Channel);
        plan.Asked(now, _agenda.Answers(attempt.Channel));
        _agenda.Watch(attempt.Channel, item.Payment, attempt.No, plan.DueAt);
        var content = entry.Payment.Content;
        _commits.AfterCommit(new BookEffect.Query(new QueryOrder(
            item.Payment, attempt.No, attempt.OrderNo, attempt.Channel, content.Merchant, content.Product, content.Amount)));
        if (plan.UnknownFor >= _rules.SuspendAfter)
        {
            Carry(entry, item.Payment, new SuspendUnknown(now.Utc, attempt.No), now, out _);
        }
    }

    private void QueryWasMissed(QueryAgenda.Item item, BookTime now)
    {
        if (_entries.TryGetValue(item.Payment, out var entry) && entry.Plan is { IsAsking: true } plan
            && plan.DueAt == item.DueAt && entry.Payment.OpenAttempt is { } attempt && attempt.No == item.AttemptNo)
        {
            AskAgainLater(item.Payment, attempt, plan, now);
        }
    }

    private void AskAgainLater(PaymentId id, Attempt attempt, QueryPlan plan, BookTime now)
    {
        plan.Next(now, _rules.MaxClockSkew);
        if (plan.DueAt <= now.Monotonic)
        {
            _agenda.ScheduleFirst(attempt.Channel, id, attempt.No, plan.DueAt);
        }
        else
        {
            _agenda.Schedule(attempt.Channel, id, attempt.No, plan.DueAt);
        }
    }

    /// <summary>Channels that had the order. One that turned it away unsent may be asked again, but not at once.</summary>
    private static IEnumerable<ChannelId> Tried(Payment payment, ChannelId? justNow) => payment.Attempts
        .Where(attempt => attempt.Outcome.Landing != Landing.NotSent || attempt.Channel == justNow)
        .Select(attempt => attempt.Channel)
        .Distinct();

    private static bool MayComeFree(Payment payment, Outcome ending) =>
        ending.Landing == Landing.NotSent || payment.Attempts.Any(attempt => attempt.Outcome.Landing == Landing.NotSent);
}
