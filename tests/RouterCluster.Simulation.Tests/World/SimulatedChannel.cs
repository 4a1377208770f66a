using System.Collections.Immutable;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>One channel: its setup, what of it is durable, its company, and who owns it at the moment.</summary>
internal sealed class SimulatedChannel
{
    private const double Persisting = 0.005;

    private readonly Life _life;
    private readonly List<ChannelEvent> _sinceSnapshot = [];
    private ChannelSnapshot _snapshot = ChannelSnapshot.Initial;

    public SimulatedChannel(Life life, ChannelSetup setup, int number)
    {
        _life = life;
        Setup = setup;
        Chance = new Chance(life.Scenario.Seed, "channel", number);
        Wire = new Wire(life);
        Psp = new SimulatedPsp(life, setup, new Chance(life.Scenario.Seed, "psp", number));
    }

    public ChannelSetup Setup { get; }

    public Chance Chance { get; }

    public SimulatedPsp Psp { get; }

    public Wire Wire { get; }

    public ChannelOwner? Owner { get; private set; }

    /// <summary>Durable; null: nobody has ever owned it.</summary>
    public ClaimRow? Claim { get; set; }

    public void Start() => Start(before: null);

    private void Start(Node? before)
    {
        if ((before is { IsUp: true } ? before : _life.AnyNodeUp(Chance)) is { } node)
        {
            _life.Story?.Tell($"channel {Setup.Id} opens on node {node.Number}");
            Owner = new ChannelOwner(_life, this, node);
            Owner.Open();
        }
        else
        {
            _life.Time.After(0.5, Start);
        }
    }

    /// <summary>The next owner comes when it likes; calls of the last one may still be under way.</summary>
    public void Lost(ChannelOwner owner)
    {
        if (Owner == owner)
        {
            Owner = null;
            var before = !owner.IsHandedOver && Chance.Of(0.7) ? owner.Node : null;

            // A journal is read when what was being written has been: an owner that hands over waits for it as well.
            _life.Time.After(Persisting + Chance.Seconds(0, owner.IsHandedOver ? 0.1 : 2), () => Start(before));
        }
    }

    public Channel Recover(DateTimeOffset now)
    {
        var channel = new Channel(Setup.Configuration, now.ToUnixTimeMilliseconds());
        channel.Recover(_snapshot);
        foreach (var @event in _sinceSnapshot)
        {
            channel.Recover(@event);
        }

        return channel;
    }

    /// <summary>Takes a moment, in which the writer may die: then the event may be lost.</summary>
    public void Store(ChannelEvent @event, ChannelOwner writer, Action stored) => _life.Time.After(Persisting, () =>
    {
        if (writer.IsStopped && Chance.Of(0.5))
        {
            return;
        }

        _sinceSnapshot.Add(@event);
        _life.Observer.Stored(Setup, @event);
        if (!writer.IsStopped)
        {
            stored();
        }
    });

    public void KeepSometimes(ChannelSnapshot snapshot)
    {
        if (Chance.Of(0.1))
        {
            _snapshot = snapshot;
            _sinceSnapshot.Clear();
        }
    }

    /// <summary>An operator's change. Nobody answers for a channel without an owner.</summary>
    /// <param name="insists">Asks again until it is done.</param>
    public void Adjust(ChannelChange change, bool insists)
    {
        var request = new OperatorRequest(change);
        Owner?.Change(request);
        if (insists)
        {
            _life.Time.After(1, () =>
            {
                if (!request.IsAnswered)
                {
                    Adjust(change, insists);
                }
            });
        }
    }

    /// <summary>For the next owner, on whichever node it opens.</summary>
    public void Leave(ImmutableArray<AttemptReport> reports) => _life.Time.After(0.1, () =>
    {
        if (Owner is not { IsHandedOver: false } next)
        {
            Leave(reports);
        }
        else if (!_life.Faults.Strike(FaultKind.ReportLost, Chance, 0.1))
        {
            next.Adopt(reports);
        }
    });

    public void Plan(double until)
    {
        Psp.Plan(until);
        var moves = new Chance(_life.Scenario.Seed, "moves", Setup.Id.Value.Length + Setup.Id.Value[0]);
        for (var times = moves.Below(4); times > 0; times--)
        {
            _life.Time.After(moves.Seconds(0, until), () =>
            {
                if (Owner is { } owner && _life.Faults.Strike(FaultKind.ChannelHandedOver))
                {
                    owner.HandOver();
                }
            });
        }

        for (var crashes = Chance.Below(3); crashes > 0; crashes--)
        {
            _life.Time.After(Chance.Seconds(0, until), () =>
            {
                if (Owner is { } owner && _life.Faults.Strike(FaultKind.ChannelCrashes))
                {
                    owner.Stop("it crashed");
                }
            });
        }
    }
}

/// <summary>An operator who waits for an answer.</summary>
internal sealed class OperatorRequest(ChannelChange change)
{
    public ChannelChange Change => change;

    public bool IsAnswered { get; set; }
}
