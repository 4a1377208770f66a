using Akka.Actor;
using Akka.Event;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Payments;

/// <summary>
/// Writes its book's payments into the read model: behind the book, in bulk, by contiguous row number. Reads ended
/// payments back before the book may forget them. After a gap, which is logged as an error, or lost storage it begins
/// again from the book's memory, which holds everything that the read model may lack.
/// </summary>
public sealed class BookProjectionActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly int _book;
    private readonly PaymentReadModel _readModel;
    private readonly TimeSpan _every;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly IActorRef _notifications;
    private readonly Troubles _troubles;
    private readonly Dictionary<PaymentId, (Payment Payment, long Version)> _changed = [];

    /// <summary>Payments that were accepted since the last write: the read model cannot hold them yet.</summary>
    private HashSet<PaymentId> _accepted = [];

    /// <summary>Changes of which merchants are to be told, also those of states that a payment has left since.</summary>
    private readonly List<(Payment Payment, long Row)> _untold = [];
    private long _through;
    private long _stored;
    private bool _isStarted;
    private bool _isWriting;

    public BookProjectionActor(
        int book, PaymentReadModel readModel, TimeSpan every, IActorRef notifications, Troubles troubles)
    {
        _troubles = troubles;
        _notifications = notifications;
        _book = book;
        _readModel = readModel;
        _every = every;
        Receive<OffsetRead>(read =>
        {
            _stored = read.Offset;
            EndTrouble();
            Context.Parent.Tell(new Ready(read.Offset));
        });
        Receive<StartFrom>(Start);
        Receive<RowCommitted>(Collect);
        Receive<Flush>(_ => Write());
        Receive<Written>(OnWritten);
        Receive<Begin>(_ => ReadOffset());
        Receive<Failed>(failed =>
        {
            if (_troubles.Begin(Subject, failed.Cause.GetBaseException().Message))
            {
                _log.Warning(
                    "Book {Book} cannot reach its read model: {Why}", _book, failed.Cause.GetBaseException().Message);
            }

            _isStarted = false;
            _isWriting = false;
            Timers.StartSingleTimer(nameof(Begin), Begin.Instance, RetryPause);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private string Subject => FormattableString.Invariant($"read model of book {_book}");

    public static Props Props(
        int book, PaymentReadModel readModel, TimeSpan every, IActorRef notifications, Troubles troubles) =>
        Akka.Actor.Props.Create(() => new BookProjectionActor(book, readModel, every, notifications, troubles));

    protected override void PreStart()
    {
        ReadOffset();
        Timers.StartPeriodicTimer(nameof(Flush), Flush.Instance, _every);
    }

    private void EndTrouble()
    {
        if (_troubles.End(Subject))
        {
            _log.Info("Book {Book} reaches its read model again", _book);
        }
    }

    private void ReadOffset() => _readModel.OffsetAsync(_book, CancellationToken.None).PipeTo(
        Self, Self, offset => new OffsetRead(offset), cause => new Failed(cause));

    private void Start(StartFrom start)
    {
        _changed.Clear();
        _accepted.Clear();
        _untold.Clear();
        _untold.AddRange(start.Untold.Where(change => change.Row > _stored));
        _isStarted = true;
        _through = start.Sequence;
        foreach (var (payment, version) in start.Payments)
        {
            // Stored payments are still stored; an ended payment is read back once more, so that the book can forget it.
            if (version > _stored || payment.IsFinal)
            {
                _changed[payment.Id] = (payment, version);
            }
        }
    }

    private void Collect(RowCommitted row)
    {
        if (!_isStarted || row.Sequence <= _through)
        {
            // The book hands everything over at the start.
            return;
        }

        if (row.Sequence != _through + 1)
        {
            throw new BookProjectionException($"book {_book}: row {row.Sequence} came after {_through}");
        }

        _through = row.Sequence;
        _accepted.UnionWith(row.Accepted);
        foreach (var payment in row.Changed)
        {
            _changed[payment.Id] = (payment, row.Sequence);
        }

        _untold.AddRange(row.Untold);
    }

    private void Write()
    {
        if (!_isStarted || _isWriting || (_through == _stored && _changed.Count == 0))
        {
            return;
        }

        _isWriting = true;
        var collected = new ReadModelChanges([.. _changed.Values], _accepted, [.. _untold]);
        _changed.Clear();
        _accepted = [];
        _untold.Clear();
        WriteAndReadBackAsync(_stored, _through, collected).PipeTo(Self, Self, done => done, cause => new Failed(cause));
    }

    private async Task<Written> WriteAndReadBackAsync(long from, long through, ReadModelChanges changes)
    {
        var told = await _readModel.WriteAsync(_book, from, through, changes, CancellationToken.None).ConfigureAwait(false);
        foreach (var merchant in told)
        {
            _notifications.Tell(new WakeWebhooks(merchant));
        }

        var ended = changes.Changed.Where(row => row.Payment.IsFinal).Select(row => row.Payment.Id).ToArray();
        if (ended.Length == 0)
        {
            return new Written(new ReadBack(through, []));
        }

        var versions = await _readModel.ReadVersionsAsync(ended, CancellationToken.None).ConfigureAwait(false);
        return new Written(new ReadBack(through, [.. versions.Select(row => (row.Key, row.Value))]));
    }

    private void OnWritten(Written written)
    {
        _isWriting = false;
        _stored = written.ReadBack.Through;
        Context.Parent.Tell(written.ReadBack);
    }

    /// <summary>Everything that the read model may lack, as of a row.</summary>
    /// <param name="Untold">Changes of which merchants are to be told, each with its row.</param>
    public sealed record StartFrom(
        long Sequence, IReadOnlyList<(Payment Payment, long ChangedAt)> Payments,
        IReadOnlyList<(Payment Payment, long Row)> Untold) : INoSerializationVerificationNeeded;

    /// <param name="Changed">Every payment of the row in its state after the row.</param>
    /// <param name="Accepted">Payments that the row brings into being.</param>
    /// <param name="Untold">Changes of the row of which merchants are to be told.</param>
    public sealed record RowCommitted(
        long Sequence, IReadOnlyCollection<Payment> Changed, IReadOnlyCollection<PaymentId> Accepted,
        IReadOnlyList<(Payment Payment, long Row)> Untold) : INoSerializationVerificationNeeded;

    /// <summary>The read model stands at a row and holds these ended payments.</summary>
    public sealed record ReadBack(long Through, IReadOnlyList<(PaymentId Id, long Version)> Rows)
        : INoSerializationVerificationNeeded;

    /// <summary>The projection knows its offset and asks for <see cref="StartFrom"/>.</summary>
    /// <param name="Offset">The last row that the read model holds.</param>
    public sealed record Ready(long Offset) : INoSerializationVerificationNeeded;

    private sealed record Flush : INoSerializationVerificationNeeded
    {
        public static readonly Flush Instance = new();
    }

    private sealed record Begin : INoSerializationVerificationNeeded
    {
        public static readonly Begin Instance = new();
    }

    private sealed record OffsetRead(long Offset) : INoSerializationVerificationNeeded;

    private sealed record Written(ReadBack ReadBack) : INoSerializationVerificationNeeded;

    private sealed record Failed(Exception Cause) : INoSerializationVerificationNeeded;
}

public sealed class BookProjectionException(string message) : Exception(message);
