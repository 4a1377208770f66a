using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Books;

public sealed partial class PaymentBook
{
    /// <summary>Of a payment that stays unknown until people look at it, its age is stored so many times.</summary>
    private const int AgesStored = 96;

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

    /// <summary>
    /// The end of one attempt and the start of the next go into one row, unless a success of any attempt has been told
    /// meanwhile: then nothing is started on the older word, and the payment waits until all that was told is looked at.
    /// </summary>
    private void GoOn(PendingRoute.AfterAttempt after, RouteDecision decision, BookTime now)
    {
        var report = after.Hearing.Report;
        var entry = _entries[report.Payment];
        var choice = entry.EndChoice();
        var notFoundIsFinal = after.NotFoundIsFinal && ReferenceEquals(after.Plan, entry.Plan);
        var attempts = entry.Payment.Attempts.Length;
        var mayStart = !choice.IsSuccessTold;
        var next = decision is RouteDecision.Chosen chosen && mayStart ? Next(chosen, now) : null;
        if (!choice.IsFoundAfterAll(after))
        {
            var hold = next is null
                && (!mayStart || decision is RouteDecision.NoneNow || MayComeFree(entry.Payment, report.Outcome));
            var command = CommandOf(entry.Payment, report, notFoundIsFinal, now) with { Next = next, Hold = hold };
            Record(entry, command, after.Hearing, now);
        }

        if (decision is RouteDecision.Chosen unused && entry.Payment.Attempts.Length == attempts)
        {
            Settle(entry.Payment.Content.Merchant, unused.Channel);
        }

        Hear(choice, now);
        HoldIfFree(entry, now);
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
        plan.Asked(now, _agenda.Answers(attempt.Channel), _rules.TargetOf(attempt.Channel));
        plan.Question = _agenda.Watch(attempt.Channel, item.Payment, attempt.No, plan.DueAt);
        _commits.AfterCommit(new BookEffect.Query(QuestionOf(entry.Payment, attempt, plan.Question)));
        GrowOld(entry, attempt, plan, now);
    }

    private static QueryOrder QuestionOf(Payment payment, Attempt attempt, long question) => new(
        payment.Id, attempt.No, attempt.OrderNo, attempt.Channel, payment.Content.Merchant, payment.Content.Product,
        payment.Content.Amount)
    {
        Question = question,
    };

    /// <summary>
    /// For how long an attempt has been unknown is stored now and then, so that restarts do not make it young again: what a
    /// restart may take away is a small part of the time after which people have to look at it.
    /// </summary>
    private void GrowOld(BookEntry entry, Attempt attempt, QueryPlan plan, BookTime now)
    {
        if (entry.Payment.State != PaymentState.Processing)
        {
            return;
        }

        if (plan.UnknownFor >= _rules.SuspendAfter)
        {
            Carry(entry, entry.Payment.Id, new SuspendUnknown(now.Utc, attempt.No), now, out _);
        }
        else if (plan.UnknownFor - attempt.UnknownFor >= _rules.SuspendAfter / AgesStored)
        {
            Carry(entry, entry.Payment.Id, new CountUnknown(now.Utc, attempt.No, plan.UnknownFor), now, out _);
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

    /// <summary>
    /// Channels that had the order, and those that turned it away unsent in the present round: the latter may be asked again
    /// in the next one.
    /// </summary>
    private static IEnumerable<ChannelId> Tried(BookEntry entry) => entry.Payment.Attempts
        .Where(attempt => attempt.Outcome.Landing != Landing.NotSent || attempt.No > entry.RoundAfter)
        .Select(attempt => attempt.Channel)
        .Distinct();

    private static bool MayComeFree(Payment payment, Outcome ending) =>
        ending.Landing == Landing.NotSent || payment.Attempts.Any(attempt => attempt.Outcome.Landing == Landing.NotSent);
}
