using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;

namespace RouterCluster.Domain.Books;

internal sealed class NextChannels(
    BookRules rules, BookMemory memory, PendingRoutes routes, HeldPayments held, PaymentChanges changes,
    EvidenceRecorder evidence)
{
    /// <summary>
    /// The end of one attempt and the start of the next are one row, unless a success was reported meanwhile: then no
    /// attempt starts before all reports are looked at.
    /// </summary>
    public void GoOn(PendingRoute.AfterAttempt after, RouteDecision decision, BookTime now)
    {
        var (entry, report) = (after.Entry, after.Received.Report);
        var choice = entry.EndChoice();
        var notFoundIsFinal = after.NotFoundIsFinal && ReferenceEquals(after.Plan, entry.Plan);
        var attempts = entry.Payment.Attempts.Length;
        var mayStart = !choice.IsSuccessReported && !entry.IsCancelledBy(report);
        var next = decision is RouteDecision.Chosen chosen && mayStart ? rules.AttemptOn(chosen, now.Utc) : null;
        if (!choice.IsFoundAfterAll(after))
        {
            var hold = next is null
                && (!mayStart || decision is RouteDecision.NoneNow || MayComeFree(entry.Payment, report.Outcome));
            var command = evidence.CommandOf(entry, report, notFoundIsFinal, now) with { Next = next, Hold = hold };
            evidence.Record(entry, command, after.Received, now);
        }

        if (decision is RouteDecision.Chosen unused && entry.Payment.Attempts.Length == attempts)
        {
            routes.Release(after.Merchant, unused.Channel);
        }

        evidence.Receive(entry, choice, now);
        held.AddIfFree(entry, now.Monotonic);
    }

    /// <remarks>Law 1.11, 3.2.</remarks>
    public void TryHeldAgain(BookTime now)
    {
        while (held.TryTakeDue(now.Monotonic, out var id))
        {
            if (memory.Find(id) is not { IsFree: true } entry)
            {
                continue;
            }

            if (now.Monotonic >= entry.Hold?.Until || now.Utc >= entry.Payment.ExpiresAt)
            {
                if (!changes.TryMake(entry, new EndWithoutChannel(now.Utc), now))
                {
                    held.Add(entry, now.Monotonic);
                }

                continue;
            }

            entry.BeginChoice();
            entry.BeginRound();
            routes.Ask(new PendingRoute.ForHeld(entry), entry.Payment.Content, entry.Tried);
        }
    }

    /// <summary>Reports that came while the channel was chosen come first: money may have moved.</summary>
    public void StartHeld(BookEntry entry, RouteDecision decision, BookTime now)
    {
        evidence.Receive(entry, entry.EndChoice(), now);
        var started = decision is RouteDecision.Chosen chosen && entry.Payment.State == PaymentState.Accepted
            && changes.TryMake(entry, new StartAttempt(now.Utc, rules.AttemptOn(chosen, now.Utc)), now);
        if (started)
        {
            return;
        }

        if (decision is RouteDecision.Chosen unused)
        {
            routes.Release(entry.Payment.Content.Merchant, unused.Channel);
        }

        held.AddIfFree(entry, now.Monotonic);
    }

    private static bool MayComeFree(Payment payment, Outcome ending) =>
        ending.Landing == Landing.NotSent || payment.Attempts.Any(attempt => attempt.Outcome.Landing == Landing.NotSent);
}
