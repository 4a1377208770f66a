using Akka.Actor;
using Akka.Cluster;
using RouterCluster.Node.Platform.Health;
using AkkaCluster = Akka.Cluster.Cluster;

namespace RouterCluster.Node.Platform.Cluster;

/// <summary>Asks a node to hand over what it owns, or to take its share again. It answers with its state.</summary>
public sealed record SetDraining(bool IsDraining);

/// <summary>A node tells its state. An earlier run of a node at the same address has another number.</summary>
public sealed record NodeDraining(Address Node, int Run, bool IsDraining);

/// <summary>
/// One on each node. Keeps whether its node is draining, for as long as the node runs, and tells the other nodes: at once,
/// and again and again, so that a node that joins later or has missed it knows too.
/// </summary>
internal sealed class DrainActor : ReceiveActor, IWithTimers
{
    public const string Name = "draining";

    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(1);

    private readonly AkkaCluster _cluster = AkkaCluster.Get(Context.System);
    private readonly DrainingNodes _nodes;
    private readonly Readiness _readiness;
    private bool _isDraining;

    public DrainActor(DrainingNodes nodes, Readiness readiness)
    {
        (_nodes, _readiness) = (nodes, readiness);
        Receive<SetDraining>(OnSet);
        Receive<NodeDraining>(OnTold);
        Receive<TellAgain>(_ => TellOthers());
        Receive<ClusterEvent.MemberUp>(_ => TellOthers());
        Receive<ClusterEvent.MemberRemoved>(gone => _nodes.Set(gone.Member.UniqueAddress, isDraining: false));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private NodeDraining Own => new(_cluster.SelfAddress, _cluster.SelfUniqueAddress.Uid, _isDraining);

    public static Props Props(DrainingNodes nodes, Readiness readiness) =>
        Akka.Actor.Props.Create(() => new DrainActor(nodes, readiness));

    public static ActorSelection On(ActorSystem system, Address node) =>
        system.ActorSelection(new RootActorPath(node) / "user" / Name);

    protected override void PreStart() => _cluster.Subscribe(
        Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
        [typeof(ClusterEvent.MemberUp), typeof(ClusterEvent.MemberRemoved)]);

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    private void OnSet(SetDraining set)
    {
        _isDraining = set.IsDraining;
        _readiness.Leaves(_isDraining);
        _nodes.Set(_cluster.SelfUniqueAddress, _isDraining);
        Timers.StartPeriodicTimer(nameof(TellAgain), TellAgain.Instance, TellEvery);
        TellOthers();
        Sender.Tell(Own);
    }

    /// <summary>A node that has left, or is a later run than the one that told it, takes its share.</summary>
    private void OnTold(NodeDraining told)
    {
        if (_cluster.State.Members.Any(member => member.UniqueAddress.Uid == told.Run && member.Address == told.Node))
        {
            _nodes.Set(new UniqueAddress(told.Node, told.Run), told.IsDraining);
        }
    }

    private void TellOthers()
    {
        if (!Timers.IsTimerActive(nameof(TellAgain)))
        {
            return;
        }

        foreach (var member in _cluster.State.Members.Where(member => member.Address != _cluster.SelfAddress))
        {
            On(Context.System, member.Address).Tell(Own);
        }
    }

    private sealed record TellAgain : INoSerializationVerificationNeeded
    {
        public static readonly TellAgain Instance = new();
    }
}
