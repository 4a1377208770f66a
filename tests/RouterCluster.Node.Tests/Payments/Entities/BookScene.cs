using Akka.Actor;
using Akka.Actor.Setup;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Commits;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Routing.Messages;
using RouterCluster.Node.Tests.Messages;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Tests.Payments.Entities;

/// <summary>One book's entity over a scripted journal, between probes for its router, its lanes and its callers.</summary>
public abstract class BookScene : TestKit, IAsyncLifetime
{
    private static readonly string Config = $$"""
        {{StrictMessages.WithCodecs}}
        akka.loglevel = ERROR
        akka.stdout-loglevel = OFF
        akka.test.single-expect-default = 20s
        akka.persistence.journal.books {
          class = "RouterCluster.Node.Tests.Payments.Entities.ScriptedJournal, RouterCluster.Node.Tests"
          plugin-dispatcher = "akka.actor.default-dispatcher"
        }
        akka.persistence.snapshot-store.books {
          class = "RouterCluster.Node.Tests.Payments.Entities.WatchedSnapshots, RouterCluster.Node.Tests"
          plugin-dispatcher = "akka.actor.default-dispatcher"
        }
        """;

    private static readonly ChannelId Alpha = PaymentSamples.Alpha;

    private static readonly BookSettings Settings = new(
        WriteWatchdog: TimeSpan.FromSeconds(10), SnapshotEvery: 2, SeenNumbers: 1 << 22,
        KeepClosedFor: TimeSpan.FromSeconds(60),
        Tick: TimeSpan.FromMilliseconds(20), ProjectionEvery: TimeSpan.FromMilliseconds(50),
        SuspendAfter: TimeSpan.FromHours(24), ExpiresIn: TimeSpan.FromMinutes(10), DuplicatesWithin: TimeSpan.FromMinutes(10));

    private readonly string _folder = Directory.CreateTempSubdirectory("router-book-").FullName;
    private readonly RouterMetrics _metrics = new();
    private readonly ChannelReports _board = new();
    private RouterDatabase _database = null!;
    private BookContext _context = null!;
    private int _started;

    private protected BookScene()
        : this(new JournalScript(), new SnapshotRecord())
    {
    }

    private BookScene(JournalScript script, SnapshotRecord snapshots)
        : base(ActorSystemSetup.Create(script, snapshots, BootstrapSetup.Create().WithConfig(Config))) =>
        (Journal, Snapshots) = (script, snapshots);

    private protected JournalScript Journal { get; }

    private protected SnapshotRecord Snapshots { get; }

    protected FakeTimeProvider Time { get; } = new(PaymentSamples.At);

    /// <summary>What the node takes for the time.</summary>
    private protected virtual TimeProvider NodeTime => Time;

    private protected PaymentReadModel ReadModel { get; private set; } = null!;

    protected TestProbe Router { get; private set; } = null!;

    /// <summary>Of all books.</summary>
    protected TestProbe Region { get; private set; } = null!;

    protected TestProbe SubmitLane { get; private set; } = null!;

    protected TestProbe QueryLane { get; private set; } = null!;

    protected TestProbe Caller { get; private set; } = null!;

    protected LocalBooks Books { get; } = new();

    protected ChannelReports Board => _board;

    /// <summary>Who hears of what the book has stored.</summary>
    private protected virtual ICommitSubscriber[] Subscribers => [];

    private protected CommitSubscribers Commits { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        (Router, Region, Caller) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        (SubmitLane, QueryLane) = (CreateTestProbe(), CreateTestProbe());
        var lane = new LaneReport(BreakerState.Closed, 0, 16, 0, 256, 200, 0, 0, 0);
        var report = new ChannelReport(Alpha, 1, 1, ChannelLifecycle.Active, 1, lane, lane, []);
        _board.Write(new ChannelReported(report, SubmitLane, QueryLane));
        _database = RouterDatabase.Open(new StorageAddress(StorageProvider.Sqlite, null, _folder));
        ReadModel = await PaymentReadModel.OpenAsync(_database, new PaymentWebhooks([], (_, _) => []), CancellationToken.None);
        var policy = new QueryPolicy(
            TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(10), [TimeSpan.FromSeconds(1)],
            TimeSpan.FromMinutes(30), 3, 32);
        var rules = new BookRules(
            new PaymentRules(3), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60), TimeSpan.FromHours(24),
            TimeSpan.FromSeconds(2), _ => policy);
        var clock = new RouterClock(NodeTime);
        Commits = new CommitSubscribers(
            Subscribers, new CommitSettings(Queue: 4), _metrics, new Troubles(), clock, NullLogger<CommitSubscribers>.Instance);
        await Commits.StartAsync(CancellationToken.None);
        _context = new BookContext(
            rules, Settings, clock, Router, _board, ReadModel, _metrics, ActorRefs.Nobody)
        {
            Books = Books,
            Region = () => Region.Ref,
            Subscribers = Commits,
        };
    }

    /// <summary>A book that may not open; its death can be watched by <see cref="Caller"/>.</summary>
    protected async Task<IActorRef> StartShutBookAsync()
    {
        var book = Sys.ActorOf(PaymentBookEntity.Props(PaymentSamples.Id.Book, _context), $"book-{++_started}");
        await Caller.WatchAsync(book);
        return book;
    }

    /// <summary>A book that has recovered; its death can be watched by <see cref="Caller"/>.</summary>
    protected async Task<IActorRef> StartBookAsync()
    {
        var book = Sys.ActorOf(PaymentBookEntity.Props(PaymentSamples.Id.Book, _context), $"book-{++_started}");
        await Caller.WatchAsync(book);
        book.Tell(new GetFromBook(new Caller(Caller.Ref, 0), PaymentSamples.IdOf("nobody's")));
        await Caller.ExpectMsgAsync<BookAnswered>();

        // The row with which every owner begins is none of the test's own.
        await Journal.WriteArrivesAsync();
        return book;
    }

    /// <summary>Asks for a payment and answers the book's question for a channel with alpha.</summary>
    protected async Task AcceptAsync(IActorRef book, string orderNo, long request)
    {
        book.Tell(new AcceptInBook(new AcceptRequest(
            new Caller(Caller.Ref, request), PaymentSamples.IdOf(orderNo), PaymentSamples.Content(orderNo),
            TimeSpan.FromMinutes(10), Time.GetUtcNow().AddMinutes(1), Wait: TimeSpan.Zero)));
        var ask = await Router.FishForMessageAsync<AskRoute>(_ => true);
        book.Tell(new RouteAnswered(ask.RouteId, new RouteDecision.Chosen(Alpha, PaymentSamples.Reasons)));
    }

    protected async Task<BookAnswer> GetAsync(IActorRef book, string orderNo)
    {
        book.Tell(new GetFromBook(new Caller(Caller.Ref, -1), PaymentSamples.IdOf(orderNo)));
        return (await Caller.FishForMessageAsync<BookAnswered>(answered => answered.Request == -1)).Answer;
    }

    protected static ReportToBook Succeeded(SubmitOrder order) => new(new AttemptReport(
        order.Payment, order.AttemptNo, order.Channel, ReportSource.Submit,
        new Outcome(OutcomeClass.Success, Landing.Landed, "00", null, "C-1")));

    public async Task DisposeAsync()
    {
        StrictMessages.AssertAllHadCodecs(Sys);
        Shutdown();
        await Commits.StopAsync(CancellationToken.None);
        await _database.DisposeAsync();
        _metrics.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
