using RouterCluster.Domain.Books;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>One book's number in the cluster: its journal, and who owns it at the moment.</summary>
internal sealed class SimulatedBook
{
    private readonly Life _life;
    private readonly Chance _chance;

    public SimulatedBook(Life life, int number)
    {
        _life = life;
        Number = number;
        _chance = new Chance(life.Scenario.Seed, "book", number);
        Journal = new SimulatedJournal(life);
    }

    public int Number { get; }

    public SimulatedJournal Journal { get; }

    public BookOwner? Owner { get; private set; }

    public void Start()
    {
        if (_life.AnyNodeUp(_chance) is { } node)
        {
            _life.Story?.Tell($"book {Number} opens on node {node.Number}");
            Owner = new BookOwner(_life, this, node, _chance);
            Owner.Open();
        }
        else
        {
            _life.Time.After(0.5, Start);
        }
    }

    /// <summary>The owner is gone; somebody opens the book again.</summary>
    public void Lost(BookOwner owner)
    {
        if (Owner == owner)
        {
            Owner = null;
            _life.Time.After(_chance.Seconds(0.1, 3), Start);
        }
    }

    /// <summary>To whoever owns the book now; lost when nobody does.</summary>
    public void Tell(Action<PaymentBook, BookTime> input) => Owner?.Receive(input);

    /// <summary>The same, for whoever needs to know who hears it.</summary>
    public void TellOwner(Action<BookOwner, PaymentBook, BookTime> input)
    {
        if (Owner is { } owner)
        {
            owner.Receive((book, now) => input(owner, book, now));
        }
    }

    public void Plan(double until)
    {
        for (var pauses = _chance.Below(3); pauses > 0; pauses--)
        {
            _life.Time.After(_chance.Seconds(0, until), PauseOwner);
        }

        for (var moves = _chance.Below(3); moves > 0; moves--)
        {
            _life.Time.After(_chance.Seconds(0, until), () => MoveIf(FaultKind.BookMoved));
        }
    }

    /// <summary>The machine stands still, the book gets another owner, and the old one wakes up and knows nothing.</summary>
    private void PauseOwner()
    {
        if (Owner is { } paused && _life.Faults.Strike(FaultKind.BookPaused))
        {
            _life.Story?.Tell($"the owner of book {Number} stands still");
            var seconds = _chance.Of(0.5) ? _chance.Seconds(0.1, 5) : _chance.Seconds(1, 20);
            paused.Pause(seconds);
            if (_chance.Of(0.7))
            {
                // What was asked of it until then is what it will go on with.
                _life.Time.After(_chance.Seconds(0, seconds), () => Lost(paused));
            }
        }
    }

    /// <summary>An orderly hand-off: the owner finishes its write and what waits for it, and stops.</summary>
    private void MoveIf(FaultKind kind)
    {
        if (Owner is { } owner && _life.Faults.Strike(kind))
        {
            if (_life.Faults.Strike(FaultKind.BookFallsQuiet, _chance, 0.7))
            {
                _life.Story?.Tell($"book {Number} falls quiet");
                owner.FallQuiet();
                _life.Time.After(_chance.Seconds(0, 20), owner.HandOff);
                return;
            }

            _life.Story?.Tell($"book {Number} is handed off");
            owner.HandOff();
        }
    }
}
