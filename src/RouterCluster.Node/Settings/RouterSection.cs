using System.Text.RegularExpressions;
using Akka.Configuration;
using RouterCluster.Domain.Gateways;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
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
using RouterCluster.Node.Platform.Secrets;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Routing;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Settings;

internal static partial class RouterSection
{
    private const string KeyWords = "base64 of 32 bytes, or several of them with commas between, the oldest first";
    private const string Listener = "an http(s) URL of host and port";

    public static readonly KnownSettings Known = new(SettingNode.From(SettingsSource.Reference));

    public static SettingsReading Read(Config config, IReadOnlyCollection<string> protocols)
    {
        var log = new SettingLog();
        var settings = Read(config, protocols, log);
        return new SettingsReading(log.HasErrors ? null : settings, log.Errors, log.Warnings);
    }

    public static RouterSettings Read(Config config, IReadOnlyCollection<string> protocols, SettingLog log) =>
        Read(TreeOf(config), router => ClusterSection.Read(config, router), protocols, log);

    public static SettingsReading Read(
        SettingNode.Section tree, ClusterSettings cluster, IReadOnlyCollection<string> protocols)
    {
        var log = new SettingLog();
        var settings = Read(tree, _ => cluster, protocols, log);
        return new SettingsReading(log.HasErrors ? null : settings, log.Errors, log.Warnings);
    }

    /// <summary>The files, with the reference beneath them.</summary>
    public static SettingNode.Section TreeOf(Config config) =>
        (SettingNode.Section)SettingNode.Over(SettingNode.From(config), SettingNode.From(SettingsSource.Reference));

    private static RouterSettings Read(
        SettingNode.Section tree, Func<SettingReader, ClusterSettings> cluster, IReadOnlyCollection<string> protocols,
        SettingLog log)
    {
        var router = SettingReader.Root(tree, "router", log);
        Known.FindUnknown(tree.Children["router"], "router", "router", log);
        var settings = ReadAll(router, protocols) with { Cluster = cluster(router), Protocols = [.. protocols] };
        settings = settings with { Cluster = settings.Cluster.On(settings.Node.NodePort) };
        SettingsRules.Check(settings, log);
        ClusterRules.Check(settings, log);
        return settings;
    }

    private static RouterSettings ReadAll(SettingReader router, IReadOnlyCollection<string> protocols)
    {
        var mode = router.Choice("mode", SettingValues.Modes);
        var http = ReadHttp(router.Section("http"));
        var console = router.Section("console");
        return new RouterSettings(
            Node: ReadNode(router, mode, http.Url),
            Hold: router.Duration("hold", TimeSpan.Zero, TimeSpan.FromMinutes(5)),
            MaxAttempts: router.Int("max-attempts", 1, 10),
            Http: http,
            Storage: ReadStorage(router.Section("storage")),
            Book: ReadBook(router.Section("book")) with
            {
                PayoutApproval = router.Section("payout").Choice("approval", ("none", PayoutApproval.None)),
            },
            Routing: ReadRouting(router.Section("routing")),
            Decisions: ReadDecisions(router.Section("decisions")),
            Notifications: ReadNotifications(router.Section("notifications")),
            GatewayDecisions: ReadGatewayDecisions(router.Section("gateway-decisions")),
            Policies: PolicySection.ReadPolicies(router),
            Operators: OperatorSection.Read(router, mode),
            Merchants: MerchantSection.ReadMerchants(router, mode),
            Channels: ChannelSection.ReadChannels(router, protocols))
        {
            SimulatorPort = router.Int("simulator-port", 1, 65535),
            Trace = ReadTrace(router.Section("trace")),
            Telemetry = TelemetrySettings.Read(router.Section("telemetry")),
            Alerts = AlertSection.Read(router.Section("alerts")),
            Commits = new CommitSettings(router.Section("commits").Int("queue", 1, 10_000_000)),
            Redis = RedisSection.Read(router.Section("redis")),
            Sessions = SessionSettings.Read(console.Section("sessions")),
            Console = new ConsoleSettings(console.Int("streams", 1, 10_000)),
            Changes = ReadChanges(router.Section("changes")),
            Checks = new CheckSettings(
                router.Section("checks").Duration("certificates-last", TimeSpan.Zero, TimeSpan.FromDays(3650))),
        };
    }

    private static NodeSettings ReadNode(SettingReader router, ChannelMode mode, string merchantsUrl) => new(
        Mode: mode,
        Environment: router.Value("environment", "1-40 letters, digits, - and _", SettingValues.Matching(Stamp())) ?? "",
        DataDirectory: router.Text("data-dir"),
        Demo: router.Switch("demo"),
        NodePort: router.Int("node-port", 0, 65535),
        AdminUrl: router.Optional<string>("admin-url", Listener, SettingValues.Listener) ?? merchantsUrl,
        TrustedProxies: router.List<System.Net.IPNetwork>("trusted-proxies", SettingValues.Networks, SettingValues.Network),
        EncryptionKey: router.Optional<Secret>("encryption-key", KeyWords, EncryptionKey),
        Books: router.Int("books", 1, 1024),
        MaxClockSkew: router.Duration("max-clock-skew", TimeSpan.Zero, TimeSpan.FromMinutes(1)),
        DayOffset: router.Duration("day-offset", TimeSpan.FromHours(-12), TimeSpan.FromHours(14)));

    private static ChangeSettings ReadChanges(SettingReader changes) => new(
        Poll: changes.Duration("poll", TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(10)),
        LeaveAfter: changes.Duration("leave-after", TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)));

    private static TraceSettings ReadTrace(SettingReader trace) => new(
        LongestRange: trace.Duration("longest-range", TimeSpan.FromMinutes(1), TimeSpan.FromDays(366)),
        Banks: trace.Int("banks", 1, 10_000));

    private static HttpSettings ReadHttp(SettingReader http)
    {
        var url = http.Value<string>("url", Listener, SettingValues.Listener) ?? "";
        return new HttpSettings(
            Url: url,
            PublicUrl: http.Optional<string>("public-url", "an http(s) URL", SettingValues.Url) ?? url,
            MaxInFlight: http.Int("max-in-flight", 1, 1_000_000),
            AcceptTimeout: http.Duration("accept-timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30)),
            NoticeTimeout: http.Duration("notice-timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
            StrayNotices: http.Int("stray-notices", 1, 1_000_000),
            DrainTimeout: http.Duration("drain-timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(25)))
        {
            WrongTokens = ReadWrongTokens(http.Section("wrong-tokens")),
            StopDelay = http.Duration("stop-delay", TimeSpan.Zero, TimeSpan.FromSeconds(10)),
        };
    }

    private static WrongTokenSettings ReadWrongTokens(SettingReader tokens) => new(
        Burst: tokens.Int("burst", 1, 1_000_000),
        PerMinute: tokens.Positive("per-minute", 1_000_000),
        Addresses: tokens.Int("addresses", 1, 1_000_000));

    private static StorageSettings ReadStorage(SettingReader storage)
    {
        var provider = storage.Choice("provider", ("sqlite", StorageProvider.Sqlite), ("postgresql", StorageProvider.PostgreSql));
        var connection = storage.OptionalSecret("connection-string");
        if (provider == StorageProvider.PostgreSql && connection is null)
        {
            storage.Missing("connection-string", "a connection string: provider postgresql needs one");
        }

        return new StorageSettings(
            provider, connection, storage.Duration("lease", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)))
        {
            Connections = ReadConnections(storage.Section("connections")),
        };
    }

    private static StorageConnections ReadConnections(SettingReader connections) => new(
        Journals: connections.Int("journals", 1, 1000),
        Writes: connections.Int("writes", 1, 1000),
        Reads: connections.Int("reads", 1, 1000),
        Leases: connections.Int("leases", 1, 1000));

    private static BookSettings ReadBook(SettingReader book)
    {
        var instant = TimeSpan.FromMilliseconds(1);
        return new BookSettings(
            WriteWatchdog: book.Duration("write-watchdog", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)),
            SnapshotEvery: book.Int("snapshot-every", 1, 1_000_000),
            SeenNumbers: book.Int("seen-numbers", 1_048_577, 80_000_000),
            KeepClosedFor: book.Duration("keep-closed-for", TimeSpan.Zero, TimeSpan.FromDays(1)),
            Tick: book.Duration("tick", instant, TimeSpan.FromSeconds(10)),
            ProjectionEvery: book.Duration("projection-every", instant, TimeSpan.FromMinutes(1)),
            SuspendAfter: book.Duration("suspend-after", TimeSpan.FromSeconds(1), TimeSpan.FromDays(30)),
            ExpiresIn: book.Duration("expires-in", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            DuplicatesWithin: book.Duration("duplicates-within", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)));
    }

    private static CaseSettings ReadDecisions(SettingReader decisions) => new(
        ExpiresAfter: decisions.Duration("expires-after", TimeSpan.FromMinutes(1), TimeSpan.FromDays(30)),
        BulkMost: decisions.Int("bulk-most", 1, 100_000),
        BulkBatch: decisions.Int("bulk-batch", 1, 10_000));

    private static RoutingSettings ReadRouting(SettingReader routing) => new(
        Policy: routing.Choice("policy", ("success-rate", "success-rate")) ?? "",
        ReportInterval: routing.Duration("report-interval", TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(10)),
        ReportStaleAfter: routing.Duration("report-stale-after", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5)));

    private static GatewayRankingSettings ReadGatewayDecisions(SettingReader decisions) => new(
        Timeout: decisions.Duration("timeout", TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10)),
        Limits: new DecisionLimits(
            UnknownAfter: decisions.Duration("unknown-after", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            Remembered: decisions.Int("remembered", 1, 10_000_000),
            Gateways: decisions.Int("gateways", 1, 1000),
            Dimensions: decisions.Int("dimensions", 1, 10_000)));

    private static WebhookSettings ReadNotifications(SettingReader notifications)
    {
        var longest = TimeSpan.FromDays(30);
        var pause = SettingValues.DurationWords(TimeSpan.Zero, longest);
        var policy = new NotificationPolicy(
            Schedule: notifications.List("schedule", pause, SettingValues.Span(TimeSpan.Zero, longest), mayBeEmpty: false),
            Jitter: notifications.Positive("jitter", 0.5),
            Concurrency: notifications.Int("concurrency", 1, 1000),
            Calls: notifications.Int("calls", 1, 10_000),
            Page: notifications.Int("page", 1, 10_000),
            LongestRetryAfter: notifications.Duration("longest-retry-after", TimeSpan.FromSeconds(1), longest),
            StoragePause: notifications.Duration("storage-pause", TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)));
        return new WebhookSettings(
            policy,
            Timeout: notifications.Duration("timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(2)),
            Poll: notifications.Duration("poll", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5)),
            Retention: new WebhookRetention(
                KeepDelivered: notifications.Duration("keep-delivered", TimeSpan.FromHours(1), TimeSpan.FromDays(3650)),
                PruneEvery: notifications.Duration("prune-every", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1))))
        {
            Events = new EventSettings(
                IsOn: notifications.Switch("events"),
                ListedAfter: notifications.Duration("events-after", TimeSpan.Zero, TimeSpan.FromMinutes(5))),
        };
    }

    private static bool EncryptionKey(string text, out Secret value)
    {
        value = new Secret(text);
        var bytes = new byte[EncryptionKeys.KeyBytes];
        return text.Split(',', StringSplitOptions.TrimEntries).All(
            key => Convert.TryFromBase64String(key, bytes, out var length) && length == EncryptionKeys.KeyBytes);
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,40}\z")]
    private static partial Regex Stamp();
}
