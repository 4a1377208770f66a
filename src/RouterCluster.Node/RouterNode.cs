using System.Globalization;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Configuration;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Gateways;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Channels.Codec;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Gateways;
using RouterCluster.Node.Health;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Payments.Codec;
using RouterCluster.Node.Payments.Journal;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Routing;
using RouterCluster.Node.Settings;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node;

/// <summary>What a node is made of, beyond its settings.</summary>
/// <param name="Akka">Akka settings of the configuration files; they lie over the node's own.</param>
/// <param name="Seed">Of all that is drawn. Each node has another, or all would try out the same channels at once.</param>
/// <param name="Stopping">Fires when the node begins to stop: waits for payments' ends are cut short.</param>
public sealed record NodeParts(
    RouterSettings Settings, Config Akka, StorageAddress Storage, RouterDatabase Database, StorageStamp Stamp,
    PaymentReadModel ReadModel,
    IAccountVault Vault, Func<ChannelSettings, IChannelProtocol> ProtocolOf, RouterMetrics Metrics, PolicyBoard Policies,
    TimeProvider Clock, int Seed, ActorSystemSetup Setup, CancellationToken Stopping)
{
    /// <summary>Hears of every event of this node's books when it is stored. Called by several threads.</summary>
    public Action<CommittedEvent>? OnCommitted { get; init; }

    /// <summary>False while another node may own the storage: no order leaves.</summary>
    public Func<bool> MaySend { get; init; } = static () => true;
}

/// <summary>A running node: the actor system with books, channels and the node's router, and the ports to them.</summary>
public sealed class RouterNode
{
    private const string SystemName = "router";

    /// <summary>What a region needs beyond its entities' own time.</summary>
    private static readonly TimeSpan HandOverTime = TimeSpan.FromSeconds(2);

    private readonly RouterSettings _settings;
    private readonly Regions _regions;
    private readonly LocalBooks _books;
    private readonly Troubles _troubles;
    private IActorRef _bulk = ActorRefs.Nobody;
    private Task? _callsEnded;

    private RouterNode(
        RouterSettings settings, ActorSystem system, Regions regions, Troubles troubles, IPayments payments,
        IChannels channels, INotifications notifications, IDecisions decisions, LocalBooks localBooks)
    {
        _books = localBooks;
        _troubles = troubles;
        Notifications = notifications;
        _settings = settings;
        _regions = regions;
        System = system;
        Payments = payments;
        Channels = channels;
        Decisions = decisions;
    }

    public ActorSystem System { get; }

    public IPayments Payments { get; }

    public IChannels Channels { get; }

    public IDecisions Decisions { get; }

    public INotifications Notifications { get; }

    /// <summary>This node is up in its cluster.</summary>
    public bool IsUp => Cluster.Get(System).SelfMember.Status == MemberStatus.Up;

    /// <summary>Starts everything; books and channels recover in the background.</summary>
    public static RouterNode Start(NodeParts parts)
    {
        var settings = parts.Settings;
        var config = parts.Akka.WithFallback(OwnConfig(settings, parts.Storage));
        var system = ActorSystem.Create(SystemName, parts.Setup.And(BootstrapSetup.Create().WithConfig(config)));
        var clock = new RouterClock(parts.Clock);
        var board = new ChannelBoard();
        var troubles = new Troubles();

        var ids = settings.Channels.Select(channel => channel.Id).ToArray();
        var rules = PolicyCatalog.Rules(settings.Policies, settings.Merchants, settings.Channels);
        var outlook = new RouterOutlook(
            board, parts.Policies, PolicyCatalog.Calendar(settings.Channels), PolicyCatalog.Commitments(rules),
            parts.ReadModel.SumSucceededSinceAsync, settings.Node.DayOffset);
        var router = system.ActorOf(
            RouterActor.Props(Table(settings, rules), ids, outlook, clock, parts.Seed), "channel-router");
        var notifications = NotificationLanes.Start(
            system, settings.Notifications, settings.Merchants, OwnAddresses(system, settings), parts.Database, parts.Metrics, clock,
            parts.Seed);
        var localBooks = new LocalBooks();
        var books = StartBooks(system, parts, clock, board, router, notifications.Caller, localBooks, troubles);
        var channels = StartChannels(system, parts, clock, books, troubles);
        router.Tell(new RouterActor.UseChannels(channels));

        var cluster = Cluster.Get(system);
        if (cluster.Settings.SeedNodes.IsEmpty)
        {
            cluster.Join(cluster.SelfAddress);
        }

        cluster.RegisterOnMemberUp(() => Wake(books, settings.Node.Books));
        var gateway = new PaymentGateway(
            system, books, clock, new GatewayRules(settings.Node.Books, parts.Stamp.IdSalt, settings.Http.AcceptTimeout),
            parts.Stopping);
        var regions = new Regions(router, books, channels, notifications);
        var decisions = system.ActorOf(
            DecisionActor.Props(new DecisionBook(settings.GatewayDecisions.Limits), clock, parts.Seed), "decisions");
        return new RouterNode(
            settings, system, regions, troubles, gateway, new ChannelDesk(settings.Channels, board, channels, clock),
            notifications.Desk, new DecisionDesk(decisions, clock, settings.GatewayDecisions.Timeout), localBooks);
    }

    private static OwnListeners OwnAddresses(ActorSystem system, RouterSettings settings) => new(
        [settings.Http.Url, settings.Http.PublicUrl, settings.Node.AdminUrl],
        Cluster.Get(system).SelfAddress.Port ?? settings.Node.NodePort);

    /// <summary>Asks every book, and looks which channels have told how they are.</summary>
    public async Task<NodeStanding> StandingAsync(CancellationToken cancellation)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, _settings.Node.Books)
            .Select(book => Payments.GetAsync(NobodysIn(book), cancellation))).ConfigureAwait(false);
        return new NodeStanding(
            IsUp,
            [.. Enumerable.Range(0, _settings.Node.Books)
                .Where(book => answers[book] is not BookAnswer.NoSuchPayment)
                .Select(book => new SilentPart($"{book}", _troubles.Of(PaymentBookEntity.SubjectOf(book))))],
            [.. Channels.All()
                .Where(channel => channel.Lifecycle == ChannelLifecycle.NoOwner)
                .Select(channel => new SilentPart($"{channel.Channel}", _troubles.Of(ChannelEntity.SubjectOf(channel.Channel))))]);
    }

    /// <summary>Goes on with the lists that a stop has left unfinished, and takes new ones.</summary>
    public IBulkDecisions StartBulk(BulkStore store, CaseSearch cases, TimeProvider clock)
    {
        _bulk = System.ActorOf(BulkRunActor.Props(_regions.Books, store, _settings.Decisions), "bulk-decisions");
        return new BulkDecisions(store, cases, _settings.Decisions, new RouterClock(clock), _bulk);
    }

    /// <summary>
    /// Books fall quiet first, so that no lane that stops turns away what another one would be sent. Then the lanes: what waits
    /// in them goes back unsent, what runs may end. The books still store all of it and answer merchants and companies.
    /// </summary>
    public Task StopCallsAsync() => _callsEnded ??= EndCallsAsync();

    /// <summary>
    /// Calls first. Then the books, to which nobody speaks any more (a region that is spoken to while it stops keeps the
    /// messages and waits for somebody to take them). Merchants' lanes meanwhile end their own calls. Then the cluster is left.
    /// </summary>
    public async Task StopAsync()
    {
        _bulk.Tell(PoisonPill.Instance);
        var callsEnd = _settings.Http.DrainTimeout + HandOverTime;
        var notifications = StopNotificationsAsync(_regions.Notifications, callsEnd);
        await StopCallsAsync().ConfigureAwait(false);
        await HandOverAsync(_regions.Books, HandOverTime).ConfigureAwait(false);
        await notifications.ConfigureAwait(false);
        await CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClrExitReason.Instance).ConfigureAwait(false);
    }

    private async Task EndCallsAsync()
    {
        await _books.FallQuietAsync(HandOverTime).ConfigureAwait(false);
        _regions.Router.Tell(new RouterActor.UseChannels(ActorRefs.Nobody));
        await HandOverAsync(_regions.Channels, _settings.Http.DrainTimeout + HandOverTime).ConfigureAwait(false);
    }

    /// <summary>A merchant that still has not answered then is told again after the next start.</summary>
    private async Task StopNotificationsAsync(NotificationLanes lanes, TimeSpan limit)
    {
        await lanes.Caller.GracefulStop(HandOverTime).ConfigureAwait(false);
        await HandOverAsync(lanes.Region, limit).ConfigureAwait(false);
        System.Stop(lanes.Region);
    }

    private static async Task HandOverAsync(IActorRef region, TimeSpan limit)
    {
        try
        {
            await region.GracefulStop(limit, GracefulShutdown.Instance).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Leaving the cluster stops it in any case; what was cut off is asked about after the next start.
        }
    }

    /// <summary>An id that hashing does not give, to ask a book whether it answers.</summary>
    private static PaymentId NobodysIn(int book) => PaymentId.Parse($"pay_{book:x3}{new string('0', 26)}")
        ?? throw new InvalidOperationException("the id's form has changed");

    private static RoutingTable Table(RouterSettings settings, RouteRules rules) => new(
        [.. settings.Channels.Select(channel => new RoutedChannel(
            channel.Id, channel.Terms, channel.Weight, channel.Submit.Concurrency + channel.Submit.Queue)
        {
            IsRetired = channel.Retired,
        })],
        rules,
        RoutingLimits.Default with { SilentAfter = settings.Routing.ReportStaleAfter });

    private static IActorRef StartBooks(
        ActorSystem system, NodeParts parts, RouterClock clock, ChannelBoard board, IActorRef router,
        IActorRef notifications, LocalBooks localBooks, Troubles troubles)
    {
        var settings = parts.Settings;
        var policies = settings.Channels.ToDictionary(channel => channel.Id, channel => channel.QueryPolicy);
        var targets = settings.Channels.ToDictionary(channel => channel.Id, channel => channel.Target);
        var fallback = policies.Values.First();
        var rules = new BookRules(
            new PaymentRules(settings.MaxAttempts), settings.Hold, settings.Book.KeepClosedFor, settings.Book.SuspendAfter,
            settings.Node.MaxClockSkew, channel => policies.GetValueOrDefault(channel, fallback))
        {
            TargetOf = targets.GetValueOrDefault,
            SeenNumbers = settings.Book.SeenNumbers,
        };
        var context = new BookContext(
            rules, settings.Book, clock, router, board, parts.ReadModel, parts.Metrics, notifications)
        {
            Books = localBooks,
            OnCommitted = parts.OnCommitted,
            Troubles = troubles,
        };
        return ClusterSharding.Get(system).Start(
            BookShards.Region,
            id => PaymentBookEntity.Props(int.Parse(id, CultureInfo.InvariantCulture), context),
            ClusterShardingSettings.Create(system).WithRememberEntities(true),
            new BookShards(),
            ClusterSharding.Get(system).DefaultShardAllocationStrategy(ClusterShardingSettings.Create(system)),
            StopBook.Instance);
    }

    private static IActorRef StartChannels(
        ActorSystem system, NodeParts parts, RouterClock clock, IActorRef books, Troubles troubles)
    {
        var settings = parts.Settings;
        var byId = settings.Channels.ToDictionary(channel => channel.Id.Value);
        var lanes = new LaneContext(clock, books, parts.Metrics, settings.Routing.ReportInterval)
        {
            MaySend = parts.MaySend,
            Troubles = troubles,
        };
        var context = new ChannelContext(lanes, parts.Vault, parts.ProtocolOf, settings.Http.DrainTimeout, settings.Http.PublicUrl);
        return ClusterSharding.Get(system).Start(
            ChannelShards.Region,
            id => ChannelEntity.Props(byId[id], context),
            ClusterShardingSettings.Create(system),
            new ChannelShards(),
            ClusterSharding.Get(system).DefaultShardAllocationStrategy(ClusterShardingSettings.Create(system)),
            StopChannel.Instance);
    }

    /// <summary>Books are remembered; the first start is the one at which nobody remembers them yet.</summary>
    private static void Wake(IActorRef books, int count)
    {
        for (var book = 0; book < count; book++)
        {
            books.Tell(new ShardRegion.StartEntity(book.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static Config OwnConfig(RouterSettings settings, StorageAddress storage)
    {
        using var stream = typeof(RouterNode).Assembly.GetManifestResourceStream("akka.hocon")
            ?? throw new InvalidOperationException("akka.hocon is not embedded");
        using var reader = new StreamReader(stream);
        return ConfigurationFactory.ParseString($"akka.remote.dot-netty.tcp.port = {settings.Node.NodePort}")
            .WithFallback(ConfigurationFactory.ParseString(JournalHocon.For(storage, BookJournal.ClassName)))
            .WithFallback(ConfigurationFactory.ParseString(BookSerializer.Hocon))
            .WithFallback(ConfigurationFactory.ParseString(ChannelSerializer.Hocon))
            .WithFallback(ConfigurationFactory.ParseString(NotificationSerializer.Hocon))
            .WithFallback(ConfigurationFactory.ParseString(reader.ReadToEnd()))
            .WithFallback(ClusterSharding.DefaultConfig());
    }

    private sealed record Regions(IActorRef Router, IActorRef Books, IActorRef Channels, NotificationLanes Notifications);
}
