using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Books;

public sealed partial class PaymentBook
{
    private readonly HashSet<PaymentId> _accepting = [];

    /// <summary>Chosen while a write is in flight; stored with the next one, if its deadline is not over then.</summary>
    private readonly Queue<(AcceptRequest Request, RouteDecision.Chosen Chosen)> _parked = new();

    public void Accept(AcceptRequest request, BookTime time)
    {
        Clamp(time);

        // The deadline is of the caller's clock, which a book's clock that may not go back can be far ahead of.
        if (time.Utc >= request.Deadline)
        {
            return;
        }

        if (_entries.TryGetValue(request.Id, out var entry))
        {
            Repeat(request, entry.Payment, entry);
        }
        else if (_isQuiet || _accepting.Contains(request.Id) || _forgotten.IsLookedUp(request.Id))
        {
            Answer(request.Caller, new BookAnswer.StillAccepting());
        }
        else if (_forgotten.MayContain(request.Id))
        {
            LookUp(request.Id, new PendingLookUp(request.Caller, request, null));
        }
        else
        {
            ChooseFirst(request);
        }
    }

    public void Get(Caller caller, PaymentId id)
    {
        if (_entries.TryGetValue(id, out var entry))
        {
            Answer(caller, Shown(entry));
        }
        else if (_forgotten.MayContain(id))
        {
            LookUp(id, new PendingLookUp(caller, null, null));
        }
        else
        {
            Answer(caller, NotStored(id));
        }
    }

    /// <summary>What the read model has under the number; null: nothing, the filter was over-careful.</summary>
    public void LookedUp(PaymentId id, Payment? found)
    {
        foreach (var (caller, request, hearing) in _forgotten.TakeLookUps(id))
        {
            if (hearing is { } heard)
            {
                HearOfForgotten(found, heard);
            }
            else if (request is not null && found is not null)
            {
                Repeat(request, found, null);
            }
            else if (request is not null)
            {
                ChooseFirst(request);
            }
            else if (caller is { } asker)
            {
                Answer(asker, found is null ? NotStored(id) : new BookAnswer.Stored(found, IsNew: false));
            }
        }
    }

    /// <summary>The read model did not answer: nothing can be said of the number.</summary>
    public void LookUpFailed(PaymentId id)
    {
        foreach (var pending in _forgotten.TakeLookUps(id))
        {
            if (pending.Caller is { } asker)
            {
                Answer(asker, new BookAnswer.OutOfReach());
            }
        }
    }

    /// <summary>The router's answer to <see cref="BookEffect.ChooseRoute"/>.</summary>
    public void RouteChosen(long routeId, RouteDecision decision, BookTime time)
    {
        if (_routes.Take(routeId) is { } pending)
        {
            Decided(pending, decision, Clamp(time));
        }
    }

    private void Decided(PendingRoute pending, RouteDecision decision, BookTime now)
    {
        switch (pending)
        {
            case PendingRoute.ForAccept accept:
                AcceptOn(accept.Request, decision, now);
                break;
            case PendingRoute.AfterAttempt after:
                GoOn(after, decision, now);
                break;
            case PendingRoute.ForHeld held:
                StartHeld(held.Id, decision, now);
                break;
            case PendingRoute.GivenUp givenUp:
                if (decision is RouteDecision.Chosen late)
                {
                    Settle(givenUp.Merchant, late.Channel);
                }

                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void ChooseFirst(AcceptRequest request)
    {
        if (_isQuiet)
        {
            Answer(request.Caller, new BookAnswer.StillAccepting());
            return;
        }

        _accepting.Add(request.Id);
        Choose(new PendingRoute.ForAccept(request), request.Content, []);
    }

    private void AcceptOn(AcceptRequest request, RouteDecision decision, BookTime now)
    {
        if (decision is RouteDecision.Chosen chosen)
        {
            if (_commits.IsWriting)
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
        Answer(request.Caller, decision switch
        {
            _ when _isQuiet => new BookAnswer.StillAccepting(),
            RouteDecision.NoneNow none => new BookAnswer.NoChannelNow(none.RetryAfter),
            _ => new BookAnswer.NoRoute(((RouteDecision.NoneEver)decision).Reasons),
        });
    }

    /// <summary>
    /// A row that is about to be written takes what has been chosen meanwhile. Nobody waits any more for what comes too late:
    /// its merchant has been told to ask again, and it is not stored behind that answer.
    /// </summary>
    private void AcceptParked(BookTime now)
    {
        while (_parked.TryDequeue(out var parked))
        {
            AcceptOn(parked.Request, parked.Chosen, now);
        }
    }

    /// <summary>The node stops: whoever waits is told to ask again.</summary>
    private void DropParked()
    {
        while (_parked.TryDequeue(out var parked))
        {
            _accepting.Remove(parked.Request.Id);
            Settle(parked.Request.Content.Merchant, parked.Chosen.Channel);
            Answer(parked.Request.Caller, new BookAnswer.StillAccepting());
        }
    }

    private void AcceptOn(AcceptRequest request, RouteDecision.Chosen chosen, BookTime now)
    {
        _accepting.Remove(request.Id);
        if (_wall >= request.Deadline)
        {
            Settle(request.Content.Merchant, chosen.Channel);
            return;
        }

        var accept = new AcceptPayment(
            now.Utc, request.Id, request.Content, now.Utc + request.ExpiresIn, Next(chosen, now), request.DuplicateOf);
        if (!Carry(null, request.Id, accept, now, out var entry) || entry is null)
        {
            Settle(request.Content.Merchant, chosen.Channel);
            Answer(request.Caller, new BookAnswer.OutOfReach());
            return;
        }

        if (entry.Payment.OpenAttempt is null)
        {
            Settle(request.Content.Merchant, chosen.Channel);
        }

        var isOnItsWay = entry.Payment.OpenAttempt is not null;
        Answer(request.Caller, new BookAnswer.Stored(entry.Payment with { IsInQueue = isOnItsWay }, IsNew: true));
        if (request.Wait > TimeSpan.Zero)
        {
            entry.AddWaiting(request.Caller, request.Wait, _monotonic);
        }
    }

    private void Repeat(AcceptRequest request, Payment payment, BookEntry? entry)
    {
        if (payment.Content.Fingerprint != request.Content.Fingerprint)
        {
            Answer(request.Caller, new BookAnswer.IdempotencyMismatch());
            return;
        }

        Answer(request.Caller, entry is null ? new BookAnswer.Stored(payment, IsNew: false) : Shown(entry));
        if (request.Wait > TimeSpan.Zero && entry is not null && !payment.IsFinal)
        {
            entry.AddWaiting(request.Caller, request.Wait, _monotonic);
        }
    }

    private void LookUp(PaymentId id, PendingLookUp pending)
    {
        if (_forgotten.LookUp(id, pending))
        {
            _commits.AtOnce(new BookEffect.LookUp(id));
        }
    }

    private void Choose(PendingRoute pending, PaymentContent content, IEnumerable<ChannelId> tried)
    {
        var request = new RouteRequest(
            content.Merchant, content.Product, content.Amount, content.Account.Bank, content.Mode, [.. tried])
        {
            PaymentKey = StableHash.Of(content.Merchant.Value, content.OrderNo),
            CustomerKey = StableHash.Of(content.Account.MaskedNumber, content.Account.Bank ?? ""),
        };
        _commits.AtOnce(new BookEffect.ChooseRoute(_routes.Add(pending, _monotonic), request));
    }

    private void GiveUpOnRoutes(BookTime now)
    {
        while (_routes.TakeSilent(now.Monotonic) is var (routeId, pending))
        {
            GiveUpOnRoute(routeId, pending, now);
        }
    }

    private void GiveUpOnRoute(long routeId, PendingRoute pending, BookTime now)
    {
        _routes.GiveUp(routeId, MerchantOf(pending), now.Monotonic);
        Decided(pending, new RouteDecision.NoneNow(TimeSpan.FromSeconds(1), RouteReasons.None), now);
    }

    private MerchantId MerchantOf(PendingRoute pending) => pending switch
    {
        PendingRoute.ForAccept accept => accept.Request.Content.Merchant,
        PendingRoute.AfterAttempt after => _entries[after.Hearing.Report.Payment].Payment.Content.Merchant,
        PendingRoute.ForHeld held => _entries[held.Id].Payment.Content.Merchant,
        PendingRoute.GivenUp givenUp => givenUp.Merchant,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static BookAnswer.Stored Shown(BookEntry entry) =>
        new(entry.Order == OrderPlace.Queued ? entry.Payment with { IsInQueue = true } : entry.Payment, IsNew: false);

    /// <summary>Of a number that is being accepted nobody can know yet whether it will be stored.</summary>
    private BookAnswer NotStored(PaymentId id) =>
        _accepting.Contains(id) ? new BookAnswer.StillAccepting() : new BookAnswer.NoSuchPayment();

    private void Answer(Caller caller, BookAnswer answer) => _commits.AfterCommit(new BookEffect.Answer(caller, answer));
}
