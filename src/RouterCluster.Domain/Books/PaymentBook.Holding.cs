using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;

namespace RouterCluster.Domain.Books;

public sealed partial class PaymentBook
{
    private static readonly TimeSpan FirstHoldPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestHoldPause = TimeSpan.FromSeconds(1);

    /// <summary>Channels and routers need a while after a start: a stop must not end what waited for them.</summary>
    private static readonly TimeSpan HoldAfterStart = TimeSpan.FromSeconds(30);

    /// <summary>One round takes at most this part of the attempt numbers that are left, so that there is another.</summary>
    private const int RoundShare = 4;

    private readonly PriorityQueue<PaymentId, TimeSpan> _held = new();
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
        foreach (var (routeId, pending) in _routes.Where(route => route.Value is not PendingRoute.GivenUp).ToList())
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

    /// <summary>A success was told while a channel was being chosen: of this attempt or of an earlier one.</summary>
    private static bool IsSuccessTold(BookEntry entry) =>
        entry.Deferred is { } deferred && deferred.Exists(later => later.Report.Outcome.IsSuccess());

    /// <summary>The channel knows the order after all that it had not found for so long: "not found" ends nothing.</summary>
    private static bool IsFoundAfterAll(BookEntry entry, PendingRoute.AfterAttempt after) =>
        after.NotFoundIsFinal && entry.Deferred is { } deferred
        && deferred.Exists(later => later.Report.AttemptNo == after.Hearing.Report.AttemptNo
            && (later.Report.Outcome.IsSuccess() || later.Report.Outcome.Landing == Landing.Landed));

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

    private void TakeDeferred(BookEntry entry, BookTime now)
    {
        var deferred = entry.Deferred ?? [];
        entry.Deferred = null;
        foreach (var hearing in deferred)
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
        if (entry is { Payment.State: PaymentState.Accepted, IsChoosing: false })
        {
            Hold(entry, now.Monotonic);
        }
    }

    private void Hold(BookEntry entry, TimeSpan now) => Hold(entry, now, _rules.Hold);

    private void Hold(BookEntry entry, TimeSpan now, TimeSpan hold)
    {
        var until = entry.HoldUntil ??= now + hold;
        var next = now + PauseOf(entry, now);
        _held.Enqueue(entry.Payment.Id, next > until && until > now ? until : next);
    }

    /// <summary>
    /// The pause before the next round doubles each time. Rounds in which channels turn the payment away take attempt numbers:
    /// where the hold is long, they are spread so that the numbers last.
    /// </summary>
    private static TimeSpan PauseOf(BookEntry entry, TimeSpan now)
    {
        var (used, rest) = (entry.Payment.Attempts.Length, entry.HoldUntil.GetValueOrDefault() - now);
        var spread = rest * (used - entry.RoundAfter) / Math.Max(1, PaymentDecider.AttemptNumbers - used);
        var longest = spread > LongestHoldPause ? spread : LongestHoldPause;
        return Doubling.Of(FirstHoldPause, entry.HoldTries++, longest);
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
            entry.RoundAfter = entry.Payment.Attempts.Length;
            Choose(new PendingRoute.ForHeld(id), entry.Payment.Content, Tried(entry));
        }
    }

    /// <summary>What was told while the channel was chosen comes first: it may be that money has moved.</summary>
    private void StartHeld(PaymentId id, RouteDecision decision, BookTime now)
    {
        var entry = _entries[id];
        entry.IsChoosing = false;
        TakeDeferred(entry, now);
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
