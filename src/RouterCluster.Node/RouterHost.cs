using System.Security.Cryptography;
using Akka.Actor.Setup;
using Akka.Configuration;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Health;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Notices;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Health;
using RouterCluster.Node.Platform.Secrets;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Routing;
using RouterCluster.Node.Settings;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node;

/// <summary>The only composition root: storage, actors, HTTP, and the order in which they start and stop.</summary>
public sealed class RouterHost : IAsyncDisposable
{
    private readonly DataDirectory _directory;
    private readonly RouterDatabase _database;
    private readonly RouterMetrics _metrics;
    private readonly RouterNode _node;
    private readonly BooksAndChannelsCheck _check;
    private readonly LeaseKeeper _lease;

    private RouterHost(
        WebApplication app, DataDirectory directory, RouterDatabase database, LeaseKeeper lease, RouterMetrics metrics,
        RouterNode node, BooksAndChannelsCheck check)
    {
        App = app;
        _directory = directory;
        _database = database;
        _lease = lease;
        _metrics = metrics;
        _node = node;
        _check = check;
    }

    public WebApplication App { get; }

    /// <summary>Ends when payments can be taken.</summary>
    public Task Ready => _check.Opened;

    /// <summary>The node had to stop because another one has its storage, or may have it.</summary>
    public bool HasLostStorage => _lease.IsLost;

    /// <exception cref="StorageMismatchException">The storage was begun with other settings.</exception>
    /// <exception cref="StorageOwnedException">Another node works on the storage.</exception>
    /// <exception cref="EncryptionKeyException">There is no usable key.</exception>
    /// <exception cref="StartUpException">The data directory cannot be used.</exception>
    public static async Task<RouterHost> StartAsync(
        RouterSettings settings, Config config, ConnectChannel connect, TimeProvider machine, CancellationToken cancellation)
    {
        var directory = DataDirectory.Claim(settings.Node.DataDirectory, settings.Storage.Provider);
        try
        {
            return await StartAsync(settings, config, connect, machine, directory, cancellation);
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    private static async Task<RouterHost> StartAsync(
        RouterSettings settings, Config config, ConnectChannel connect, TimeProvider machine, DataDirectory directory,
        CancellationToken cancellation)
    {
        var keys = KeysOf(settings.Node);
        var incarnation = LeaseTerms.NewIncarnation();
        var storage = new StorageAddress(
            settings.Storage.Provider, settings.Storage.ConnectionString?.Value, settings.Node.DataDirectory).As(incarnation);
        var database = RouterDatabase.Open(storage);
        var stamp = await StorageStamp.ClaimAsync(
            database, settings.Node.Books, settings.Node.Environment, keys.CheckValue, keys.CheckValues, cancellation);
        var claimed = await LeaseKeeper.ClaimAsync(
            database, settings.Storage, settings.Http.Url, incarnation, machine, cancellation);
        var lease = new LeaseKeeper(claimed, settings.Storage.Lease, machine);
        var notices = new PaymentNotices(settings.Merchants, WebhookView.Render);
        var readModel = await PaymentReadModel.OpenAsync(database, notices, cancellation);
        await WarnAsync(settings, readModel, cancellation);
        var strays = await StrayNotices.OpenAsync(database, settings.Http.StrayNotices, cancellation);
        var guard = new ClockGuard(settings.Node.MaxClockSkew, storage.Provider == StorageProvider.PostgreSql);
        var time = new SteadyTime(machine, guard);
        var clock = new DatabaseClock(database, time.Machine);
        time.Compare(await clock.CompareAsync(cancellation));
        var metrics = new RouterMetrics();
        var builder = Builder(settings, machine);
        builder.Services.AddSingleton<Func<ChannelSettings, IChannelProtocol>>(channel => connect(channel, time));
        builder.Services.AddSingleton(metrics);
        builder.Services.AddHealthChecks().AddCheck("storage", lease);
        builder.Services.AddSingleton(readModel);
        builder.Services.AddSingleton<IStrayNotices>(strays);
        builder.Services.AddSingleton(new AuditTrail(database));
        var bulks = await BulkStore.OpenAsync(database, cancellation);
        builder.Services.AddSingleton<IBulkDecisions>(services => services.GetRequiredService<RouterNode>().StartBulk(
            bulks, new CaseSearch(database), time));
        AddTime(builder.Services, time, clock);
        builder.Services.AddSingleton<IAccountVault>(new AccountVault(keys));
        builder.Services.AddSingleton(services => RouterNode.Start(new NodeParts(
            settings, AkkaConfig(config), storage, database, stamp, readModel,
            services.GetRequiredService<IAccountVault>(),
            channel => connect(channel, time), metrics, services.GetRequiredService<PolicyBoard>(), time,
            RandomNumberGenerator.GetInt32(int.MaxValue),
            ActorSystemSetup.Create(new LoggerFactorySetup(services.GetRequiredService<ILoggerFactory>())),
            services.GetRequiredService<Readiness>().Draining)
        {
            OnCommitted = Subscribers(services),
            MaySend = lease.MaySend,
        }));
        var app = builder.Build();
        app.MapNode();
        lease.Start(app.Lifetime, app.Services.GetRequiredService<ILoggerFactory>().CreateLogger<LeaseKeeper>());
        await app.Services.GetRequiredService<LimitSeeding>().BeginAsync(cancellation);
        var node = app.Services.GetRequiredService<RouterNode>();
        app.Services.GetRequiredService<IBulkDecisions>();
        var check = app.Services.GetRequiredService<BooksAndChannelsCheck>();
        var host = new RouterHost(app, directory, database, lease, metrics, node, check);
        app.Lifetime.ApplicationStopping.Register(host.Drain);
        await app.Services.GetRequiredService<DuplicateWatch>().SeedAsync(
            (merchant, since) => readModel.CreatedSinceAsync(merchant, since, cancellation));
        await app.StartAsync(cancellation);
        return host;
    }

    private static EncryptionKeys KeysOf(NodeSettings node) =>
        EncryptionKeys.Load(node.EncryptionKey?.Value, node.DataDirectory, node.Mode == ChannelMode.Live);

    private static void AddTime(IServiceCollection services, SteadyTime time, DatabaseClock clock)
    {
        services.AddSingleton(time);
        services.AddSingleton<TimeProvider>(time);
        services.AddSingleton(clock);
    }

    /// <summary>They hear of every event when it is stored.</summary>
    private static Action<CommittedEvent> Subscribers(IServiceProvider services) =>
        (Action<CommittedEvent>)services.GetRequiredService<LimitBoard>().Happened
        + services.GetRequiredService<PolicyBoard>().Happened;

    private static async Task WarnAsync(
        RouterSettings settings, PaymentReadModel readModel, CancellationToken cancellation)
    {
        foreach (var warning in await OpenAttemptCheck.WarningsAsync(settings.Channels, readModel, cancellation))
        {
            await Console.Error.WriteLineAsync($"warning: {warning}");
        }
    }

    /// <summary>
    /// Requests and calls first, side by side as both may take their time (see <see cref="Drain"/>); then writes, then storage:
    /// whoever was answered was told the truth.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await _node.StopAsync();
        await App.DisposeAsync();
        await _lease.DisposeAsync();
        await _database.DisposeAsync();
        _metrics.Dispose();
        _directory.Dispose();
    }

    private void Drain()
    {
        App.Services.GetRequiredService<Readiness>().Drain();
        _ = _node.StopCallsAsync();
    }

    private static WebApplicationBuilder Builder(RouterSettings settings, TimeProvider machine)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls([.. new[] { settings.Http.Url, settings.Node.AdminUrl }.Distinct()]);
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(
            options => options.ShutdownTimeout = settings.Http.DrainTimeout);
        builder.Logging.ClearProviders();
        if (Console.IsOutputRedirected)
        {
            builder.Logging.AddJsonConsole(options => (options.UseUtcTimestamp, options.TimestampFormat) = (true, "O"));
        }
        else
        {
            builder.Logging.AddSimpleConsole(options => (options.SingleLine, options.TimestampFormat) = (true, "HH:mm:ss.fff "));
        }

        builder.Logging.Limit(machine);
        builder.Services.AddNode(settings);
        builder.Services.AddSingleton(services => services.GetRequiredService<RouterNode>().Payments);
        builder.Services.AddSingleton(services => services.GetRequiredService<RouterNode>().Channels);
        builder.Services.AddSingleton(services => services.GetRequiredService<RouterNode>().Decisions);
        builder.Services.AddSingleton(services => services.GetRequiredService<RouterNode>().Notifications);
        builder.Services.AddSingleton<Func<CancellationToken, Task<NodeStanding>>>(
            services => services.GetRequiredService<RouterNode>().StandingAsync);
        AddCheck<BooksAndChannelsCheck>(builder.Services, "books_and_channels");
        AddCheck<ClockCheck>(builder.Services, "clock");
        builder.Services.AddHostedService<CaseCount>();
        builder.Services.AddSingleton<LimitSeeding>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<LimitSeeding>());
        builder.Services.AddSingleton<IClusterView, ClusterView>();
        builder.Services.AddSingleton<ICaseList, CaseList>();
        builder.Services.AddSingleton<IPaymentHistory, PaymentHistory>();
        builder.Services.AddSingleton<IAuditLog, AuditLog>();
        return builder;
    }

    private static void AddCheck<TCheck>(IServiceCollection services, string name)
        where TCheck : class, IReadinessCheck, IHostedService
    {
        services.AddSingleton<TCheck>();
        services.AddHealthChecks().AddCheck<TCheck>(name);
        services.AddHostedService(provider => provider.GetRequiredService<TCheck>());
    }

    private static Config AkkaConfig(Config config)
    {
        var forwarder = ConfigurationFactory.ParseString(AkkaLogForwarder.Hocon);
        return config.WithFallback(forwarder);
    }
}
