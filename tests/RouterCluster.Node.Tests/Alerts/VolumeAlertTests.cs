using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Time.Testing;
using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Alerts;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Routing;
using RouterCluster.Node.Tests.Nodes;
using RouterCluster.Node.Tests.Platform.Storage;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Alerts;

/// <summary>
/// Payments that stop, told by the actor that evaluates the alerts: its clock and its timers are the test's, storage and robot
/// are real, and storage knows two earlier weeks.
/// </summary>
public sealed class VolumeAlertTests : TestKit, IAsyncLifetime
{
    private const string Config = """
        akka.loglevel = INFO
        akka.stdout-loglevel = OFF
        akka.actor.provider = cluster
        akka.remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 }
        akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
        akka.test.single-expect-default = 20s
        """;

    private const int PerMinute = 60;
    private const int PerQuarter = 15 * PerMinute;
    private const int QuartersOfTest = 12;

    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(18);

    /// <summary>Shorter than any time limit of the actor's writes and calls.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan SmallStep = TimeSpan.FromMilliseconds(20);
    private static readonly DateTimeOffset At = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly ChannelId Alpha = new("alpha");

    private static readonly AlertPolicy Policy = new(
        LowestSuccess: 0.9, LongestUnknown: TimeSpan.FromMinutes(10), LongestWait: TimeSpan.FromMinutes(30),
        LongestCommit: TimeSpan.FromMilliseconds(500), LongestSilence: TimeSpan.FromMinutes(1), MostTries: 5, MostAmount: null,
        ClearAfter: TimeSpan.FromMinutes(1));

    private readonly FakeTimeProvider _time = new(At);
    private readonly FakeChannels _channels = new();
    private readonly WebhookReceiver _robot = WebhookReceiver.Start();
    private readonly RouterMetrics _metrics = new();
    private TestStorage? _storage;
    private RouterDatabase? _database;
    private AlertStore? _store;
    private UsualVolumeStore? _usual;
    private IActorRef? _alerts;

    public VolumeAlertTests()
        : base(Config)
    {
    }

    public async Task InitializeAsync()
    {
        _storage = await TestStorage.OnSqlite();
        _database = RouterDatabase.Open(_storage.Address);
        await BulkStore.OpenAsync(_database, CancellationToken.None);
        _store = await AlertStore.OpenAsync(_database, CancellationToken.None);
        _usual = await UsualVolumeStore.OpenAsync(_database, CancellationToken.None);
        var quarter = (At.ToUnixTimeSeconds() / 900) - UsualVolume.QuartersOfWeek;
        await _usual.SaveAsync(
            [
                .. Enumerable.Range(-1, QuartersOfTest).Select(no =>
                    new UsualVolume(Product.Withhold, quarter + no, [PerQuarter, PerQuarter])),
            ],
            CancellationToken.None);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await Sys.Terminate();
        await _database!.DisposeAsync();
        _storage!.Dispose();
        _robot.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public async Task Payments_that_stop_are_told_once_with_the_usual_number_and_resolved_when_they_come_back()
    {
        await StartAsync(Alpha, new ChannelId("bravo"));
        await RunAsync(Usual, PerMinute);
        Assert.Empty(Told());

        await RunAsync(TimeSpan.FromMinutes(12), 0);
        var told = Assert.Single(Told());
        Assert.Equal(("volume", "withhold", "active"), (told.Rule, told.Product, told.State));
        Assert.Contains("usually 900 at this time (2 earlier weeks)", told.Message, StringComparison.Ordinal);
        Assert.Null(Assert.Single((await StoredAsync()).Active).CausedBy);

        await RunAsync(TimeSpan.FromMinutes(15), PerMinute);
        Assert.Equal(["active", "resolved"], Told().Select(one => one.State));
        Assert.All(Told(), one => Assert.Equal("volume", one.Rule));
        Assert.Empty((await StoredAsync()).Active);
    }

    [Fact]
    public async Task A_product_whose_only_channel_is_out_is_no_news_of_its_own()
    {
        await StartAsync(Alpha);
        await RunAsync(Usual, PerMinute);
        _channels.Set("alpha", status => status with { Submit = status.Submit with { Breaker = BreakerState.Open } });
        await RunAsync(TimeSpan.FromMinutes(12), 0);

        var active = (await StoredAsync()).Active;
        var volume = Assert.Single(active, alert => alert.Rule == AlertRule.Volume);
        var cause = Assert.Single(active, alert => alert.Id == volume.CausedBy);
        Assert.True(cause.Rule is AlertRule.AllDegraded or AlertRule.ChannelOutage, cause.Rule.Name());
        Assert.Contains(Told(), one => one.Rule == "channel_outage");
        Assert.DoesNotContain(Told(), one => one.Rule == "volume");
    }

    private Task StartAsync(params ImmutableArray<ChannelId> channels)
    {
        var settings = new AlertSettings(
            Policy, [],
            [
                new RobotSettings(
                    "duty", RobotKind.Webhook, new Secret(_robot.Url), null, [AlertSeverity.Page, AlertSeverity.Watch]),
            ],
            TimeSpan.FromMinutes(1), "runbooks", TimeSpan.FromDays(1));
        var context = new AlertContext(
            settings, "test", TimeSpan.Zero, () => [new RouteLine(new MerchantId("shop"), Product.Withhold, channels)], _channels,
            new OpenCases { Figures = CaseFigures.None },
            (_, _) => Task.FromResult<IReadOnlyDictionary<ChannelId, long>>(ImmutableDictionary<ChannelId, long>.Empty),
            _store!, _usual!, new AlertStandings(_metrics), new Troubles(), new RouterClock(_time));
        return EventFilter.Info(contains: "evaluates the alerts").ExpectOneAsync(() =>
        {
            _alerts = Sys.ActorOf(AlertActor.Props(context));
            return Task.CompletedTask;
        });
    }

    private async Task RunAsync(TimeSpan length, int perMinute)
    {
        for (var passed = TimeSpan.Zero; passed < length; passed += Step)
        {
            var taken = (int)(perMinute * Step.TotalMinutes);
            _alerts!.Tell(new ReportNodeFigures("one", [], [], null, null, [])
            {
                Taken = taken == 0 ? [] : [new TakenPayments(Product.Withhold, taken)],
            });
            Pass(Step);
            await SettleAsync();
        }
    }

    private void Pass(TimeSpan time)
    {
        _time.Advance(time);
        ((TestScheduler)Sys.Scheduler).Advance(time);
    }

    /// <summary>
    /// The actor has looked, what it stored then is stored, and the robot has heard of it: calls and writes would time out if the
    /// clock ran on meanwhile. It creeps, so that what failed is tried again.
    /// </summary>
    private async Task SettleAsync()
    {
        await _alerts!.Ask<ActorIdentity>(new Identify(null));
        await _database!.WriteAsync(_ => Task.FromResult(true), CancellationToken.None);
        await AlertingNode.UntilAsync(async () =>
        {
            var isHeard = (await StoredAsync()).Unsent.Count == 0;
            if (!isHeard)
            {
                Pass(SmallStep);
            }

            return isHeard;
        });
    }

    private Task<StoredAlerts> StoredAsync() => _store!.ReadAsync(CancellationToken.None);

    private List<(string Rule, string? Product, string State, string Message)> Told() =>
    [
        .. _robot.Calls.SelectMany(call => JsonNode.Parse(call.Body)!["alerts"]!.AsArray()).Select(alert => (
            (string)alert!["rule"]!, (string?)alert["subject"]!["product"], (string)alert["state"]!, (string)alert["message"]!)),
    ];
}
