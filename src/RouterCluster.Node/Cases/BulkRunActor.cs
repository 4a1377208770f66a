using Akka.Actor;
using Akka.Event;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments.Messages;

namespace RouterCluster.Node.Cases;

/// <summary>
/// The cluster's one runner: takes approved lists to the books, batch by batch, and stores the end of each payment. A
/// payment whose answer is missing or was not stored before a stop is asked for again; its book decides it once per list.
/// </summary>
public sealed class BulkRunActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    private readonly IActorRef _books;
    private readonly BulkStore _store;
    private readonly CaseSettings _settings;
    private readonly LocalRunner _local;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<long, BulkItem> _asked = [];
    private readonly List<BulkItem> _ended = [];
    private BulkProposal? _bulk;
    private long _lastRequest;
    private bool _isBusy;
    private bool _mustLookAgain;

    public BulkRunActor(IActorRef books, BulkStore store, CaseSettings settings, LocalRunner local)
    {
        _local = local;
        _books = books;
        _store = store;
        _settings = settings;
        Receive<Look>(_ => OnLook());
        Receive<Batch>(Ask);
        Receive<BookAnswered>(OnAnswered);
        Receive<GiveUp>(_ => Write());
        Receive<Written>(_ => Next());
        Receive<Failed>(failed =>
        {
            _log.Warning("Decided lists cannot be read or written: {Why}", failed.Cause.GetBaseException().Message);
            Rest();
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(IActorRef books, BulkStore store, CaseSettings settings, LocalRunner local) =>
        Akka.Actor.Props.Create(() => new BulkRunActor(books, store, settings, local));

    protected override void PreStart()
    {
        _local.Started(Self);
        Timers.StartPeriodicTimer(nameof(Look), Look.Instance, LookEvery);
        Self.Tell(Look.Instance);
    }

    protected override void PostStop() => _local.Stopped(Self);

    private void OnLook()
    {
        if (_isBusy)
        {
            // The lists that are being read may be those from before the approval.
            _mustLookAgain = true;
            return;
        }

        Next();
    }

    private void Next()
    {
        (_isBusy, _mustLookAgain) = (true, false);
        NextBatchAsync().PipeTo(Self, Self, batch => batch, cause => new Failed(cause));
    }

    private async Task<Batch> NextBatchAsync()
    {
        var unfinished = await _store.UnfinishedAsync(CancellationToken.None).ConfigureAwait(false);
        return unfinished is [var first, ..]
            ? new Batch(first, await _store.ItemsAsync(
                first.Id, BulkItemState.Waiting, 0, _settings.BulkBatch, CancellationToken.None).ConfigureAwait(false))
            : new Batch(null, []);
    }

    private void Ask(Batch batch)
    {
        if (batch.Bulk is not { Settled.By: { } approver } bulk)
        {
            Rest();
            return;
        }

        _bulk = bulk;
        _asked.Clear();
        _ended.Clear();
        foreach (var item in batch.Items)
        {
            Tell(item, caller => new DecideInBook(new DecisionRequest(caller, item.Payment, new DecideInBulk(
                default, bulk.Id, bulk.Outcome, bulk.Reason, bulk.Evidence, bulk.By, approver, item.Content))));
        }

        Timers.StartSingleTimer(nameof(GiveUp), GiveUp.Instance, Patience);
    }

    private void Tell(BulkItem item, Func<Caller, IBookMessage> message)
    {
        _asked[++_lastRequest] = item;
        _books.Tell(message(new Caller(Self, _lastRequest)));
    }

    private void OnAnswered(BookAnswered answered)
    {
        if (!_asked.Remove(answered.Request, out var item))
        {
            return;
        }

        switch (answered.Answer)
        {
            case BookAnswer.Stored stored:
                var isDecided = stored.Payment.Proposals.Any(proposal => proposal.Bulk == item.Bulk);
                _ended.Add(isDecided
                    ? item with { State = BulkItemState.Decided }
                    : item with { State = BulkItemState.Refused, Refusal = PaymentRefusal.NothingToDecide });
                break;
            case BookAnswer.Refused { Why: PaymentRefusal.NothingToDecide }:
                // The list may have decided the payment before a stop, and the book may have evicted it since.
                Tell(item, caller => new GetFromBook(caller, item.Payment));
                break;
            case BookAnswer.Refused refused:
                _ended.Add(item with { State = BulkItemState.Refused, Refusal = refused.Why });
                break;
            case BookAnswer.NoSuchPayment:
                _ended.Add(item with { State = BulkItemState.Refused, Refusal = PaymentRefusal.NoSuchPayment });
                break;
            case BookAnswer.OutOfReach or BookAnswer.StillAccepting or BookAnswer.IdempotencyMismatch or BookAnswer.NoRoute
                or BookAnswer.NoChannelNow or BookAnswer.Heard:
                // The book could not answer for the payment: it waits for the next batch.
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        if (_asked.Count == 0)
        {
            Write();
        }
    }

    private void Write()
    {
        Timers.Cancel(nameof(GiveUp));
        if (_ended.Count == 0)
        {
            Rest();
            return;
        }

        var ended = _ended.ToArray();
        _ended.Clear();
        _asked.Clear();
        _log.Info("List {Bulk}: {Decided} of {Asked} payments decided", _bulk?.Id, ended.Count(IsDecided), ended.Length);
        _store.EndAsync(ended, CancellationToken.None).PipeTo(Self, Self, () => Written.Instance, cause => new Failed(cause));
    }

    /// <summary>Until a list is approved, or the timer starts another look.</summary>
    private void Rest()
    {
        _isBusy = false;
        _asked.Clear();
        if (_mustLookAgain)
        {
            Next();
        }
    }

    private static bool IsDecided(BulkItem item) => item.State == BulkItemState.Decided;

    /// <summary>A list was approved, on whichever node.</summary>
    public sealed record Look
    {
        public static readonly Look Instance = new();
    }

    private sealed record Batch(BulkProposal? Bulk, IReadOnlyList<BulkItem> Items) : INoSerializationVerificationNeeded;

    private sealed record GiveUp : INoSerializationVerificationNeeded
    {
        public static readonly GiveUp Instance = new();
    }

    private sealed record Written : INoSerializationVerificationNeeded
    {
        public static readonly Written Instance = new();
    }

    private sealed record Failed(Exception Cause) : INoSerializationVerificationNeeded;
}
