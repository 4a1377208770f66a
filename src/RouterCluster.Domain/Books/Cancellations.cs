using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Books;

/// <param name="AttemptNo">Whose order must come back unsent; 0: none, a success of an earlier one is to be looked at.</param>
internal sealed record CancelWish(int AttemptNo)
{
    public List<(Caller Caller, TimeSpan Until)> Callers { get; } = [];
}

/// <summary>
/// Payments that somebody cancels while their order may still come back from its lane unsent. The wish stays until the
/// attempt is reported, and is in memory only: after a restart it has to be repeated.
/// </summary>
internal sealed class Cancellations(BookRules rules, CommitQueue commits, PaymentChanges changes)
{
    /// <summary>A lane gives back at once what waits in it: after this the order is likely to be at the channel.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly List<BookEntry> _waiting = [];

    /// <returns>The attempt whose order is to be taken back, if there is one. Its report then ends the wait.</returns>
    /// <remarks>Law 4.10.</remarks>
    public Attempt? Ask(BookEntry entry, Caller caller, BookTime now)
    {
        var open = entry.Payment.OpenAttempt;
        var mayComeBack = entry.Choice is { } choice
            ? open is not null || choice.IsSuccessReported
            : IsUnheard(open);
        if (!mayComeBack || WhyNot(entry, now) == PaymentRefusal.WasSent)
        {
            commits.Answer(caller, Conclude(entry, now));
            return null;
        }

        entry.Cancel ??= new CancelWish(open?.No ?? 0);
        if (entry.Cancel.Callers.Count == 0)
        {
            _waiting.Add(entry);
        }

        entry.Cancel.Callers.Add((caller, now.Monotonic + Patience));
        return entry.Choice is null ? open : null;
    }

    /// <summary>After whatever may have told how the attempt ended.</summary>
    public void Follow(BookEntry entry, BookTime now)
    {
        if (entry.Cancel is not { } wish || entry.Choice is not null
            || (IsUnheard(entry.Payment.OpenAttempt) && entry.Payment.OpenAttempt?.No == wish.AttemptNo))
        {
            return;
        }

        entry.Cancel = null;
        var answer = Conclude(entry, now);
        foreach (var (caller, _) in wish.Callers)
        {
            commits.Answer(caller, answer);
        }

        wish.Callers.Clear();
    }

    /// <summary>Tells whoever has waited for long enough that it is not known yet.</summary>
    public void GiveUp(BookTime now)
    {
        foreach (var entry in _waiting)
        {
            Follow(entry, now);
            entry.Cancel?.Callers.RemoveAll(waiting =>
            {
                var isOver = waiting.Until <= now.Monotonic;
                if (isOver)
                {
                    commits.Answer(waiting.Caller, new BookAnswer.Refused(entry.Order == OrderPlace.Released
                        ? PaymentRefusal.ResultUnknown
                        : PaymentRefusal.AttemptStillOpen));
                }

                return isOver;
            });
        }

        _waiting.RemoveAll(static entry => entry.Cancel is not { Callers.Count: > 0 });
    }

    private static bool IsUnheard(Attempt? open) => open is { Claim: null } && open.Outcome == Outcome.None;

    private PaymentRefusal? WhyNot(BookEntry entry, BookTime now) =>
        PaymentLaw.Decide(rules.Payments, entry.Payment, new CancelPayment(now.Utc)).Refusal;

    private BookAnswer Conclude(BookEntry entry, BookTime now)
    {
        if (WhyNot(entry, now) is { } why)
        {
            return new BookAnswer.Refused(why);
        }

        var before = entry.Payment;
        return changes.TryMake(entry, new CancelPayment(now.Utc), now)
            ? new BookAnswer.Stored(entry.Payment, IsNew: !ReferenceEquals(before, entry.Payment))
            : new BookAnswer.OutOfReach();
    }
}
