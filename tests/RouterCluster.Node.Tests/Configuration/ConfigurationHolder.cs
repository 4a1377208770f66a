using Akka.Actor;
using Akka.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using RouterCluster.Domain.Merchants;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Configuration;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Settings;
using RouterCluster.Node.Tests.Nodes;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Tests.Configuration;

/// <summary>The part of a node that holds the configuration in force: shop, and the channels alpha and bravo.</summary>
internal sealed class ConfigurationHolder : IAsyncDisposable
{
    private static readonly FileConfiguration Files = new(
        RouterSection.TreeOf(ConfigurationFactory.ParseString("""
            router {
              merchants.shop.keys = [ { token = shop-key } ]
              channels.alpha { base-url = "http://127.0.0.1:1/a", merchant-id = M, secret = s, products = [withhold] }
              channels.bravo { base-url = "http://127.0.0.1:1/b", merchant-id = M, secret = s, products = [withhold] }
            }
            """)),
        ClusterSettings.Alone, ["http-json"]);

    private readonly ActorSystem _system = ActorSystem.Create("holder");
    private readonly ListInForce<MerchantSettings> _merchants;
    private readonly ConfigurationInForce _inForce;
    private readonly ConfigurationControl _control;
    private readonly ConfigurationWatch _watch;

    private ConfigurationHolder(
        RouterSettings first, ConfigurationStore store, AdmissionStore admissions, PaymentReadModel readModel)
    {
        var clock = new RouterClock(TimeProvider.System);
        _merchants = new ListInForce<MerchantSettings>(first.Merchants);
        Channels = new ListInForce<ChannelSettings>(first.Channels);
        _inForce = new ConfigurationInForce(
            Files, ConfigurationVersion.Files, _merchants, Channels, admissions, _system,
            NullLogger<ConfigurationInForce>.Instance);
        _control = new ConfigurationControl(_inForce, store, readModel, new FakeChannels(), clock);
        _watch = new ConfigurationWatch(
            _inForce, store, readModel, Channels,
            new ChangeSettings(TimeSpan.FromMilliseconds(50), LeaveAfter: TimeSpan.FromMilliseconds(200)), clock, new Troubles(),
            NullLogger<ConfigurationWatch>.Instance);
    }

    public ListInForce<ChannelSettings> Channels { get; }

    public long Version => _inForce.Current.Version;

    public string[] Merchants => [.. _merchants.Select(merchant => merchant.Id.Value)];

    public TokenHash KeyOf(string merchant) => _merchants.Single(one => one.Id.Value == merchant).Keys.Single().Token;

    public ChannelSettings Alpha => Channels.Single(channel => channel.Id.Value == "alpha");

    public ChannelSettings Bravo => Channels.Single(channel => channel.Id.Value == "bravo");

    public static async Task<ConfigurationHolder> StartAsync(RouterDatabase database, ConfigurationStore store)
    {
        var rules = new AdmissionRules(
            TimeSpan.Zero, TimeSpan.FromMinutes(10), StoreWithin: TimeSpan.FromSeconds(15), ClockSkew: TimeSpan.FromSeconds(4));
        var admissions = new AdmissionStore(database, rules, new HashSet<MerchantId>(), TimeProvider.System);
        var readModel = await PaymentReadModel.OpenAsync(database, new PaymentWebhooks([], (_, _) => []), default, admissions);
        var holder = new ConfigurationHolder(
            Files.Read(ConfigurationState.Unchanged).Settings!, store, admissions, readModel);
        await holder._watch.StartAsync(CancellationToken.None);
        return holder;
    }

    public Task<ConfigurationOutcome?> ApplyAsync(string hocon) =>
        _control.ApplyAsync(new ConfigurationRequest(hocon, "alice", "test", IsDryRun: false), CancellationToken.None);

    public Task<RollbackAnswer> RollBackAsync(long version) =>
        _control.RollBackAsync(new RollbackRequest(version, "bob", "worse", IsDryRun: false), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _watch.StopAsync(CancellationToken.None);
        _watch.Dispose();
        _inForce.Dispose();
        await _system.Terminate();
    }
}
