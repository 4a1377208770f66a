using System.Collections.Immutable;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Books;

/// <summary>
/// Many payments with one writer. Decides and applies at once, answers and acts after the commit. Holds no clock and
/// does no I/O: the owner feeds it inputs, writes the rows it asks for, and carries its effects.
/// </summary>
/// <remarks>
/// This file: what changes a payment. <c>PaymentBook.Requests.cs</c>: what merchants ask. <c>PaymentBook.Hearing.cs</c>:
/// what channels tell. <c>PaymentBook.Attempts.cs</c>: what is sent and asked. <c>PaymentBook.Holding.cs</c>: what waits
/// for a channel, and how a book stops. <c>PaymentBook.Decisions.cs</c>: what people decide.
/// <c>PaymentBook.Memory.cs</c>: recovery, snapshots, and what leaves memory.
/// </remarks>
public sealed partial class PaymentBook
{
    private readonly BookRules _rules;
    private readonly CommitQueue _commits;
    private readonly QueryAgenda _agenda;
    private readonly Dictionary<PaymentId, BookEntry> _entries = [];

    /// <summary>Those with an open attempt, so that looking at them does not cost a look at all that has ended.</summary>
    private readonly HashSet<BookEntry> _open = [];
    private readonly PendingRoutes _routes = new();
    private readonly HeldPayments _held = new();
    private readonly ForgottenPayments _forgotten;
    private readonly Action<QueryAgenda.Item, BookTime> _ask;
    private readonly Action<QueryAgenda.Item, BookTime> _askAgain;
    private DateTimeOffset _clock;

    /// <summary>The machine's clock as it is, for deadlines of callers that read the same one.</summary>
    private DateTimeOffset _wall;

    /// <summary>Set while the wall clock is behind the book's: where that began.</summary>
    private (DateTimeOffset Utc, TimeSpan Since)? _ahead;
    private TimeSpan _monotonic;

    public PaymentBook(BookRules rules, IPaymentEventEncoder encoder)
    {
        _rules = rules;
        _commits = new CommitQueue(encoder);
        _forgotten = new ForgottenPayments(rules.SeenNumbers);
        _agenda = new QueryAgenda(rules.QueryPolicyOf);
        (_ask, _askAgain) = (AskIfDue, QueryWasMissed);
    }

    /// <summary>Payments in memory.</summary>
    public int Count => _entries.Count;

    /// <summary>The last row that storage has acknowledged.</summary>
    public long CommittedSequence => _commits.Committed;

    /// <summary>The next row to write; null while one is in flight or nothing is new.</summary>
    public ReadOnlyMemory<byte>? TakeWrite() => _commits.TakeWrite();

    /// <summary>What may leave the book now, in order.</summary>
    public IReadOnlyList<BookEffect> TakeEffects() => _commits.TakeEffects();

    public void WriteAcknowledged(BookTime time)
    {
        _commits.Acknowledge();
        AcceptParked(Clamp(time));
    }

    /// <summary>Due queries, holds that end, payments that may leave memory.</summary>
    public void Tick(BookTime time)
    {
        var now = Clamp(time);
        _agenda.TakeOverdue(now, _askAgain);
        if (!_isQuiet)
        {
            AskDue(now);
            TryHeldAgain(now);
        }

        GiveUpOnRoutes(now);
        ExpireProposals(now);
        Forget(now.Monotonic);
    }

    /// <summary>
    /// A book's clock never goes back, whatever the machine's does, and never stands still either: while the wall clock is
    /// behind what is stored, the book's goes on as the monotonic one does. A clock that stood would end nothing that waits
    /// for a moment of UTC.
    /// </summary>
    private BookTime Clamp(BookTime now)
    {
        _wall = now.Utc;
        if (now.Utc >= _clock)
        {
            _clock = now.Utc;
            _ahead = null;
        }
        else
        {
            var ahead = _ahead ??= (_clock, now.Monotonic);
            var milliseconds = (long)(now.Monotonic - ahead.Since).TotalMilliseconds;
            var goesOn = ahead.Utc.AddMilliseconds(milliseconds);
            _clock = goesOn > _clock ? goesOn : _clock;
        }

        _monotonic = now.Monotonic;
        return now with { Utc = _clock };
    }

    /// <summary>Decides, encodes, applies. False: refused or not to be stored, and nothing has changed.</summary>
    /// <param name="forgotten">The payment, where it has left memory: news stores it whole again.</param>
    private bool Carry(
        BookEntry? entry, PaymentId id, PaymentCommand command, BookTime now, out BookEntry? carried, Payment? forgotten = null)
    {
        carried = entry;
        var decision = PaymentLaw.Decide(_rules.Payments, entry?.Payment ?? forgotten, command);
        if (decision.Refusal is not null)
        {
            return false;
        }

        if (decision.Events.IsEmpty)
        {
            return true;
        }

        // An ended payment may be missing from the snapshot of an owner that was replaced: news of it brings it along.
        var ended = forgotten ?? (command is RecordOutcome && entry is { Payment.IsFinal: true } ? entry.Payment : null);
        var events =
            ended is null ? decision.Events : [new PaymentRecalled(command.At, ended), .. decision.Events];
        if (!_commits.TryEncode(id, events))
        {
            return false;
        }

        var payment = entry?.Payment;
        foreach (var @event in events)
        {
            payment = PaymentLaw.Apply(payment, id, @event);
            _commits.Changed(payment, @event);
        }

        _untold.Add(entry?.Payment ?? forgotten, payment!, _commits.CollectingInto);
        carried = Keep(entry, payment!, _commits.CollectingInto);
        Follow(carried, events, now);
        return true;
    }

    /// <param name="entry">Null: the payment was not in memory.</param>
    /// <param name="row">The one that holds, or will hold, the payment as it is now.</param>
    private BookEntry Keep(BookEntry? entry, Payment payment, long row)
    {
        if (entry is null)
        {
            return _entries[payment.Id] = new BookEntry(payment, row);
        }

        entry.Change(payment, row);
        return entry;
    }

    /// <summary>What events entail, after their commit.</summary>
    private void Follow(BookEntry entry, ImmutableArray<PaymentEvent> events, BookTime now)
    {
        var payment = entry.Payment;
        foreach (var @event in events)
        {
            if (@event is AttemptEnded ended)
            {
                // Whoever told the end: the channel's answer to the submit may never come.
                Settle(entry, payment.Attempts[ended.No - 1].Channel);
                if (ended.Outcome.Landing != Landing.NotSent)
                {
                    // A channel has had it: whoever waits for the next one waits anew.
                    entry.Hold = null;
                }
            }
        }

        if (payment.OpenAttempt is not { } open)
        {
            entry.Plan = null;
            _open.Remove(entry);
        }
        else if (Has<AttemptStarted>(events))
        {
            Send(entry, open, now);
        }
        else if (entry.Plan is { } asked && Has<AttemptClaimed>(events))
        {
            asked.Confirm(now.Monotonic);
            _agenda.ScheduleFirst(open.Channel, payment.Id, open.No, asked.DueAt);
        }

        FollowDecisions(entry, events, now);
        if (payment.IsFinal || payment.State == PaymentState.Suspended)
        {
            entry.Hold = null;
            TellWaiting(entry);
        }
    }

    private void Send(BookEntry entry, Attempt attempt, BookTime now)
    {
        var policy = _rules.QueryPolicyOf(attempt.Channel);
        // A submit of which nothing is heard by then is lost between book and channel: it is asked about, not repeated.
        var silentFrom = now.Monotonic + policy.SubmitQueueDeadline + policy.SubmitTimeout + TimeSpan.FromSeconds(1);
        entry.Plan = new QueryPlan(policy, attempt.SendBefore, now.Monotonic, silentFrom);
        entry.Order = OrderPlace.Sent;
        _open.Add(entry);
        _agenda.Schedule(attempt.Channel, entry.Payment.Id, attempt.No, silentFrom);
        _commits.AfterCommit(new BookEffect.Submit(OrderOf(entry.Payment, attempt)));
    }

    private static bool Has<TEvent>(ImmutableArray<PaymentEvent> events)
    {
        foreach (var @event in events)
        {
            if (@event is TEvent)
            {
                return true;
            }
        }

        return false;
    }

    private void TellWaiting(BookEntry entry)
    {
        foreach (var (caller, _) in entry.TakeWaiting())
        {
            Answer(caller, new BookAnswer.Stored(entry.Payment, IsNew: false));
        }
    }

    private static SubmitOrder OrderOf(Payment payment, Attempt attempt) => new(
        payment.Id, attempt.No, attempt.OrderNo, attempt.Channel, payment.Content.Merchant, payment.Content.Product,
        payment.Content.Amount, payment.Content.Account, attempt.SendBefore);

    private NextAttempt Next(Routing.RouteDecision.Chosen chosen, BookTime now) =>
        new(chosen.Channel, now.Utc + _rules.QueryPolicyOf(chosen.Channel).SubmitQueueDeadline, chosen.Reasons)
        {
            Target = _rules.TargetOf(chosen.Channel),
        };

    private void Settle(BookEntry entry, ChannelId channel)
    {
        if (entry.Order != OrderPlace.Settled)
        {
            entry.Order = OrderPlace.Settled;
            Settle(entry.Payment.Content.Merchant, channel);
        }
    }

    private void Settle(MerchantId merchant, ChannelId channel) =>
        _commits.AtOnce(new BookEffect.RouteSettled(channel, merchant));
}
