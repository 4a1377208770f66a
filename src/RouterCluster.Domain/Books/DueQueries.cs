using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Books;

internal sealed class DueQueries
{
    /// <summary>How often an attempt's age is stored until people must look at it.</summary>
    private const int AgesStored = 96;

    private readonly BookRules _rules;
    private readonly CommitQueue _commits;
    private readonly BookMemory _memory;
    private readonly AttemptPlans _plans;
    private readonly PendingRoutes _routes;
    private readonly PaymentChanges _changes;
    private readonly Action<QueryAgenda.Item, BookTime> _ask;
    private readonly Action<QueryAgenda.Item, BookTime> _askAgain;

    public DueQueries(
        BookRules rules, CommitQueue commits, BookMemory memory, AttemptPlans plans, PendingRoutes routes, PaymentChanges changes)
    {
        (_rules, _commits, _memory, _plans, _routes, _changes) = (rules, commits, memory, plans, routes, changes);
        (_ask, _askAgain) = (AskIfDue, AskAgainIfMissed);
    }

    public void Ask(BookTime now) => _plans.Agenda.TakeDue(now, _ask);

    /// <summary>False: a question about the attempt is out, or waits for credit, as the person wants it.</summary>
    /// <remarks>Law 5.2, 5.3.</remarks>
    public bool AskByHand(BookEntry entry, Attempt attempt, QueryPlan plan, BookTime now)
    {
        if (!plan.AskByHand(now.Monotonic))
        {
            return false;
        }

        _plans.Agenda.ScheduleFirst(attempt.Channel, entry.Payment.Id, attempt.No, plan.DueAt);
        Ask(now);
        return true;
    }

    public void TakeOverdue(BookTime now) => _plans.Agenda.TakeOverdue(now, _askAgain);

    /// <remarks>Law 5.1.</remarks>
    private void AskIfDue(QueryAgenda.Item item, BookTime now)
    {
        if (_memory.Find(item.Payment) is not { Plan: { IsAsking: false } plan, Payment.OpenAttempt: { } attempt } entry
            || plan.DueAt != item.DueAt || attempt.No != item.AttemptNo)
        {
            return;
        }

        _routes.Release(entry, attempt.Channel);
        plan.Asked(now, _plans.Agenda.Answers(attempt.Channel), _rules.TargetOf(attempt.Channel));
        plan.Question = _plans.Agenda.Watch(attempt.Channel, item.Payment, attempt.No, plan.DueAt);
        _commits.AfterCommit(new BookEffect.Query(QuestionOf(entry.Payment, attempt, plan.Question)));
        StoreAge(entry, attempt, plan, now);
    }

    private void AskAgainIfMissed(QueryAgenda.Item item, BookTime now)
    {
        if (_memory.Find(item.Payment) is { Plan: { IsAsking: true } plan, Payment.OpenAttempt: { } attempt } entry
            && plan.DueAt == item.DueAt && attempt.No == item.AttemptNo)
        {
            _plans.AskAgainLater(entry, attempt, plan, now);
        }
    }

    /// <summary>Limits the time that a restart takes off an attempt's age.</summary>
    /// <remarks>Law 3.6.</remarks>
    private void StoreAge(BookEntry entry, Attempt attempt, QueryPlan plan, BookTime now)
    {
        if (entry.Payment.State != PaymentState.Processing)
        {
            return;
        }

        if (plan.UnknownFor >= _rules.SuspendAfter)
        {
            _changes.TryMake(entry, new SuspendUnknown(now.Utc, attempt.No), now);
        }
        else if (plan.UnknownFor - attempt.UnknownFor >= _rules.SuspendAfter / AgesStored)
        {
            _changes.TryMake(entry, new CountUnknown(now.Utc, attempt.No, plan.UnknownFor), now);
        }
    }

    private static QueryOrder QuestionOf(Payment payment, Attempt attempt, long question) => new(
        payment.Id, attempt.No, attempt.OrderNo, attempt.Channel, payment.Content.Merchant, payment.Content.Product,
        payment.Content.Amount)
    {
        Question = question,
    };
}
