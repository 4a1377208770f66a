using System.Collections.Concurrent;
using System.Text;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Tests.Messages;
using RouterCluster.Node.Tests.Payments;
using RouterCluster.Node.Tests.Platform.Storage;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Tests.Webhooks;

/// <summary>Projection, outbox and lane as they stand in a node, on SQLite.</summary>
public sealed class NotificationLaneEntityTests : TestKit, IAsyncLifetime, IWebhookSource
{
    private static readonly MerchantId Demo = new("demo");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly RouterMetrics _metrics = new();
    private readonly WebhookBacklogs _board = new();
    private TestStorage _storage = null!;
    private RouterDatabase _database = null!;
    private PaymentReadModel _model = null!;

    public NotificationLaneEntityTests()
        : base(StrictMessages.WithCodecs)
    {
    }

    public async Task InitializeAsync()
    {
        _storage = await TestStorage.OnSqlite();
        _database = RouterDatabase.Open(_storage.Address);
        _model = await PaymentReadModel.OpenAsync(_database, this, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        StrictMessages.AssertAllHadCodecs(Sys);
        await Sys.Terminate();
        await _database.DisposeAsync();
        _storage.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public async Task A_payment_that_ends_is_told_and_recorded()
    {
        var sender = new FakeSender();
        var lane = Lane(sender);
        Project(lane, 1, Ended("A-1"), Ended("A-2"));

        await AwaitAssertAsync(async () => Assert.Equal(2, await CountAsync(NotificationState.Delivered)), Patience);
        Assert.Equal(2, sender.Sent.Count);
        await AwaitAssertAsync(() => Assert.Equal(new WebhookBacklog(0, null), _board.Backlogs[Demo]), Patience);
    }

    [Fact]
    public async Task A_lane_that_dies_before_it_recorded_is_followed_by_one_that_sends_the_same_again()
    {
        var hanging = new FakeSender { Answer = new TaskCompletionSource<DeliveryOutcome>().Task };
        var first = Lane(hanging);
        Project(first, 1, Ended("A-1"));
        await AwaitAssertAsync(() => Assert.Single(hanging.Sent), Patience);
        Watch(first);
        Sys.Stop(first);
        await ExpectTerminatedAsync(first, Patience);
        Assert.True(hanging.IsDisposed);
        Assert.Empty(_board.Backlogs);

        var sender = new FakeSender();
        Lane(sender);
        await AwaitAssertAsync(async () => Assert.Equal(1, await CountAsync(NotificationState.Delivered)), Patience);
        var (before, after) = (Assert.Single(hanging.Sent), Assert.Single(sender.Sent));
        Assert.Equal(before.Id, after.Id);
        Assert.Equal(before.Body.ToArray(), after.Body.ToArray());
    }

    [Fact]
    public async Task A_lane_that_is_asked_to_stop_ends_its_calls_first()
    {
        var answer = new TaskCompletionSource<DeliveryOutcome>();
        var sender = new FakeSender { Answer = answer.Task };
        var lane = Lane(sender);
        Project(lane, 1, Ended("A-1"));
        await AwaitAssertAsync(() => Assert.Single(sender.Sent), Patience);
        Watch(lane);
        lane.Tell(StopWebhooks.Instance);
        answer.SetResult(DeliveryOutcome.Answered(200));

        await ExpectTerminatedAsync(lane, Patience);
        Assert.Equal(1, await CountAsync(NotificationState.Delivered));
    }

    [Fact]
    public async Task A_sender_that_breaks_is_an_attempt_that_failed()
    {
        var sender = new FakeSender { Answer = Task.FromException<DeliveryOutcome>(new InvalidOperationException("broken")) };
        Project(Lane(sender), 1, Ended("A-1"));

        await AwaitAssertAsync(
            async () => Assert.Equal("internal_error", (await ListAsync()).SingleOrDefault()?.LastError), Patience);
    }

    [Fact]
    public async Task A_payment_that_has_left_a_state_before_it_was_written_is_told_of_it_too()
    {
        var sender = new FakeSender();
        var lane = Lane(sender);
        var projection = Projection(lane);
        var payment = Ended("A-1");
        var suspended = payment with { State = PaymentState.Suspended };
        projection.Tell(new BookProjectionActor.StartFrom(0, [], []));
        projection.Tell(new BookProjectionActor.RowCommitted(1, [suspended], [payment.Id], [(suspended, 1)]));
        projection.Tell(new BookProjectionActor.RowCommitted(2, [payment], [], [(payment with { CountedChanges = 2 }, 2)]));

        await AwaitAssertAsync(async () => Assert.Equal(2, await CountAsync(NotificationState.Delivered)), Patience);
        Assert.Equal(
            [NotificationType.PaymentSucceeded, NotificationType.PaymentSuspended],
            (await ListAsync()).Select(entry => entry.Type).Order());
    }

    [Fact]
    public async Task A_book_that_comes_back_tells_what_was_not_written_and_nothing_that_was()
    {
        var payment = Ended("A-1");
        var suspended = payment with { State = PaymentState.Suspended, CountedChanges = 1 };
        var failed = payment with { State = PaymentState.Failed, CountedChanges = 2 };
        var ruled = payment with { State = PaymentState.Succeeded, CountedChanges = 3 };
        var sender = new FakeSender();
        var lane = Lane(sender);
        var first = Projection(lane);
        first.Tell(new BookProjectionActor.StartFrom(0, [], []));
        first.Tell(new BookProjectionActor.RowCommitted(1, [suspended], [payment.Id], [(suspended, 1)]));
        await AwaitAssertAsync(async () => Assert.Equal(1, await CountAsync(NotificationState.Delivered)), Patience);
        Sys.Stop(first);

        Projection(lane).Tell(new BookProjectionActor.StartFrom(3, [(ruled, 3)], [(suspended, 1), (failed, 2), (ruled, 3)]));
        await AwaitAssertAsync(async () => Assert.Equal(3, await CountAsync(NotificationState.Delivered)), Patience);
        Assert.Equal(
            [NotificationType.PaymentSucceeded, NotificationType.PaymentFailed, NotificationType.PaymentSuspended],
            (await ListAsync()).Select(entry => entry.Type).Order());
        Assert.Equal(3, sender.Sent.Count);
    }

    [Fact]
    public async Task What_was_delivered_long_enough_ago_leaves_the_table_and_what_was_not_stays()
    {
        var sender = new FakeSender();
        var lane = Lane(sender, keepDelivered: TimeSpan.Zero);
        Project(lane, 1, [.. Enumerable.Range(1, 50).Select(number => Ended($"A-{number}"))]);
        await AwaitAssertAsync(() => Assert.Equal(50, sender.Sent.Count), Patience);
        await AwaitAssertAsync(async () => Assert.Empty(await ListAsync()), Patience);

        Watch(lane);
        Sys.Stop(lane);
        await ExpectTerminatedAsync(lane, Patience);
        var failing = new FakeSender { Answer = Task.FromResult(DeliveryOutcome.Unanswered("timeout")) };
        Project(Lane(failing, keepDelivered: TimeSpan.Zero), 2, Ended("B-1"));
        await AwaitAssertAsync(async () => Assert.Equal(1, (await ListAsync()).SingleOrDefault()?.Attempts), Patience);
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(300));
        Assert.Single(await ListAsync());
    }

    [Fact]
    public void A_wake_up_reaches_lanes_on_other_nodes()
    {
        var wake = new WakeWebhooks(new MerchantId("shop"));
        var serializer = Assert.IsType<WebhookSerializer>(Sys.Serialization.FindSerializerFor(wake));

        var bytes = serializer.ToBinary(wake);

        Assert.Equal("NW1", serializer.Manifest(wake));
        Assert.Equal("shop"u8.ToArray(), bytes);
        Assert.Equal(wake, serializer.FromBinary(bytes, "NW1"));
    }

    public NewWebhook? Of(Payment payment) => payment.State.Notification() is { } type
        ? new NewWebhook(
            NotificationId.Of(payment.Id, type, payment.LastChange), Demo, payment.Id, type, "https://shop.example/hook",
            Encoding.UTF8.GetBytes($"{type} {payment.Id}"), payment.UpdatedAt)
        : null;

    private static Payment Ended(string orderNo) =>
        PaymentSamples.Accepted(orderNo) with { State = PaymentState.Succeeded };

    private IActorRef Lane(FakeSender sender, TimeSpan? keepDelivered = null)
    {
        var policy = new NotificationPolicy(
            [TimeSpan.Zero, TimeSpan.FromHours(1)], 0.1, 4, 16, 20, TimeSpan.FromHours(1), TimeSpan.FromMilliseconds(50));
        var context = new WebhookContext(
            new WebhookOutbox(_database), _board, _metrics, new RouterClock(TimeProvider.System), policy,
            TimeSpan.FromMilliseconds(200),
            new WebhookRetention(keepDelivered ?? TimeSpan.FromDays(3650), TimeSpan.FromMilliseconds(50)), Seed: 1);
        return Sys.ActorOf(Props.Create(() => new WebhookLaneEntity(Demo, sender, context)));
    }

    private IActorRef Projection(IActorRef lane)
    {
        // The projection tells its book where it stands; here the test is the book.
        var book = CreateTestProbe();
        var projection = book.ChildActorOf(
            BookProjectionActor.Props(1, _model, TimeSpan.FromMilliseconds(50), lane, new Troubles()), null,
            SupervisorStrategy.StoppingStrategy);
        book.ExpectMsg<BookProjectionActor.Ready>(Patience);
        return projection;
    }

    private void Project(IActorRef lane, long sequence, params Payment[] payments)
    {
        var projection = Projection(lane);
        projection.Tell(new BookProjectionActor.StartFrom(sequence - 1, [], []));
        projection.Tell(new BookProjectionActor.RowCommitted(
            sequence, payments, [], [.. payments.Select(payment => (payment, sequence))]));
    }

    private async Task<IReadOnlyList<WebhookEntry>> ListAsync() =>
        (await new WebhookLog(_database).ListAsync(new(Demo, null, null), 100, null, CancellationToken.None)).Items;

    private async Task<int> CountAsync(NotificationState state) => (await ListAsync()).Count(entry => entry.State == state);

    private sealed class FakeSender : IWebhookSender
    {
        public ConcurrentQueue<DueNotification> Sent { get; } = new();

        public Task<DeliveryOutcome> Answer { get; init; } = Task.FromResult(DeliveryOutcome.Answered(200));

        public bool IsDisposed { get; private set; }

        public Task<DeliveryOutcome> SendAsync(DueNotification notification, CancellationToken stopped)
        {
            Sent.Enqueue(notification);
            return Answer;
        }

        public void Dispose() => IsDisposed = true;
    }
}
