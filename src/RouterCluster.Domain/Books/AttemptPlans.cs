using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Books;

internal sealed class AttemptPlans(BookRules rules, CommitQueue commits)
{
    private readonly HashSet<BookEntry> _open = [];

    public QueryAgenda Agenda { get; } = new(rules.QueryPolicyOf);

    /// <remarks>Law 1.3.</remarks>
    public void Send(BookEntry entry, Attempt attempt, BookTime now)
    {
        var policy = rules.QueryPolicyOf(attempt.Channel);
        // A submit without a report by then is lost between book and channel: it is asked about, not repeated.
        var silentFrom = now.Monotonic + policy.SubmitQueueDeadline + policy.SubmitTimeout + TimeSpan.FromSeconds(1);
        entry.Plan = new QueryPlan(policy, attempt.SendBefore, now.Monotonic, silentFrom);
        entry.Order = OrderPlace.Sent;
        _open.Add(entry);
        Agenda.Schedule(attempt.Channel, entry.Payment.Id, attempt.No, silentFrom);
        commits.AfterCommit(new BookEffect.Submit(OrderOf(entry.Payment, attempt)));
    }

    /// <summary>After a restart an open attempt is asked about and never sent again.</summary>
    /// <remarks>Law 1.3.</remarks>
    public void Resume(BookEntry entry, Attempt attempt, BookTime now)
    {
        var policy = rules.QueryPolicyOf(attempt.Channel);
        entry.Plan = new QueryPlan(
            policy, NotFoundCountsFrom(entry.Payment, attempt), now.Monotonic, now.Monotonic, attempt.UnknownFor);
        _open.Add(entry);
        if (entry.Payment.State == PaymentState.Suspended)
        {
            entry.Plan.BeginSlowly(now.Monotonic);
        }
        else if (attempt.Claim is null)
        {
            entry.Plan.Begin(now.Monotonic);
        }

        Schedule(entry, attempt, entry.Plan);
    }

    public void AskAnew(BookEntry entry, Attempt attempt, BookTime now)
    {
        entry.Plan = new QueryPlan(rules.QueryPolicyOf(attempt.Channel), now.Utc, now.Monotonic, now.Monotonic);
        Begin(entry, attempt, entry.Plan, now);
    }

    public void Begin(BookEntry entry, Attempt attempt, QueryPlan plan, BookTime now)
    {
        plan.Begin(now.Monotonic);
        Schedule(entry, attempt, plan);
    }

    public void Confirm(BookEntry entry, Attempt attempt, QueryPlan plan, BookTime now)
    {
        plan.Confirm(now.Monotonic);
        Agenda.ScheduleFirst(attempt.Channel, entry.Payment.Id, attempt.No, plan.DueAt);
    }

    public void Close(BookEntry entry)
    {
        entry.Plan = null;
        _open.Remove(entry);
    }

    /// <summary>Keeps the schedule of an open attempt. True: its "not found" may be believed.</summary>
    public bool Advance(BookEntry entry, AttemptReport report, BookTime now)
    {
        if (entry is not { Plan: { } plan, Payment.OpenAttempt: { } attempt } || report.Source == ReportSource.Submit)
        {
            return false;
        }

        var isNotFound = report.Outcome.Class == OutcomeClass.NotFound;
        if (!isNotFound && report.Outcome.Speaks())
        {
            plan.Found();
        }

        var isOfLastQuestion = report.Source == ReportSource.Query && report.Question == plan.Question;
        var agrees = !ChannelTarget.IsElsewhere(attempt.Target, rules.TargetOf(report.Channel))
            || ChannelTarget.IsElsewhere(attempt.Target, plan.AskedTarget);
        var notFoundIsFinal = isOfLastQuestion && isNotFound && plan.NotFound(agrees, rules.ClockSkew);
        if (isOfLastQuestion && plan.IsAsking)
        {
            AskAgainLater(entry, attempt, plan, now);
        }

        return notFoundIsFinal;
    }

    public void AskAgainLater(BookEntry entry, Attempt attempt, QueryPlan plan, BookTime now)
    {
        plan.Next(now, rules.ClockSkew);
        if (plan.DueAt <= now.Monotonic)
        {
            Agenda.ScheduleFirst(attempt.Channel, entry.Payment.Id, attempt.No, plan.DueAt);
        }
        else
        {
            Schedule(entry, attempt, plan);
        }
    }

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

    /// <summary>"Not found" counts since the order left, or since people sent the payment back to be asked about.</summary>
    private static DateTimeOffset NotFoundCountsFrom(Payment payment, Attempt attempt) =>
        payment.AskedAnewAt is { } anew && anew > attempt.SendBefore ? anew : attempt.SendBefore;

    private void Schedule(BookEntry entry, Attempt attempt, QueryPlan plan) =>
        Agenda.Schedule(attempt.Channel, entry.Payment.Id, attempt.No, plan.DueAt);

    /// <remarks>Law 1.2.</remarks>
    internal static SubmitOrder OrderOf(Payment payment, Attempt attempt) => new(
        payment.Id, attempt.No, attempt.OrderNo, attempt.Channel, payment.Content.Merchant, payment.Content.Product,
        payment.Content.Amount, payment.Content.Account, attempt.SendBefore);
}
