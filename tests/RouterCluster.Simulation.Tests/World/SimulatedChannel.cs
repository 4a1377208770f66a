using RouterCluster.Domain.Channels;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>One channel: its setup, what of it is durable, its company, and who owns it at the moment.</summary>
internal sealed class SimulatedChannel
{
    private const double Persisting = 0.005;

    private readonly Life _life;
    private long _lastNumber;

    public SimulatedChannel(Life life, ChannelSetup setup, int number)
    {
        _life = life;
        Setup = setup;
        Chance = new Chance(life.Scenario.Seed, "channel", number);
        Psp = new SimulatedPsp(life, setup, new Chance(life.Scenario.Seed, "psp", number));
    }

    public ChannelSetup Setup { get; }

    public Chance Chance { get; }

    public SimulatedPsp Psp { get; }

    public ChannelState State { get; private set; } = ChannelState.Initial;

    public ChannelOwner? Owner { get; private set; }

    public long NextNumber() => ++_lastNumber;

    public void Start()
    {
        if (_life.AnyNodeUp(Chance) is { } node)
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

    /// <summary>
    /// The owner is gone and its connections with it. The next one comes when the company has seen them close.
    /// </summary>
    public void Lost(ChannelOwner owner)
    {
        if (Owner == owner)
        {
            Owner = null;
            _life.Time.After(Chance.Seconds(1, 4), Start);
        }
    }

    /// <summary>The traffic does not wait for it; a crash may come first.</summary>
    public void Remember(BreakerMoved moved) => _life.Time.After(Persisting, () => State = State.Apply(moved));

    /// <summary>An operator's change: durable first, then in force. Nobody answers for a channel without an owner.</summary>
    /// <param name="insists">Asks again until it is done.</param>
    public void Adjust(ChannelAdjusted change, bool insists)
    {
        if (Owner is not { } owner)
        {
            Repeat(change, insists);
            return;
        }

        _life.Time.After(Persisting, () =>
        {
            if (owner.IsStopped)
            {
                Repeat(change, insists);
                return;
            }

            _life.Story?.Tell($"operators change {Setup.Id}: {OperatorChange.Describe(change)}");
            State = State.Apply(change);
            if (!(Chance.Of(0.05) && owner.Node.CrashIf(FaultKind.CrashInReload)))
            {
                owner.Configure();
            }
        });
    }

    private void Repeat(ChannelAdjusted change, bool insists)
    {
        if (insists)
        {
            _life.Time.After(1, () => Adjust(change, insists));
        }
    }

    public void Plan(double until)
    {
        Psp.Plan(until);
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
