using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using RouterCluster.Domain.Books;
using RouterCluster.Node.Payments.Codec;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Routing.Messages;

namespace RouterCluster.Node.Payments;

/// <summary>
/// Carries one <see cref="PaymentBook"/>: feeds it messages, writes its rows and delivers its effects. A write that
/// fails, is rejected or is overdue stops the entity, which then recovers from the journal.
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
    private readonly BookLookUps _lookUps;
    private readonly BookEffects _effects;
    private TimeSpan? _writingSince;
    private long _rowsSinceSnapshot;
    private long _bytesSinceSnapshot;
    private bool _isSavingSnapshot;
    private bool _isStopping;
    private bool _isProjectionReady;
    private BookAvailability _availability = BookAvailability.NotYetOpen;

    public PaymentBookEntity(int number, BookContext context)
    {
        _number = number;
        _context = context;
        _book = new PaymentBook(context.Rules, BookEventEncoder.Instance);
        _lookUps = new BookLookUps(context.ReadModel, Self);
        _effects = new BookEffects(context, Self, _lookUps, _book.UntoldOf);
        JournalPluginId = JournalPlugin;
        SnapshotPluginId = SnapshotPlugin;
    }

    public override string PersistenceId => PersistenceIdOf(_number);

    public ITimerScheduler Timers { get; set; } = null!;

    public static string PersistenceIdOf(int number) => $"book-{number}";

    public static string SubjectOf(int number) => FormattableString.Invariant($"book {number}");

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
                // The book must not write before the read model has reported its offset.
                _effects.Projection = Context.ActorOf(
                    BookProjectionActor.Props(
                        _number, _context.ReadModel, _context.Settings.ProjectionEvery, _context.Notifications,
                        _context.Troubles),
                    "projection");
                break;
            default:
                throw new InvalidOperationException($"book {_number} cannot recover from {message.GetType()}");
        }
    }

    protected override void OnCommand(object message)
    {
        if (!HoldsBack(message))
        {
            TakeIn(message);
        }
    }

    private void TakeIn(object message)
    {
        switch (message)
        {
            case RouteAnswered route:
                _book.RouteChosen(route.RouteId, route.Decision, _context.Clock.Now);
                break;
            case Tick:
                OnTick();
                break;
            case PublishUnknown:
                _context.Channels.Write(_number, _book.Unknown(_context.Clock.Utc));
                break;
            case BookLookUps.LookedUp found:
                OnLookedUp(found);
                break;
            case BookProjectionActor.ReadBack back:
                _book.Projected(back.Through);
                _book.ReadBackFromReadModel(back.Rows, _context.Clock.Monotonic);
                break;
            case BookProjectionActor.Ready ready:
                OnProjectionReady(ready.Offset);
                break;
            case FallQuiet:
                _book.FallQuiet(_context.Clock.Now);
                _toldQuiet.Add(Sender);
                break;
            case StopBook:
                _isStopping = true;
                _context.Books.Leaves(_number, Self);
                break;
            case AcceptInBook or DecideInBook or AskInBook or CancelInBook when _isStopping:
                _context.Region().Forward(message);
                break;
            default:
                if (!BookInputs.TryGive(_book, message, _context.Clock.Now))
                {
                    OnSnapshot(message);
                }

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
                // The journal is complete, so older snapshots are not needed, and each is as long as the whole book.
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
        // The next owner publishes them: kept here, they would count twice.
        _context.Channels.Write(_number, []);
        base.PostStop();
    }

    /// <summary>
    /// A book that is not open yet keeps its messages. One that may not work, or has no reliable clock, answers "ask
    /// again"; lanes and companies repeat theirs. Route choices are kept because the router does not repeat them.
    /// </summary>
    private bool HoldsBack(object message)
    {
        switch (_availability)
        {
            case BookAvailability.NotYetOpen when message is IBookMessage and not ReportToBook:
                Stash.Stash();
                return true;
            case BookAvailability.NotYetOpen:
                return message is ReportToBook;
            case BookAvailability.Shut:
                return BookRefusal.TryRefuse(message, isShut: true);
            case BookAvailability.Open when _context.Clock.Agrees:
                return false;
            case BookAvailability.Open when message is RouteAnswered:
                Stash.Stash();
                return true;
            default:
                return BookRefusal.TryRefuse(message, isShut: false);
        }
    }

    /// <summary>
    /// A read model that is ahead of the journal belongs to another journal, or the journal is an older backup: payments
    /// are missing from it and their numbers would be used again.
    /// </summary>
    private void OnProjectionReady(long offset)
    {
        var row = _availability == BookAvailability.NotYetOpen ? LastSequenceNr : _book.CommittedSequence;
        if (offset > row)
        {
            _availability = BookAvailability.Shut;
            Stash.UnstashAll();
            var what = FormattableString.Invariant(
                $"its read model is at row {offset}, its journal at {row}: they do not belong together");
            if (_context.Troubles.Begin(Subject, what))
            {
                _log.Error("Book {Book} takes nothing: {What}", _number, what);
            }

            return;
        }

        if (_availability == BookAvailability.NotYetOpen)
        {
            _availability = BookAvailability.Open;
            Recovered();
            Stash.UnstashAll();
        }

        if (_availability == BookAvailability.Open)
        {
            _isProjectionReady = true;
        }
    }

    private string Subject => SubjectOf(_number);

    /// <summary>Logged once until the book is open again: it tries every second.</summary>
    private void Stops(string what)
    {
        if (_context.Troubles.Begin(Subject, what))
        {
            _log.Error("Book {Book} stops and recovers from its journal: {What}", _number, what);
        }
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Stops(FormattableString.Invariant($"row {sequenceNr} could not be written ({cause.GetBaseException().Message})"));

    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        Stops($"its journal could not be read ({reason.GetBaseException().Message})");

    /// <summary>
    /// After a rejected row Akka keeps the actor running without calling its handler: the book would wait for ever.
    /// </summary>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        Stops(FormattableString.Invariant($"row {sequenceNr} was rejected ({cause.GetBaseException().Message})"));
        Context.Stop(Self);
    }

    /// <summary>
    /// Effects first, as they are due; then the next row, so that the first row of a pause is written at once.
    /// </summary>
    private void Pump()
    {
        _effects.Deliver(_book.TakeEffects());
        StartProjection();
        if (_availability != BookAvailability.Shut && _book.TakeWrite() is { } row)
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

    /// <summary>Earlier orders are at their lanes already, so lanes may stop after this answer.</summary>
    private void SayQuiet()
    {
        foreach (var asker in _toldQuiet)
        {
            asker.Tell(BookIsQuiet.Instance);
        }

        _toldQuiet.Clear();
    }

    /// <summary>Stops between two writes: nobody knows whether a write in flight is stored.</summary>
    private void StartProjection()
    {
        if (_isProjectionReady && _book.InMemory() is { } payments)
        {
            _isProjectionReady = false;
            _effects.Projection?.Tell(new BookProjectionActor.StartFrom(_book.CommittedSequence, payments, _book.Untold()));
        }
    }

    private void OnWritten()
    {
        var took = _context.Clock.Monotonic - _writingSince.GetValueOrDefault();
        _writingSince = null;
        _book.WriteAcknowledged(_context.Clock.Now);
        var effects = _book.TakeEffects();
        _context.Metrics.RowCommitted(
            took.TotalSeconds, effects.OfType<BookEffect.Committed>().Sum(committed => committed.Events.Count));
        _context.Spans.RowCommitted(_number, took, effects);
        _effects.Deliver(effects);
        TakeSnapshotIfDue();
        Pump();
    }

    private void CountRow(int bytes)
    {
        _rowsSinceSnapshot++;
        _bytesSinceSnapshot += bytes;
    }

    /// <summary>
    /// Taken when the rows since the last snapshot are about as long as a snapshot: together they cost little more than
    /// the journal, and a recovery reads at most about as much of rows as of a snapshot.
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
            // Memory is ahead of storage by an unknown amount, so it is discarded.
            Stops("it has waited too long for its journal");
            Context.Stop(Self);
            return;
        }

        if (_availability == BookAvailability.Open && _context.Clock.Agrees)
        {
            Stash.UnstashAll();
            _book.Tick(_context.Clock.Now);
        }
    }

    private void Recovered()
    {
        _book.Recovered(LastSequenceNr, _context.Clock.Now);
        _context.Troubles.End(Subject);
        _context.Books.Opened(_number, Self);
        if (_context.Books.AreQuiet)
        {
            _book.FallQuiet(_context.Clock.Now);
        }

        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, _context.Settings.Tick);
        Timers.StartPeriodicTimer(nameof(PublishUnknown), PublishUnknown.Instance, PublishUnknownEvery);
        _log.Info("Book {Book} is open: row {Sequence}, {Payments} payments in memory", _number, LastSequenceNr, _book.Count);
    }

    private void OnLookedUp(BookLookUps.LookedUp found)
    {
        _lookUps.Answered();
        if (found.Cause is { } cause)
        {
            _log.Warning("Book {Book} could not ask the read model: {Why}", _number, cause.GetBaseException().Message);
        }

        foreach (var id in found.Asked)
        {
            if (found.Cause is null)
            {
                _book.LookedUp(id, found.Found.GetValueOrDefault(id));
            }
            else
            {
                _book.LookUpFailed(id);
            }
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
}
