using System.Collections.Immutable;
using System.Net;
using Akka.Configuration;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Routing;

namespace RouterCluster.Node.Settings;

/// <summary>Every setting under <c>router</c>, checked. Keys, defaults and units: <c>hocon/reference.hocon</c>.</summary>
/// <param name="Demo">The demo overlay is in force: simulated channels, demo credentials.</param>
/// <param name="NodePort">Akka remoting's port; 0 takes any free one.</param>
/// <param name="AdminUrl">Listener of operators' API, console and metrics; equal to <c>Http.Url</c> unless set.</param>
/// <param name="DayOffset">What is added to UTC before a day of the limits begins.</param>
/// <param name="EncryptionKey">
/// One or several, as <see cref="Platform.Secrets.EncryptionKeys.Load"/> takes them; null in sandbox mode: the node makes
/// one in its data directory.
/// </param>
/// <param name="Channels">In ordinal order of their ids, so that every node numbers them alike.</param>
public sealed record RouterSettings(
    ChannelMode Mode,
    string Environment,
    string DataDirectory,
    bool Demo,
    int NodePort,
    string AdminUrl,
    ImmutableArray<IPNetwork> TrustedProxies,
    Secret? EncryptionKey,
    int Books,
    TimeSpan Hold,
    int MaxAttempts,
    TimeSpan MaxClockSkew,
    TimeSpan DayOffset,
    PayoutApproval PayoutApproval,
    HttpSettings Http,
    StorageSettings Storage,
    BookSettings Book,
    RoutingSettings Routing,
    DecisionSettings Decisions,
    NotificationSettings Notifications,
    GatewayDecisionSettings GatewayDecisions,
    ImmutableArray<PolicySettings> Policies,
    ImmutableArray<OperatorSettings> Operators,
    ImmutableArray<MerchantSettings> Merchants,
    ImmutableArray<ChannelSettings> Channels)
{
    /// <summary>Where the demo's simulator listens, or one that runs already.</summary>
    public required int SimulatorPort { get; init; }

    public required TraceSettings Trace { get; init; }

    /// <summary>
    /// Reads the section <c>router</c> with the reference beneath it and names everything that is wrong at once.
    /// </summary>
    /// <param name="protocols">The channel protocols that this program speaks.</param>
    public static SettingsReading Read(Config config, IReadOnlyCollection<string> protocols) =>
        RouterSection.Read(config, protocols);
}

/// <summary>Settings, or why there are none. Warnings do not stop a start.</summary>
/// <param name="Settings">Null exactly when there are errors.</param>
public sealed record SettingsReading(
    RouterSettings? Settings, ImmutableArray<SettingError> Errors, ImmutableArray<string> Warnings);

/// <summary>One wrong setting, as one line. Secrets are never in it.</summary>
public sealed record SettingError(string Key, string Value, string Allowed)
{
    public override string ToString() => $"{Key}: {Value}, allowed is {Allowed}";
}
