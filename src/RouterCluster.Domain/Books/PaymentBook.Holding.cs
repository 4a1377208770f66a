using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;

namespace RouterCluster.Domain.Books;

public sealed partial class PaymentBook
{
    /// <summary>Channels and routers need a while after a start: a stop must not end what waited for them.</summary>
    private static readonly TimeSpan HoldAfterStart = TimeSpan.FromSeconds(30);

    /// <summary>One round takes at most this part of the attempt numbers that are left, so that there is another.</summary>
    private const int RoundShare = 4;

    private bool _isQuiet;

    /// <summary>
    /// The node stops: from now on nothing is chosen and nothing is sent. What was being chosen waits for the next start;
    /// orders that have not left the book yet never will, and their payments go back to waiting. Stores what it hears as ever.
    /// </summary>
    public void FallQuiet(BookTime time)
    {
        var now = Clamp(time);
        if (_isQuiet)
        {
            return;
        }

        _isQuiet = true;
        foreach (var (routeId, pending) in _routes.Unanswered())
        {
            GiveUpOnRoute(routeId, pending, now);
        }

        DropParked();
        foreach (var submit in _commits.TakeBack<BookEffect.Submit>(_ => true))
        {
            Hear(new Hearing(NeverLeft(submit.Order, "stopping", "The node is being stopped.")), now);
        }
    }

    /// <summary>Only of an order that has not left the book: of any other one only its lane may say so.</summary>
    public static AttemptReport NeverLeft(SubmitOrder order, string code, string why) => new(
        order.Payment, order.AttemptNo, order.Channel, ReportSource.Submit,
        Outcome.NotSent(OutcomeClass.ChannelUnreachable, code, why));

    /// <summary>
    /// Money has moved by another attempt, so its channel says: the order of the open one must not leave any more, if it has
    /// not.
    /// </summary>
    private void WithdrawIfPaid(BookEntry entry, AttemptReport told, BookTime now)
    {
        if (!told.Outcome.IsSuccess() || entry.Payment.OpenAttempt is not { } open || open.No == told.AttemptNo)
        {
            return;
        }

        var waiting = _commits.TakeBack<BookEffect.Submit>(submit =>
            submit.Order.Payment == entry.Payment.Id && submit.Order.AttemptNo == open.No);
        foreach (var submit in waiting)
        {
            Hear(new Hearing(NeverLeft(submit.Order, "withdrawn", "Another attempt has succeeded.")), now);
        }

        if (waiting.Count == 0 && open.Outcome == Outcome.None)
        {
            _commits.AtOnce(new BookEffect.Withdraw(open.Channel, open.OrderNo));
        }
    }

    /// <summary>What was told while the channel was chosen.</summary>
    private void Hear(ChannelChoice choice, BookTime now)
    {
        foreach (var hearing in choice.Told)
        {
            Hear(hearing, now);
        }
    }

    /// <summary>Nobody is asked for the next channel now: the round is over, or the node stops.</summary>
    private bool MustPause(BookEntry entry)
    {
        var used = entry.Payment.Attempts.Length;
        return _isQuiet
            || used - entry.RoundAfter >= Math.Max(1, (PaymentDecider.AttemptNumbers - entry.RoundAfter) / RoundShare);
    }

    private void HoldIfFree(BookEntry entry, BookTime now)
    {
        if (entry is { Payment.State: PaymentState.Accepted, Choice: null })
        {
            Hold(entry, now.Monotonic);
        }
    }

    private void Hold(BookEntry entry, TimeSpan now) => _held.Add(entry, _rules.Hold, now);

    private void TryHeldAgain(BookTime now)
    {
        while (_held.TryTakeDue(now.Monotonic, out var id))
        {
            if (!_entries.TryGetValue(id, out var entry) || entry is not { Payment.State: PaymentState.Accepted, Choice: null })
            {
                continue;
            }

            if (now.Monotonic >= entry.Hold?.Until || now.Utc >= entry.Payment.ExpiresAt)
            {
                if (!Carry(entry, id, new EndWithoutChannel(now.Utc), now, out _))
                {
                    Hold(entry, now.Monotonic);
                }

                continue;
            }

            entry.Choice = new ChannelChoice();
            entry.RoundAfter = entry.Payment.Attempts.Length;
            Choose(new PendingRoute.ForHeld(id), entry.Payment.Content, Tried(entry));
        }
    }

    /// <summary>What was told while the channel was chosen comes first: it may be that money has moved.</summary>
    private void StartHeld(PaymentId id, RouteDecision decision, BookTime now)
    {
        var entry = _entries[id];
        Hear(entry.EndChoice(), now);
        var started = decision is RouteDecision.Chosen chosen && entry.Payment.State == PaymentState.Accepted
            && Carry(entry, id, new StartAttempt(now.Utc, Next(chosen, now)), now, out _);
        if (started)
        {
            return;
        }

        if (decision is RouteDecision.Chosen unused)
        {
            Settle(entry.Payment.Content.Merchant, unused.Channel);
        }

        HoldIfFree(entry, now);
    }
}
