using System.Collections.Concurrent;
using Akka.Actor;
using Microsoft.Extensions.Logging.Abstractions;
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
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Benchmarks;

/// <summary>
/// (a) The production book entities with codec, journal, and projection; the router and the channel are stand-ins that
/// answer at once. Two durable writes a payment: accepted with its attempt, ended.
/// </summary>
internal static class BookLoad
{
    private static readonly byte[] Salt = new byte[16];

    public static async Task<LoadFigures> RunAsync(
        StorageAddress storage, BookWriter writer, int books, int clients, TimeSpan duration,
        IReadOnlyList<Watched> storageProcesses)
    {
        await using var database = RouterDatabase.Open(storage);
        var readModel = await PaymentReadModel.OpenAsync(database, new PaymentWebhooks([], (_, _) => []), CancellationToken.None);
        using var system = BookSystem.Start(storage, writer);
        using var metrics = new RouterMetrics();
        var board = new ChannelReports();
        var refs = new IActorRef[books];
        var lane = system.ActorOf(Props.Create(() => new InstantLane(refs)));
        board.Write(new ChannelReported(Report(), lane, lane));
        var clock = new RouterClock(TimeProvider.System);
        var subscribers = new CommitSubscribers(
            [new PaymentMetrics(metrics)], new CommitSettings(65_536), metrics, new Troubles(), clock,
            NullLogger<CommitSubscribers>.Instance);
        await subscribers.StartAsync(CancellationToken.None);
        var context = new BookContext(
            Rules(), Settings(), clock, system.ActorOf(Props.Create(() => new InstantRouter())),
            board, readModel, metrics, ActorRefs.Nobody) { Subscribers = subscribers };
        for (var book = 0; book < books; book++)
        {
            refs[book] = system.ActorOf(PaymentBookEntity.Props(book, context), $"book-{book}");
        }

        var ends = new ConcurrentDictionary<long, TaskCompletionSource>();
        var mailbox = system.ActorOf(Props.Create(() => new EndMailbox(ends)));
        var run = Guid.NewGuid().ToString("N")[..8];
        Watched[] watched = [Watched.ThisProcess, .. storageProcesses];
        var figures = await LoadRun.MeasureAsync(clients, duration, watched, async number =>
        {
            var ended = ends[number] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var content = Content($"B{run}-{number}");
            var id = PaymentId.For(content.Merchant, content.OrderNo, books, Salt);
            refs[id.Book].Tell(new AcceptInBook(new AcceptRequest(
                new Caller(mailbox, number), id, content, TimeSpan.FromMinutes(10), DateTimeOffset.UtcNow.AddMinutes(1),
                TimeSpan.FromMinutes(1))));
            await ended.Task;
            ends.TryRemove(number, out _);
        });
        await system.Terminate();
        await subscribers.StopAsync(CancellationToken.None);
        return figures;
    }

    private static PaymentContent Content(string orderNo) => new(
        new MerchantId("bench"), orderNo, Product.Withhold, new Money(12_000, new Currency("CNY")),
        new SealedAccount(new byte[160], "622202******0001", "ICBC"), ChannelMode.Sandbox, null, System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty, new Fingerprint(1));

    private static ChannelReport Report()
    {
        var lane = new LaneReport(BreakerState.Closed, 0, 16, 0, 256, 200, 0, 0, 0);
        return new ChannelReport(new ChannelId("alpha"), 1, 1, ChannelLifecycle.Active, 1, lane, lane, []);
    }

    private static BookRules Rules()
    {
        var policy = new QueryPolicy(
            TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(15), [TimeSpan.FromMinutes(1)],
            TimeSpan.FromMinutes(30), 3, 32);
        return new BookRules(
            new PaymentRules(3), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60), TimeSpan.FromHours(24), TimeSpan.FromSeconds(2),
            _ => policy);
    }

    private static BookSettings Settings() => new(
        TimeSpan.FromSeconds(30), 1000, 1 << 22, TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(100),
        TimeSpan.FromMilliseconds(250), TimeSpan.FromHours(24), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10));

    private sealed class InstantRouter : ReceiveActor
    {
        public InstantRouter()
        {
            var reasons = new RouteReasons(
                "weighted-success/1", 0.5, [new ScoredChannel(new ChannelId("alpha"), 0.97), new ScoredChannel(new ChannelId("bravo"), 0.9)],
                [new ExcludedChannel(new ChannelId("charlie"), Exclusion.Bank)]);
            Receive<AskRoute>(ask => Sender.Tell(new RouteAnswered(ask.RouteId, new RouteDecision.Chosen(new ChannelId("alpha"), reasons))));
            Receive<SettleRoute>(_ => { });
        }
    }

    private sealed class InstantLane : ReceiveActor
    {
        public InstantLane(IActorRef[] books)
        {
            Receive<SubmitOrder>(order => books[order.Payment.Book].Tell(new ReportToBook(new AttemptReport(
                order.Payment, order.AttemptNo, order.Channel, ReportSource.Submit,
                new Outcome(OutcomeClass.Success, Landing.Landed, "00", null, "C" + order.OrderNo)))));
            Receive<ReportTaken>(_ => { });
        }
    }

    /// <summary>Completes a payment at its second answer.</summary>
    private sealed class EndMailbox : ReceiveActor
    {
        public EndMailbox(ConcurrentDictionary<long, TaskCompletionSource> ends) => Receive<BookAnswered>(answered =>
        {
            if (answered.Answer is BookAnswer.Stored { Payment.IsFinal: true })
            {
                ends[answered.Request].TrySetResult();
            }
            else if (answered.Answer is not BookAnswer.Stored)
            {
                ends[answered.Request].TrySetException(new InvalidOperationException(answered.Answer.ToString()));
            }
        });
    }
}
