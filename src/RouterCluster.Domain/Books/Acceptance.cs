using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;

namespace RouterCluster.Domain.Books;

internal sealed class Acceptance(
    BookRules rules, BookClock clock, CommitQueue commits, PendingRoutes routes, PaymentChanges changes)
{
    private readonly HashSet<PaymentId> _accepting = [];

    /// <summary>The deadline is checked again when the write in flight is acknowledged.</summary>
    private readonly Queue<(AcceptRequest Request, RouteDecision.Chosen Chosen)> _parked = new();

    public bool Contains(PaymentId id) => _accepting.Contains(id);

    public void ChooseFirst(AcceptRequest request)
    {
        if (routes.IsClosed)
        {
            commits.Answer(request.Caller, new BookAnswer.StillAccepting());
            return;
        }

        _accepting.Add(request.Id);
        routes.Ask(new PendingRoute.ForAccept(request), request.Content, []);
    }

    /// <remarks>Law 4.4, 4.5.</remarks>
    public void AcceptOn(AcceptRequest request, RouteDecision decision, BookTime now)
    {
        if (decision is RouteDecision.Chosen chosen)
        {
            if (commits.IsWriting)
            {
                _parked.Enqueue((request, chosen));
            }
            else
            {
                AcceptOn(request, chosen, now);
            }

            return;
        }

        _accepting.Remove(request.Id);
        commits.Answer(request.Caller, decision switch
        {
            _ when routes.IsClosed => new BookAnswer.StillAccepting(),
            RouteDecision.NoneNow none => new BookAnswer.NoChannelNow(none.RetryAfter),
            _ => new BookAnswer.NoRoute(((RouteDecision.NoneEver)decision).Reasons),
        });
    }

    public void AcceptParked(BookTime now)
    {
        while (_parked.TryDequeue(out var parked))
        {
            AcceptOn(parked.Request, parked.Chosen, now);
        }
    }

    public void DropParked()
    {
        while (_parked.TryDequeue(out var parked))
        {
            _accepting.Remove(parked.Request.Id);
            routes.Release(parked.Request.Content.Merchant, parked.Chosen.Channel);
            commits.Answer(parked.Request.Caller, new BookAnswer.StillAccepting());
        }
    }

    /// <remarks>Law 4.7.</remarks>
    public void Repeat(AcceptRequest request, Payment payment, BookEntry? entry)
    {
        if (payment.Content.Fingerprint != request.Content.Fingerprint)
        {
            commits.Answer(request.Caller, new BookAnswer.IdempotencyMismatch());
            return;
        }

        commits.Answer(request.Caller, entry is null ? new BookAnswer.Stored(payment, IsNew: false) : entry.Shown);
        if (request.Wait > TimeSpan.Zero && entry is not null && !payment.IsFinal)
        {
            entry.AddWaiting(request.Caller, request.Wait, clock.Now.Monotonic);
        }
    }

    /// <remarks>Law 4.9.</remarks>
    private void AcceptOn(AcceptRequest request, RouteDecision.Chosen chosen, BookTime now)
    {
        _accepting.Remove(request.Id);
        if (clock.Wall >= request.Deadline)
        {
            // The merchant has been told to ask again: the payment must not be stored behind that answer.
            routes.Release(request.Content.Merchant, chosen.Channel);
            return;
        }

        var accept = new AcceptPayment(
            now.Utc, request.Id, request.Content, now.Utc + request.ExpiresIn, rules.AttemptOn(chosen, now.Utc),
            request.DuplicateOf);
        if (!changes.TryMake(null, request.Id, accept, now, out var entry) || entry is null)
        {
            routes.Release(request.Content.Merchant, chosen.Channel);
            commits.Answer(request.Caller, new BookAnswer.OutOfReach());
            return;
        }

        if (entry.Payment.OpenAttempt is null)
        {
            routes.Release(request.Content.Merchant, chosen.Channel);
        }

        var isOnItsWay = entry.Payment.OpenAttempt is not null;
        commits.Answer(request.Caller, new BookAnswer.Stored(entry.Payment with { IsInQueue = isOnItsWay }, IsNew: true));
        if (request.Wait > TimeSpan.Zero)
        {
            entry.AddWaiting(request.Caller, request.Wait, clock.Now.Monotonic);
        }
    }
}
