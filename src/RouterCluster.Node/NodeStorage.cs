using Akka.Configuration;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Alerts;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Channels.Claims;
using RouterCluster.Node.Configuration;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Notices;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Secrets;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Settings;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node;

/// <summary>The node's database: claimed, compared with the configuration, and opened before anything else starts.</summary>
internal static class NodeStorage
{
    /// <returns>The settings in force: operators may have changed the files' since.</returns>
    /// <exception cref="StartUpException">What they have changed does not fit the files.</exception>
    public static async Task<RouterSettings> AddStorageAsync(
        this IServiceCollection services, RouterSettings settings, Config config, TimeProvider machine,
        CancellationToken cancellation)
    {
        var node = settings.Node;
        var keys = EncryptionKeys.Load(node.EncryptionKey?.Value, node.DataDirectory, node.Mode == ChannelMode.Live);
        var incarnation = LeaseTerms.NewIncarnation();
        var address = new StorageAddress(
            settings.Storage.Provider, settings.Storage.ConnectionString?.Value, node.DataDirectory)
        {
            Connections = settings.Storage.Connections,
        }.As(incarnation);
        var database = RouterDatabase.Open(address);
        services.AddSingleton(keys).AddSingleton(address).AddSingleton(database)
            .AddSingleton<OpenConnections>();
        await NodeSchema.Current.EnsureAsync(database, cancellation);
        var storageStamp = await StorageStamp.ClaimAsync(
            database, node.Books, node.Environment, keys.CheckValue, keys.CheckValues, cancellation);
        var stamp = SettingDigests.StampOf(config, node, storageStamp, keys);
        services.AddSingleton(storageStamp).AddSingleton(stamp);
        var terms = new LeaseTerms(LeaseKeeper.NameOf(settings.Http.Url), settings.Storage.Lease)
        {
            Since = machine.GetUtcNow(),
            Incarnation = incarnation,
            Address = settings.Cluster.IsAlone ? "" : settings.Cluster.Address,
            Stamp = stamp,
        };
        await services.AddLeasesAsync(database, terms, machine, cancellation);
        var guard = new ClockGuard(node.MaxClockSkew, address.IsShared);
        var time = await services.AddClocksAsync(database, new SteadyTime(machine, guard), cancellation);
        settings = await services.AddConfigurationAsync(settings, config, database, keys, cancellation);
        var merchants = new ListInForce<MerchantSettings>(settings.Merchants);
        services.AddSingleton(merchants);
        var notices = new PaymentWebhooks(merchants, WebhookView.Render)
        {
            KeepsUnsent = settings.Notifications.Events.IsOn, Clock = time,
        };
        var rules = MerchantHosting.RulesOf(node, settings.Http.AcceptTimeout, settings.Book.DuplicatesWithin);
        var limits = services.AddAdmissionStore(database, rules, settings.Merchants, time);
        var readModel = await PaymentReadModel.OpenAsync(database, notices, cancellation, limits);
        foreach (var warning in await OpenAttemptCheck.WarningsAsync(settings.Channels, readModel, cancellation))
        {
            await System.Console.Error.WriteLineAsync($"warning: {warning}");
        }

        services.AddSingleton(readModel);
        services.AddSingleton<IStrayNotices>(
            await StrayNotices.OpenAsync(database, settings.Http.StrayNotices, cancellation));
        await database.CreateAsync(ClaimTable.CreateAsync, cancellation);
        services.AddSingleton(await BulkStore.OpenAsync(database, cancellation));
        services.AddSingleton(await AlertStore.OpenAsync(database, cancellation));
        services.AddSingleton(await UsualVolumeStore.OpenAsync(database, cancellation));
        return settings;
    }

    private static async Task<RouterSettings> AddConfigurationAsync(
        this IServiceCollection services, RouterSettings settings, Config config, RouterDatabase database, EncryptionKeys keys,
        CancellationToken cancellation)
    {
        var files = new FileConfiguration(RouterSection.TreeOf(config), settings.Cluster, settings.Protocols);
        var store = await ConfigurationStore.OpenAsync(database, keys, cancellation);
        var newest = await store.NewestAsync(cancellation);
        services.AddSingleton(files).AddSingleton(store).AddSingleton(newest);
        if (newest.Version == 0)
        {
            return settings;
        }

        var reading = files.Read(newest.State);
        if (reading.Settings is not { } inForce)
        {
            var error = reading.Errors[0];
            throw new StartUpException(
                error.Key, error.Value,
                $"{error.Allowed} (in the files with what configuration {newest.Version} has changed at run time)", null);
        }

        await System.Console.Error.WriteLineAsync(
            $"warning: configuration {newest.Version} by {newest.By}, {newest.At:u}, lies over the files' channels, merchants");
        return settings with { Merchants = inForce.Merchants, Channels = inForce.Channels };
    }

    private static async Task AddLeasesAsync(
        this IServiceCollection services, RouterDatabase database, LeaseTerms terms, TimeProvider machine,
        CancellationToken cancellation)
    {
        var keeper = new LeaseKeeper(
            await NodeLease.ClaimAsync(database.ForLeases, terms, machine, cancellation), machine);
        services.AddSingleton(keeper).AddSingleton<INodeLeases>(keeper);
        if (!terms.IsAlone)
        {
            services.AddSingleton(await ClusterLeases.OpenAsync(database, keeper, machine, keeper.Lost, cancellation));
        }
    }

    private static async Task<SteadyTime> AddClocksAsync(
        this IServiceCollection services, RouterDatabase database, SteadyTime time, CancellationToken cancellation)
    {
        var clock = new DatabaseClock(database.ForLeases, time.Machine);
        time.Compare(await clock.CompareAsync(cancellation));
        services.AddSingleton(clock).AddSingleton(time).AddSingleton<TimeProvider>(time)
            .AddSingleton<RouterClock>().AddSingleton<ClockCheck>();
        return time;
    }
}
