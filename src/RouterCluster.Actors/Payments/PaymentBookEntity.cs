using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using RouterCluster.Actors.Channels;
using RouterCluster.Actors.Payments.Codec;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Actors.Payments;

/// <summary>
/// Carries one <see cref="PaymentBook"/>: feeds it messages, writes its rows, delivers its effects. Knows nothing of
/// payments. A write that fails, is rejected or is overdue stops it; it comes back from the journal.
/// </summary>
public sealed class PaymentBookEntity : UntypedPersistentActor, IWithTimers
{
    public const string JournalPlugin = "akka.persistence.journal.books";
    public const string SnapshotPlugin = "akka.persistence.snapshot-store.books";

    private static readonly TimeSpan PublishUnknownEvery = TimeSpan.FromSeconds(1);

    private readonly int _number;
    private readonly BookContext _context;
    private readonly PaymentBook _book;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly List<IActorRef> _toldQuiet = [];
    private IActorRef? _projection;
    private TimeSpan? _writingSince;
    private long _rowsSinceSnapshot;
    private long _bytesSinceSnapshot;
    private bool _isSavingSnapshot;
    private bool _isStopping;
    private bool _isProjectionReady;

    public PaymentBookEntity(int number, BookContext context)
    {
        _number = number;
        _context = context;
        _book = new PaymentBook(context.Rules, BookEventEncoder.Instance);
        JournalPluginId = JournalPlugin;
        SnapshotPluginId = SnapshotPlugin;
    }

    public override string PersistenceId => PersistenceIdOf(_number);

    public ITimerScheduler Timers { get; set; } = null!;

    public static string PersistenceIdOf(int number) => $"book-{number}";

    public static Props Props(int number, BookContext context) => Akka.Actor.Props.Create(() => new PaymentBookEntity(number, context));

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: BookSnapshot snapshot }:
                _book.Restore(snapshot);
                break;
            case BookRow row:
                foreach (var (id, @event) in PaymentEventCodec.Decode(row.Bytes))
                {
                    _book.Replay(id, @event, LastSequenceNr);
                }

                CountRow(row.Bytes.Length);
                break;
            case RecoveryCompleted:
                Recovered();
                break;
            default:
                throw new InvalidOperationException($"book {_number} cannot recover from {message.GetType()}");
        }
    }

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case AcceptInBook accept when !_isStopping:
                _book.Accept(accept.Request, _context.Clock.Now);
                break;
            case GetFromBook get:
                _book.Get(get.Caller, get.Id);
                break;
            case DecideInBook decide when !_isStopping:
                _book.Decide(decide.Request, _context.Clock.Now);
                break;
            case ReportToBook told:
                _book.AttemptReported(told.Report, _context.Clock.Now);
                break;
            case OrderInQueue said:
                _book.InQueue(said.Payment, said.AttemptNo, said.IsInQueue);
                break;
            case NoticeToBook told:
                _book.Noticed(told.Notice, _context.Clock.Now);
                break;
            case RouteAnswered route:
                _book.RouteChosen(route.RouteId, route.Decision, _context.Clock.Now);
                break;
            case Tick:
                OnTick();
                break;
            case PublishUnknown:
                _context.Board.Write(_number, _book.Unknown(_context.Clock.Utc));
                break;
            case LookedUp found:
                OnLookedUp(found);
                break;
            case BookProjectionActor.ReadBack back:
                _book.ReadBackFromReadModel(back.Rows, _context.Clock.Monotonic);
                break;
            case BookProjectionActor.Ready:
                _isProjectionReady = true;
                break;
            case FallQuiet:
                _book.FallQuiet(_context.Clock.Now);
                _toldQuiet.Add(Sender);
                break;
            case StopBook:
                _isStopping = true;
                break;
            default:
                OnSnapshot(message);
                break;
        }

        Pump();
        SayQuiet();
    }

    private void OnSnapshot(object message)
    {
        switch (message)
        {
            case SaveSnapshotSuccess saved:
                _isSavingSnapshot = false;
                // The journal is whole: older ones help nobody, and each is as long as all that the book has ever seen.
                DeleteSnapshots(new SnapshotSelectionCriteria(saved.Metadata.SequenceNr - 1));
                break;
            case SaveSnapshotFailure failure:
                _isSavingSnapshot = false;
                _log.Warning(failure.Cause, "Book {Book} could not save a snapshot", _number);
                break;
            case DeleteSnapshotsFailure failure:
                _log.Warning(failure.Cause, "Book {Book} could not delete its older snapshots", _number);
                break;
        }
    }

    protected override void PostStop()
    {
        _context.Books.Closed(_number, Self);
        base.PostStop();
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        _log.Error(cause, "Book {Book} could not write row {Sequence}; it stops and recovers from the journal", _number, sequenceNr);

    /// <summary>A rejected row leaves a persistent actor running and its handler uncalled: that book would wait for ever.</summary>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        _log.Error(cause, "Book {Book}: row {Sequence} was rejected; it stops and recovers from the journal", _number, sequenceNr);
        Context.Stop(Self);
    }

    /// <summary>Effects first, as they are already due; then the next row, so that the first one never waits for company.</summary>
    private void Pump()
    {
        Deliver(_book.TakeEffects());
        StartProjection();
        if (_book.TakeWrite() is { } row)
        {
            _writingSince = _context.Clock.Monotonic;
            CountRow(row.Length);
            PersistAsync(new BookRow(row), _ => OnWritten());
        }
        else if (_isStopping && _writingSince is null)
        {
            Context.Stop(Self);
        }
    }

    /// <summary>What was sent before is with the lanes already: whoever stops them afterwards loses nothing.</summary>
    private void SayQuiet()
    {
        foreach (var asker in _toldQuiet)
        {
            asker.Tell(new BookIsQuiet(_number));
        }

        _toldQuiet.Clear();
    }

    /// <summary>Between two writes, because of one in flight nobody knows whether it is stored.</summary>
    private void StartProjection()
    {
        if (_isProjectionReady && _book.InMemory() is { } payments)
        {
            _isProjectionReady = false;
            _projection?.Tell(new BookProjectionActor.StartFrom(_book.CommittedSequence, payments));
        }
    }

    private void OnWritten()
    {
        var seconds = (_context.Clock.Monotonic - _writingSince.GetValueOrDefault()).TotalSeconds;
        _writingSince = null;
        _book.WriteAcknowledged(_context.Clock.Now);
        var effects = _book.TakeEffects();
        _context.Metrics.RowCommitted(seconds, effects.OfType<BookEffect.Committed>().Sum(committed => committed.Events.Count));
        Deliver(effects);
        TakeSnapshotIfDue();
        Pump();
    }

    private void CountRow(int bytes)
    {
        _rowsSinceSnapshot++;
        _bytesSinceSnapshot += bytes;
    }

    /// <summary>
    /// Not before the rows since the last one are about as long as a snapshot: so all of them together cost little more than
    /// the journal, and a recovery reads about as much of rows as of a snapshot at most.
    /// </summary>
    private void TakeSnapshotIfDue()
    {
        if (_rowsSinceSnapshot >= _context.Settings.SnapshotEvery && _bytesSinceSnapshot >= _book.SnapshotSize
            && !_isSavingSnapshot && _book.TakeSnapshot() is { } snapshot)
        {
            (_rowsSinceSnapshot, _bytesSinceSnapshot, _isSavingSnapshot) = (0, 0, true);
            SaveSnapshot(snapshot);
        }
    }

    private void OnTick()
    {
        if (_context.Clock.Monotonic - _writingSince > _context.Settings.WriteWatchdog)
        {
            // Memory is ahead of what is stored, and nobody knows by how much: it is thrown away.
            _log.Error("Book {Book} has waited too long for its journal; it stops and recovers from it", _number);
            Context.Stop(Self);
            return;
        }

        _book.Tick(_context.Clock.Now);
    }

    private void Recovered()
    {
        _book.Recovered(LastSequenceNr, _context.Clock.Now);
        _projection = Context.ActorOf(
            BookProjectionActor.Props(
                _number, _context.ReadModel, _context.Settings.ProjectionEvery, _context.Notifications),
            "projection");
        _context.Books.Opened(_number, Self);
        if (_context.Books.AreQuiet)
        {
            _book.FallQuiet(_context.Clock.Now);
        }

        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, _context.Settings.Tick);
        Timers.StartPeriodicTimer(nameof(PublishUnknown), PublishUnknown.Instance, PublishUnknownEvery);
        _log.Info("Book {Book} is open: row {Sequence}, {Payments} payments in memory", _number, LastSequenceNr, _book.Count);
    }

    private void Deliver(IReadOnlyList<BookEffect> effects)
    {
        foreach (var effect in effects)
        {
            Deliver(effect);
        }
    }

    private void Deliver(BookEffect effect)
    {
        switch (effect)
        {
            case BookEffect.Answer answer:
                ((IActorRef)answer.Caller.Address).Tell(new BookAnswered(answer.Caller.Request, answer.Value));
                break;
            case BookEffect.Submit submit:
                Send(submit.Order);
                break;
            case BookEffect.Withdraw withdraw:
                _context.Board.Told(withdraw.Channel)?.SubmitLane.Tell(new WithdrawOrder(withdraw.OrderNo));
                break;
            case BookEffect.Query query:
                _context.Board.Told(query.Order.Channel)?.QueryLane.Tell(query.Order);
                break;
            case BookEffect.ReportTaken taken:
                _context.Board.Told(taken.Report.Channel)?.SubmitLane.Tell(new ReportTaken(taken.Report));
                break;
            case BookEffect.OrderHeard heard:
                _context.Board.Told(heard.Channel)?.SubmitLane.Tell(new OrderHeard(heard.OrderNo, heard.Product, heard.Outcome));
                break;
            case BookEffect.ChooseRoute route:
                _context.Router.Tell(new AskRoute(route.RouteId, route.Request));
                break;
            case BookEffect.RouteSettled settled:
                _context.Router.Tell(new SettleRoute(settled.Channel, settled.Merchant));
                break;
            case BookEffect.LookUp look:
                _context.ReadModel.FindAsync(look.Id, CancellationToken.None).PipeTo(
                    Self, Self, found => new LookedUp(look.Id, found?.Payment, null), cause => new LookedUp(look.Id, null, cause));
                break;
            case BookEffect.Committed committed:
                OnCommitted(committed);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>A channel of which nobody has told never gets the order: that it was not sent is then certain.</summary>
    private void Send(SubmitOrder order)
    {
        if (_context.Board.Told(order.Channel) is { } channel)
        {
            channel.SubmitLane.Tell(order);
        }
        else
        {
            Self.Tell(new ReportToBook(PaymentBook.NeverLeft(order, "no_owner", "The channel has no owner.")));
        }
    }

    private void OnCommitted(BookEffect.Committed committed)
    {
        var accepted = new List<PaymentId>();
        foreach (var happened in committed.Events)
        {
            _context.Metrics.Happened(happened);
            _context.OnCommitted?.Invoke(happened);
            if (happened.Event is PaymentAccepted)
            {
                accepted.Add(happened.After.Id);
            }
        }

        _projection?.Tell(new BookProjectionActor.RowCommitted(committed.Sequence, committed.Changed, accepted));
    }

    private void OnLookedUp(LookedUp found)
    {
        if (found.Cause is null)
        {
            _book.LookedUp(found.Id, found.Payment);
        }
        else
        {
            _log.Warning(found.Cause, "Book {Book} could not ask the read model", _number);
            _book.LookUpFailed(found.Id);
        }
    }

    private sealed record Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick Instance = new();
    }

    private sealed record PublishUnknown : INoSerializationVerificationNeeded
    {
        public static readonly PublishUnknown Instance = new();
    }

    private sealed record LookedUp(PaymentId Id, Payment? Payment, Exception? Cause) : INoSerializationVerificationNeeded;
}
