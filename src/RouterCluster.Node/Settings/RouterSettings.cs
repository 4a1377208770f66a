using System.Collections.Immutable;
using Akka.Configuration;
using RouterCluster.Node.Alerts;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Checks;
using RouterCluster.Node.Commits;
using RouterCluster.Node.Console;
using RouterCluster.Node.Counters;
using RouterCluster.Node.Gateways;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Routing;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Settings;

/// <summary>Every setting under <c>router</c>, checked. Keys, defaults and units: <c>hocon/reference.hocon</c>.</summary>
/// <param name="Channels">In ordinal order of their ids, so that every node numbers them alike.</param>
public sealed record RouterSettings(
    NodeSettings Node,
    TimeSpan Hold,
    int MaxAttempts,
    HttpSettings Http,
    StorageSettings Storage,
    BookSettings Book,
    RoutingSettings Routing,
    CaseSettings Decisions,
    WebhookSettings Notifications,
    GatewayRankingSettings GatewayDecisions,
    ImmutableArray<PolicySettings> Policies,
    ImmutableArray<OperatorSettings> Operators,
    ImmutableArray<MerchantSettings> Merchants,
    ImmutableArray<ChannelSettings> Channels)
{
    /// <summary>Port of the demo's simulator, started by this node or already running.</summary>
    public required int SimulatorPort { get; init; }

    public ClusterSettings Cluster { get; init; } = ClusterSettings.Alone;

    public required TraceSettings Trace { get; init; }

    public required CommitSettings Commits { get; init; }

    public required RedisSettings Redis { get; init; }

    public required TelemetrySettings Telemetry { get; init; }

    public required AlertSettings Alerts { get; init; }

    public required SessionSettings Sessions { get; init; }

    public required ConsoleSettings Console { get; init; }

    public required ChangeSettings Changes { get; init; }

    public required CheckSettings Checks { get; init; }

    /// <summary>The channel protocols of this program.</summary>
    public ImmutableArray<string> Protocols { get; init; } = [];

    /// <summary>Reads the section <c>router</c> over the reference and reports all errors at once.</summary>
    /// <param name="protocols">The channel protocols of this program.</param>
    public static SettingsReading Read(Config config, IReadOnlyCollection<string> protocols) =>
        RouterSection.Read(config, protocols);
}

/// <param name="Settings">Null exactly when there are errors; warnings do not stop a start.</param>
public sealed record SettingsReading(
    RouterSettings? Settings, ImmutableArray<SettingError> Errors, ImmutableArray<string> Warnings);
