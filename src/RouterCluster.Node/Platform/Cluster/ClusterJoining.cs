using System.Collections.Immutable;
using Akka.Actor;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Platform.Time;
using AkkaCluster = Akka.Cluster.Cluster;

namespace RouterCluster.Node.Platform.Cluster;

/// <summary>
/// Joins the cluster after asking its nodes whether the settings agree. Members that live by their rows in the database are
/// joined before the seed nodes, so that the first seed node, which may found a cluster, founds no second one beside them.
/// A node whose clock is wrong does not join: books that it took over would decide nothing.
/// </summary>
internal sealed class ClusterJoining(
    ClusterSettings settings, JoinStamp stamp, LeaseKeeper leases, SteadyTime time, TimeProvider machine,
    IHostApplicationLifetime lifetime, ILogger<ClusterJoining> log)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(2);

    private volatile JoinRefusedException? _refusal;

    /// <summary>Why this node must not join; null: nothing speaks against it.</summary>
    public JoinRefusedException? Refusal => _refusal;

    public void Begin(ActorSystem system)
    {
        var cluster = AkkaCluster.Get(system);
        if (settings.IsAlone)
        {
            cluster.Join(cluster.SelfAddress);
            return;
        }

        system.ActorOf(JoinCheckActor.Props(stamp), JoinCheckActor.Name);
        _ = JoinAsync(system, cluster, lifetime.ApplicationStopping);
    }

    private async Task JoinAsync(ActorSystem system, AkkaCluster cluster, CancellationToken stopping)
    {
        cluster.RegisterOnMemberUp(leases.Joined);
        ImmutableList<Address> joining = [];
        try
        {
            while (!cluster.IsUp)
            {
                var seeds = SeedsNow();
                if (!seeds.SequenceEqual(joining) && time.Agrees)
                {
                    var stamps = await StampsAsync(system, seeds, stopping);
                    if (RefusalOf(stamps) is { } refused)
                    {
                        _refusal = refused;
                        lifetime.StopApplication();
                        return;
                    }

                    if (stamps.Count > 0 || MayFound(seeds))
                    {
                        log.LogInformation("Joining {Seeds}", string.Join(", ", seeds));
                        cluster.JoinSeedNodes(seeds);
                        joining = seeds;
                    }
                }

                await Task.Delay(Every, machine, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The node stops before it has joined.
        }
    }

    /// <summary>Asking for how long a member has been silent also lets it be fenced when it does not live.</summary>
    private ImmutableList<Address> SeedsNow()
    {
        if (!leases.HasLooked)
        {
            return [];
        }

        var members = leases.Living().Select(living => living.Row)
            .Where(row => row.HasJoined && leases.SilentFor(row.Incarnation) is null)
            .Select(row => row.Address).Where(address => address != settings.Address).ToList();
        var seeds = members.Count > 0 ? members.Concat(settings.OtherSeedNodes).Distinct() : settings.SeedNodes;
        return [.. seeds.Select(Address.Parse)];
    }

    /// <summary>Any other node waits until one of the cluster has said that the settings agree, however busy it is.</summary>
    private bool MayFound(ImmutableList<Address> seeds) => seeds.Count > 0 && seeds[0].ToString() == settings.Address;

    private JoinRefusedException? RefusalOf(IReadOnlyDictionary<Address, JoinStamp> stamps) => stamps
        .Select(answer => (Member: answer.Key, Differences: stamp.DifferencesFrom(answer.Value)))
        .Where(answer => answer.Differences.Any())
        .Select(answer => new JoinRefusedException(answer.Differences, $"{answer.Member}"))
        .FirstOrDefault();

    /// <summary>Of the nodes that answer.</summary>
    private async Task<IReadOnlyDictionary<Address, JoinStamp>> StampsAsync(
        ActorSystem system, ImmutableList<Address> seeds, CancellationToken stopping)
    {
        var others = seeds.Where(seed => seed.ToString() != settings.Address).ToList();
        var answers = await Task.WhenAll(others.Select(seed => AskAsync(system, seed, stopping)));
        return others.Zip(answers, (node, theirs) => (Node: node, Stamp: theirs)).Where(answer => answer.Stamp is not null)
            .ToDictionary(answer => answer.Node, answer => answer.Stamp!);
    }

    /// <summary>Null: the node does not run yet, or is too busy to answer in time.</summary>
    private static async Task<JoinStamp?> AskAsync(ActorSystem system, Address node, CancellationToken stopping)
    {
        try
        {
            var check = system.ActorSelection(new RootActorPath(node) / "user" / JoinCheckActor.Name);
            return new JoinStamp(await check.Ask<string>(JoinCheckActor.Question, AnswerLimit, stopping));
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }
}
