using Akka.Configuration;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Health;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Settings;

namespace RouterCluster.Node;

/// <summary>A node from its start to its end: storage, actors, HTTP, and the order in which they start and stop.</summary>
public sealed class RunningNode : IAsyncDisposable
{
    private readonly DataDirectory _directory;
    private readonly LeaseKeeper _lease;

    private RunningNode(WebApplication app, DataDirectory directory) =>
        (App, _directory, _lease) = (app, directory, app.Services.GetRequiredService<LeaseKeeper>());

    public WebApplication App { get; }

    /// <summary>Ends when payments can be taken.</summary>
    public Task Ready => App.Services.GetRequiredService<BooksAndChannelsCheck>().Opened;

    /// <summary>The node had to stop because another one has its storage, or may have it.</summary>
    public bool HasLostStorage => _lease.IsLost;

    /// <exception cref="StorageMismatchException">The storage was begun with other settings.</exception>
    /// <exception cref="StorageOwnedException">Another node works on the storage.</exception>
    /// <exception cref="RouterCluster.Node.Platform.Secrets.EncryptionKeyException">There is no usable key.</exception>
    /// <exception cref="StartUpException">The data directory cannot be used.</exception>
    public static async Task<RunningNode> StartAsync(
        RouterSettings settings, Config config, ConnectChannel connect, TimeProvider machine, CancellationToken cancellation)
    {
        var directory = DataDirectory.Claim(settings.Node.DataDirectory, settings.Storage.Provider);
        try
        {
            var builder = Builder(settings, machine);
            builder.Services.AddSingleton(connect).AddNode(settings);
            await builder.Services.AddStorageAsync(settings, machine, cancellation);
            builder.Services.AddWork(settings, config);
            var node = new RunningNode(builder.Build(), directory);
            await node.StartAsync(cancellation);
            return node;
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Requests and calls first, side by side; then writes (see <see cref="NodeActors"/>), then storage: whoever was answered
    /// was told the truth.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        var database = App.Services.GetRequiredService<RouterDatabase>();
        await App.StopAsync();
        await App.DisposeAsync();
        await _lease.DisposeAsync();
        await database.DisposeAsync();
        _directory.Dispose();
    }

    /// <summary>What counts what was stored before must have looked before books and requests add to it.</summary>
    private async Task StartAsync(CancellationToken cancellation)
    {
        var services = App.Services;
        _lease.Start(App.Lifetime, services.GetRequiredService<ILogger<LeaseKeeper>>());
        await services.GetRequiredService<LimitSeeding>().BeginAsync(cancellation);
        App.MapNode();
        var readModel = services.GetRequiredService<PaymentReadModel>();
        await services.GetRequiredService<DuplicateWatch>().SeedAsync(
            (merchant, since) => readModel.CreatedSinceAsync(merchant, since, cancellation));
        await App.StartAsync(cancellation);
    }

    private static WebApplicationBuilder Builder(RouterSettings settings, TimeProvider machine)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls([.. new[] { settings.Http.Url, settings.Node.AdminUrl }.Distinct()]);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.Http.DrainTimeout);
        builder.Logging.LogToConsole(machine);
        return builder;
    }
}
