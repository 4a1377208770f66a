using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Simulation.Tests.Law;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>
/// One life of a book on one node. Carries the production book as its actor does: inputs one at a time, effects first,
/// then the next row. What fails to be written, or hangs, stops it.
/// </summary>
internal sealed class BookOwner
{
    private const double WriteWatchdog = 10;

    /// <summary>After so long a write is acknowledged, or its owner has stopped.</summary>
    public const double WritesWithin = WriteWatchdog + 2;

    /// <summary>A router that is silent, a read model that fails, and a write that hangs, one after another.</summary>
    private const double AnswersWithin = 60;

    private readonly Life _life;
    private readonly SimulatedBook _at;
    private readonly Chance _chance;
    private readonly PaymentBook _book;
    private readonly BookEffects _effects;
    private readonly Queue<Action<PaymentBook, BookTime>> _mailbox = new();
    private readonly Action _tick;
    private bool _isPaused;
    private int _pauses;
    private bool _isWriting;
    private TimeSpan _wroteAt;
    private TimeSpan _acknowledgedAt;
    private TimeSpan _coversSince;
    private bool _isHandingOff;

    public BookOwner(Life life, SimulatedBook at, Node node, Chance chance)
    {
        _life = life;
        _at = at;
        Node = node;
        _chance = chance;
        _book = at.Journal.Recover(life.Rules, node.Now);
        OpenedAt = _wroteAt = life.Time.Now;
        _effects = new BookEffects(life, this, chance);
        _tick = Tick;
    }

    public Node Node { get; }

    public object Book => _book;

    public TimeSpan OpenedAt { get; }

    /// <summary>Somebody else owns the book, and this owner does not know it yet.</summary>
    public bool IsReplaced => _at.Owner != this;

    /// <summary>What leaves the book now was decided at this moment or later.</summary>
    public TimeSpan DecidedSince { get; private set; }

    public bool IsStopped { get; private set; }

    /// <summary>Its node is about to stop.</summary>
    public bool IsQuiet { get; private set; }

    public void Open()
    {
        _effects.Project(0, _book.CommittedSequence, _book.InMemory()!, _book.Untold());
        Pump();
        PlanTick();
    }

    public void Receive(Action<PaymentBook, BookTime> input)
    {
        if (IsStopped)
        {
            return;
        }

        if (_isPaused || !Node.ClockAgrees)
        {
            // Nothing is decided by a clock that is not to be believed; what a real book has to be told again, waits here.
            _mailbox.Enqueue(input);
            return;
        }

        input(_book, Node.Now);
        Pump();
    }

    /// <summary>An input of this moment is answered, unless its owner ends or stands still before that.</summary>
    public void MustAnswer(
        PaymentId id, Clause clause, Situation met, Func<bool> isAnswered, double seconds = AnswersWithin)
    {
        if (IsStopped || _isPaused || !Node.ClockAgrees)
        {
            return;
        }

        _life.Observer.Coverage.Met(met);
        var pauses = _pauses;
        _life.Time.After(seconds, () =>
        {
            if (!IsStopped && pauses == _pauses && Node.ClockAgrees && !isAnswered())
            {
                throw new LawBroken(clause, id.Value, $"nothing was answered within {seconds} s");
            }
        });
    }

    /// <summary>Only for this owner: what is addressed to a dead one is lost.</summary>
    public void ReceiveAfter(double seconds, Action<PaymentBook, BookTime> input) =>
        _life.Time.After(seconds, () => Receive(input));

    public void Pause(double seconds)
    {
        _isPaused = true;
        _pauses++;
        _life.Time.After(seconds, () =>
        {
            _isPaused = false;
            TakeWhatWaits();

            // What it still did not know, it is told in the end.
            _life.Time.After(_chance.Seconds(0, 5), () =>
            {
                if (_at.Owner != this)
                {
                    Stop("it has been replaced");
                }
            });
        });
    }

    /// <summary>As books do before their node's lanes stop; the books stop some time later.</summary>
    public void FallQuiet() => Receive((book, now) =>
    {
        book.FallQuiet(now);
        IsQuiet = true;
    });

    public IReadOnlyList<(Payment Payment, long Row)> UntoldOf(long row) => _book.UntoldOf(row);

    public void HandOff()
    {
        _isHandingOff = true;
        Receive((_, _) => { });
    }

    public void Stop(string why)
    {
        if (!IsStopped)
        {
            _life.Story?.Tell($"book {_at.Number} stops on node {Node.Number}: {why}");
            IsStopped = true;
            _at.Lost(this);
        }
    }

    private void PlanTick() => _life.Time.After(_life.IsQuiet ? 2 : 0.25, _tick);

    private void Tick()
    {
        if (!IsStopped)
        {
            TakeWhatWaits();
            Receive(static (book, now) => book.Tick(now));
            PlanTick();
        }
    }

    private void TakeWhatWaits()
    {
        while (!IsStopped && !_isPaused && Node.ClockAgrees && _mailbox.TryDequeue(out var input))
        {
            Receive(input);
        }
    }

    private void Pump()
    {
        DecidedSince = _life.Time.Now;
        _effects.Carry(_book.TakeEffects());
        if (IsStopped)
        {
            return;
        }

        if (_book.TakeWrite() is { } row)
        {
            Write(_book.CommittedSequence + 1, row);
        }
        else if (_isHandingOff && !_isWriting)
        {
            Stop("handed off");
        }
    }

    private void Write(long sequence, ReadOnlyMemory<byte> row)
    {
        _isWriting = true;
        _coversSince = _acknowledgedAt == _life.Time.Now ? _wroteAt : _life.Time.Now;
        _wroteAt = _life.Time.Now;
        if (_chance.Of(0.004) && Node.CrashIf(FaultKind.CrashBeforeIntentStored))
        {
            return;
        }

        if (_life.Faults.Strike(FaultKind.WriteHangs, _chance, 0.003))
        {
            // The row may still come, long after its writer was given up.
            _life.Time.After(WriteWatchdog, () => Stop("its write is overdue"));
            var late = WriteWatchdog + _chance.Seconds(-2, 6);
            _life.Time.After(late, () => _at.Journal.TryAppend(sequence, row));
            return;
        }

        var isSlow = _life.Faults.Strike(FaultKind.WriteSlow, _chance, 0.03);
        _life.Time.After(isSlow ? _chance.Seconds(0, 4) : _chance.Seconds(0.001, 0.02), () => Store(sequence, row));
    }

    private void Store(long sequence, ReadOnlyMemory<byte> row)
    {
        var fails = _life.Faults.Strike(FaultKind.WriteFails, _chance, 0.006);
        if (IsStopped ? _chance.Of(0.5) : fails)
        {
            // Of a dead process the tail that was not acknowledged may be lost.
            Stop("its write failed");
            return;
        }

        if (!_at.Journal.TryAppend(sequence, row))
        {
            Stop("somebody else has written this row");
        }
        else if (_life.Faults.Strike(FaultKind.WriteLostItsAnswer, _chance, 0.006))
        {
            Stop("storage did not answer, though it has the row");
        }
        else
        {
            _life.Time.After(_chance.Seconds(0.0005, 0.005), AcknowledgeWrite);
        }
    }

    /// <summary>Needs no clock: what was decided is stored.</summary>
    private void AcknowledgeWrite()
    {
        if (_isPaused)
        {
            _mailbox.Enqueue((_, _) => Written());
        }
        else if (!IsStopped)
        {
            Written();
            Pump();
        }
    }

    private void Written()
    {
        _isWriting = false;
        _book.WriteAcknowledged(Node.Now);
        if (_chance.Of(0.03) && _book.TakeSnapshot() is { } snapshot)
        {
            _at.Journal.Keep(snapshot, _book.CommittedSequence);
        }

        (DecidedSince, _acknowledgedAt) = (_coversSince, _life.Time.Now);
        var effects = _book.TakeEffects();
        if (CrashIfOneIs<BookEffect.Submit>(effects, FaultKind.CrashAfterIntentBeforeSend)
            || CrashIfOneIs<BookEffect.Answer>(effects, FaultKind.CrashAfterOutcomeBeforeAnswer))
        {
            return;
        }

        _effects.Carry(effects);
    }

    private bool CrashIfOneIs<TEffect>(IReadOnlyList<BookEffect> effects, FaultKind kind)
    {
        foreach (var effect in effects)
        {
            if (effect is TEffect)
            {
                return _chance.Of(0.004) && Node.CrashIf(kind);
            }
        }

        return false;
    }
}
