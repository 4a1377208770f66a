using System.Collections.Immutable;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Simulation.Tests.Invariants;
using RouterCluster.Simulation.Tests.Law;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>What a life came to.</summary>
/// <param name="Faults">By kind.</param>
/// <param name="Ends">Tells how each payment ended.</param>
internal sealed record LifeReport(int Payments, long Steps, IReadOnlyList<int> Faults, Coverage Coverage, Func<string> Ends);

/// <summary>
/// A whole world from one seed in virtual time: merchants, books, routers, lanes and companies, and what befalls them.
/// The production classes decide; the world only carries.
/// </summary>
internal sealed class Life
{
    /// <summary>How long merchants go on repeating themselves.</summary>
    private const double Echo = 75;

    /// <summary>Far more than any life needs.</summary>
    private const long MostSteps = 5_000_000;

    private Life(Scenario scenario, PaymentId? storyAbout, bool withStory)
    {
        Scenario = scenario;
        Settings = new LifeSettings(scenario);
        Faults = new Faults(Settings.Kinds);
        Story = withStory ? new Story(Time, storyAbout) : null;
        Observer = new Observer(this);
        Nodes = [.. Enumerable.Range(0, LifeSettings.Nodes).Select(number => new Node(this, number))];
        Books = [.. Enumerable.Range(0, LifeSettings.Books).Select(number => new SimulatedBook(this, number))];
        Channels = [.. Settings.Channels.Select((setup, number) => new SimulatedChannel(this, setup, number))];
        Rules = Settings.Rules with { TargetOf = channel => Channel(channel).Psp.Target };
        Merchants = new SimulatedMerchants(this);
        People = new SimulatedPeople(this);
        Cancels = new SimulatedCancels(this);
        Network = new SimulatedNetwork(this);
    }

    public Scenario Scenario { get; }

    public LifeSettings Settings { get; }

    public BookRules Rules { get; }

    public VirtualTime Time { get; } = new();

    public Faults Faults { get; }

    public Story? Story { get; }

    public Observer Observer { get; }

    public ImmutableArray<Node> Nodes { get; }

    /// <summary>Of all runs of all nodes, by incarnation.</summary>
    public Dictionary<string, NodeLease> Leases { get; } = [];

    public ImmutableArray<SimulatedBook> Books { get; }

    public ImmutableArray<SimulatedChannel> Channels { get; }

    public SimulatedMerchants Merchants { get; }

    public SimulatedPeople People { get; }

    public SimulatedCancels Cancels { get; }

    public SimulatedNetwork Network { get; }

    public SimulatedReadModel ReadModel { get; } = new();

    /// <summary>No clock is off, so that clocks of different nodes may be compared.</summary>
    public bool HasTrueClocks =>
        !Settings.Kinds.Contains(FaultKind.ClockOff) && !Settings.Kinds.Contains(FaultKind.ClockLeaps);

    /// <summary>Nobody asks for new payments any more.</summary>
    public bool IsQuiet => Time.Now.TotalSeconds > Settings.FaultsEnd + 10;

    /// <summary>All is over, and read once more.</summary>
    public bool IsEnding { get; private set; }

    /// <exception cref="InvariantViolation">Something happened that must never be.</exception>
    public static LifeReport Run(Scenario scenario) => new Life(scenario, null, false).Run();

    /// <summary>The story of a life that ends in a violation, told of one payment where it is about one.</summary>
    public static IReadOnlyList<string> Tell(Scenario scenario, PaymentId? about)
    {
        var life = new Life(scenario, about, true);
        try
        {
            life.Run();
        }
        catch (Exception broken)
        {
            life.Story!.Tell(broken.Message);
        }

        return life.Story!.Lines;
    }

    public SimulatedChannel Channel(ChannelId id)
    {
        foreach (var channel in Channels)
        {
            if (channel.Setup.Id == id)
            {
                return channel;
            }
        }

        throw new ArgumentException($"there is no channel {id}", nameof(id));
    }

    public Node? AnyNodeUp(Chance chance)
    {
        var node = Nodes[chance.Below(Nodes.Length)];
        return node.IsUp ? node : Nodes.FirstOrDefault(other => other.IsUp);
    }

    public void StopAllOn(Node node)
    {
        foreach (var book in Books)
        {
            if (book.Owner is { } owner && owner.Node == node)
            {
                owner.Stop("its node died");
            }
        }

        foreach (var channel in Channels)
        {
            if (channel.Owner is { } owner && owner.Node == node)
            {
                owner.Stop("its node died");
            }
        }
    }

    private LifeReport Run()
    {
        var end = Settings.FaultsEnd;
        Plan(end);
        RunUntil(end);
        Faults.AreOver = true;
        foreach (var node in Nodes)
        {
            node.SetRight();
        }

        Story?.Tell("faults are over");
        RunUntil(end + Echo);
        for (var waited = Echo; waited < LifeSettings.Healing && (!Observer.AllEnded || People.AreBusy); waited += 5)
        {
            RunUntil(end + waited + 5);
        }

        IsEnding = true;
        Merchants.ReadAll();
        RunUntil(Time.Now.TotalSeconds + 12);
        Observer.LifeEnds();
        return new LifeReport(Merchants.Count, Time.Steps, Faults.Counts, Observer.Coverage, Observer.DescribeEnds);
    }

    private void Plan(double end)
    {
        foreach (var channel in Channels)
        {
            channel.Start();
            channel.Plan(end);
        }

        foreach (var node in Nodes)
        {
            node.Plan(end);
        }

        foreach (var book in Books)
        {
            book.Start();
            book.Plan(end);
        }

        new SimulatedOperators(this).Plan(end);
        Merchants.Plan(end * 0.9);
    }

    private void RunUntil(double seconds)
    {
        var until = TimeSpan.FromSeconds(seconds);
        while (Time.Step(until))
        {
            if (Time.Steps > MostSteps)
            {
                throw new InvariantViolation("L1", null, $"time stands still: {MostSteps} things happened, and it is {Time.Now}");
            }
        }
    }
}
