using Akka.Actor;
using Akka.Configuration;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Health;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Settings;

namespace RouterCluster.Node;

public sealed class RunningNode : IAsyncDisposable
{
    private readonly DataDirectory _directory;
    private readonly LeaseKeeper _lease;

    private RunningNode(WebApplication app, DataDirectory directory) =>
        (App, _directory, _lease) = (app, directory, app.Services.GetRequiredService<LeaseKeeper>());

    public WebApplication App { get; }

    /// <summary>Ends when the node can take payments.</summary>
    public Task Ready => App.Services.GetRequiredService<BooksAndChannelsCheck>().Opened;

    /// <summary>The node had to stop because another node has, or may have, taken over its storage.</summary>
    public bool HasLostStorage => _lease.IsLost;

    /// <summary>The other nodes have gone on without this one.</summary>
    public bool WasDowned =>
        CoordinatedShutdown.Get(App.Services.GetRequiredService<ActorSystem>()).ShutdownReason
            is CoordinatedShutdown.ClusterDowningReason;

    /// <exception cref="StorageMismatchException">The storage was begun with other settings.</exception>
    /// <exception cref="StorageOwnedException">Another node works on the storage.</exception>
    /// <exception cref="JoinRefusedException">The cluster's nodes have other settings.</exception>
    /// <exception cref="RouterCluster.Node.Platform.Secrets.EncryptionKeyException">There is no usable key.</exception>
    /// <exception cref="StartUpException">The data directory, the schema or a certificate cannot be used.</exception>
    public static async Task<RunningNode> StartAsync(
        RouterSettings settings, Config config, ConnectChannel connect, TimeProvider machine, CancellationToken cancellation)
    {
        var directory = DataDirectory.Claim(settings.Node.DataDirectory, settings.Storage.Provider);
        try
        {
            var builder = Builder(settings, machine);
            if (settings.Cluster.Tls is { } tls)
            {
                builder.Services.AddSingleton(NodeCertificates.Load(tls));
            }

            var inForce = await builder.Services.AddStorageAsync(settings, config, machine, cancellation);
            builder.Services.AddSingleton(connect).AddNode(inForce);
            builder.Services.AddWork(inForce, config);
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
    /// Requests and calls end first, then writes (see <see cref="NodeActors"/>), then storage closes: every answer that
    /// was given is stored.
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

    /// <exception cref="JoinRefusedException">The node had to stop because the cluster's nodes have other settings.</exception>
    public void ThrowIfRefused()
    {
        if (App.Services.GetRequiredService<ClusterJoining>().Refusal is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>Payments that were stored while a merchant had no daily limit are counted before requests come.</summary>
    private async Task StartAsync(CancellationToken cancellation)
    {
        var services = App.Services;
        _lease.Start(App.Lifetime, services.GetRequiredService<ILogger<LeaseKeeper>>());
        await services.GetRequiredService<AdmissionStore>().CountStoredAsync(cancellation);
        App.MapNode();
        await App.StartAsync(cancellation);
    }

    private static WebApplicationBuilder Builder(RouterSettings settings, TimeProvider machine)
    {
        // The node's settings are HOCON: nobody needs a thread that watches the working directory for a changed appsettings.json.
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.WebHost.UseUrls([.. new[] { settings.Http.Url, settings.Node.AdminUrl }.Distinct()]);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = NodeActors.LongestEnd(settings.Http));
        builder.Logging.LogToConsole(machine);
        return builder;
    }
}
