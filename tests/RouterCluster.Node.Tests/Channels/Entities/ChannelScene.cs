using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Time.Testing;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Channels.Claims;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Tests.Messages;
using RouterCluster.Node.Tests.Payments;

namespace RouterCluster.Node.Tests.Channels.Entities;

/// <summary>One channel's entity in front of a scripted payment company, between probes for a router and the books.</summary>
public abstract class ChannelScene : TestKit
{
    private static readonly string Config = $$"""
        {{StrictMessages.WithCodecs}}
        akka.loglevel = WARNING
        akka.stdout-loglevel = OFF
        akka.test.single-expect-default = 20s
        akka.persistence.journal.channels {
          class = "Akka.Persistence.Journal.MemoryJournal, Akka.Persistence"
          plugin-dispatcher = "akka.actor.default-dispatcher"
        }
        akka.persistence.snapshot-store.channels {
          class = "Akka.Persistence.Snapshot.MemorySnapshotStore, Akka.Persistence"
          plugin-dispatcher = "akka.actor.default-dispatcher"
        }
        """;

    private static readonly BreakerSettings Breaker =
        new(0.5, MinimumCalls: 4, TimeSpan.FromSeconds(10), OpenFor: TimeSpan.FromMinutes(5), Probes: 2);

    private static readonly LaneSettings Lane = new(
        Concurrency: 4, RatePerSecond: 1000, Queue: 8, QueueDeadline: TimeSpan.FromSeconds(5), Timeout: TimeSpan.FromSeconds(15),
        Linger: TimeSpan.FromSeconds(1), Breaker) { LongestClosing = TimeSpan.FromHours(1) };

    private readonly ChannelContext _context;
    private int _started;

    /// <param name="guard">Null: the clock is always reliable.</param>
    protected ChannelScene(ClockGuard? guard = null)
        : base(Config)
    {
        (Router, Books, Operator, Region) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var clock = new RouterClock(guard is null ? Time : new SteadyTime(Time, guard));
        var lanes = new LaneContext(clock, Books, Metrics, TimeSpan.FromMilliseconds(20));
        var claims = new ClaimContext(Claims, Leases, new LocalCalls(), FakeLeases.Lease, new RouterClock(Time));
        _context = new ChannelContext(lanes, claims, new OpenVault(), _ => Psp, TimeSpan.FromSeconds(20), "http://127.0.0.1")
        {
            OrdersArriveWithin = TimeSpan.FromSeconds(3),
            Region = () => Region.Ref,
            Configured = _ => Configured,
        };
    }

    /// <summary>The channel's configuration in force; null: it has left.</summary>
    protected ChannelSettings? Configured { get; private set; }

    private protected ScriptedChannel Psp { get; } = new();

    private protected FakeClaims Claims { get; } = new();

    private protected FakeLeases Leases { get; } = new();

    protected FakeTimeProvider Time { get; } = new(PaymentSamples.At);

    protected TestProbe Router { get; }

    protected TestProbe Books { get; }

    protected TestProbe Operator { get; }

    /// <summary>Where a channel's next owner is.</summary>
    protected TestProbe Region { get; }

    private RouterMetrics Metrics { get; } = new();

    protected static Outcome Success { get; } = new(OutcomeClass.Success, Landing.Landed, "00", null, "C-1");

    protected static Outcome Declined { get; } = new(OutcomeClass.CustomerFunds, Landing.Landed, "51");

    protected static Outcome Fault { get; } = new(OutcomeClass.ChannelMaintenance, Landing.NotLanded, "39");

    protected static Outcome TooFast { get; } = new(OutcomeClass.ChannelThrottled, Landing.NotLanded, "TOO_FAST");

    /// <summary>
    /// A channel that may send, and its first report since then. Token buckets start empty: a second fills them.
    /// </summary>
    protected async Task<(IActorRef Channel, ChannelReported Told)> StartChannelAsync()
    {
        var channel = await StartOwnerAsync();
        var told = await ToldAsync(first => first.Report.NoOwnerSince is null);
        Time.Advance(TimeSpan.FromSeconds(1));
        return (channel, told);
    }

    /// <summary>A channel that may have to wait until it may send.</summary>
    protected async Task<IActorRef> StartOwnerAsync()
    {
        var settings = Configured = new ChannelSettings(
            PaymentSamples.Alpha, "scripted", "http://127.0.0.1", "M", [new Secret("s")],
            new ChannelTerms([Product.Withhold], ["*"], 1, 5_000_000, [new Currency("CNY")], ChannelMode.Sandbox),
            new FeeSettings(0, 0), 1, Lane, Lane, null!, new NotifySettings([], 1, 256))
        {
            LongestMaintenance = TimeSpan.FromHours(1),
        };
        var channel = Sys.ActorOf(ChannelEntity.Props(settings, _context), $"channel-{++_started}");
        await Operator.WatchAsync(channel);
        channel.Tell(new SubscribeToReports(PaymentSamples.Alpha, null), Router.Ref);
        return channel;
    }

    protected void Configure(Func<ChannelSettings, ChannelSettings?> change)
    {
        Configured = change(Configured!);
        Sys.EventStream.Publish(ConfigurationTaken.Instance);
    }

    /// <summary>The next such report of the channel that was started last.</summary>
    protected async Task<ChannelReported> ToldAsync(Predicate<ChannelReported> isExpected) =>
        await Router.FishForMessageAsync<ChannelReported>(told => isExpected(told)
            && told.SubmitLane.Path.ToString().Contains($"channel-{_started}/", StringComparison.Ordinal));

    protected async Task KillAsync(IActorRef channel)
    {
        channel.Tell(Kill.Instance);
        await Operator.ExpectTerminatedAsync(channel);
    }

    protected async Task<ChannelChangeDone> ChangeAsync(IActorRef channel, ChannelChange change)
    {
        channel.Tell(new ChangeChannel(PaymentSamples.Alpha, change), Operator.Ref);
        return await Operator.ExpectMsgAsync<ChannelChangeDone>();
    }

    protected SubmitOrder Order(int number)
    {
        var id = PaymentSamples.IdOf($"A-{number}");
        var content = PaymentSamples.Content($"A-{number}");
        return new SubmitOrder(
            id, 1, id.AttemptOrderNo(1), PaymentSamples.Alpha, content.Merchant, content.Product, content.Amount, content.Account,
            Time.GetUtcNow().AddMinutes(1));
    }

    protected QueryOrder Question(int number)
    {
        var order = Order(number);
        return new QueryOrder(
            order.Payment, order.AttemptNo, order.OrderNo, order.Channel, order.Merchant, order.Product, order.Amount);
    }

    /// <summary>As a router asks for it that has none.</summary>
    protected async Task<ChannelHistory> HistoryAsync(IActorRef channel)
    {
        channel.Tell(new SubscribeToReports(PaymentSamples.Alpha, null), Router.Ref);
        return await Router.FishForMessageAsync<ChannelHistory>(_ => true);
    }

    protected static ReportTaken Taken(AttemptReport report) => new(report.Payment, report.AttemptNo);

    /// <summary>The next report; that an order waits, or no longer, comes in between.</summary>
    protected async Task<AttemptReport> ReportAsync() => (await Books.FishForMessageAsync<ReportToBook>(_ => true)).Report;

    /// <summary>The router's next report that is as the test expects.</summary>
    protected async Task<ChannelReport> ReportedAsync(Predicate<ChannelReport> isExpected) =>
        (await Router.FishForMessageAsync<ChannelReported>(told => isExpected(told.Report))).Report;

    protected override void Dispose(bool disposing)
    {
        StrictMessages.AssertAllHadCodecs(Sys);
        base.Dispose(disposing);
        Metrics.Dispose();
    }

    private sealed class OpenVault : IAccountVault
    {
        public SealedAccount Seal(AccountDetails account) => new(new byte[] { 1 }, account.MaskedNumber, account.Bank);

        public AccountDetails Open(SealedAccount account) => new("6222020000000001", null, account.Bank, null, null);

        public Fingerprint Fingerprint(ReadOnlySpan<byte> canonical) => default;
    }
}
