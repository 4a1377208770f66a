using Akka.Actor;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Routing.Messages;

namespace RouterCluster.Node.Tests.Payments.Entities;

/// <summary>When a book takes nothing: its read model knows more than its journal, or nobody knows what time it is.</summary>
public sealed class DoorTests : BookScene
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    private readonly OffWall _wall;
    private readonly SteadyTime _time;

    public DoorTests()
    {
        _wall = new OffWall(Time);
        _time = new SteadyTime(_wall, new ClockGuard(TimeSpan.FromSeconds(2), databaseIsWitness: true));
        Compare();
    }

    private protected override TimeProvider NodeTime => _time;

    [Fact]
    public async Task A_read_model_that_knows_more_than_the_journal_keeps_the_book_shut()
    {
        var nothing = new ReadModelChanges([], new HashSet<PaymentId>(), []);
        await ReadModel.WriteAsync(PaymentSamples.Id.Book, 0, 7, nothing, CancellationToken.None);
        IActorRef book = ActorRefs.Nobody;

        // One line, and no restart that would repeat it.
        await EventFilter.Error(contains: "do not belong together").ExpectOneAsync(async () =>
        {
            book = await StartShutBookAsync();
            await AskAsync(book, 1);
            await Task.Delay(Moment);
        });

        await AskAsync(book, 2);
        Assert.IsType<BookAnswer.OutOfReach>(await GetAsync(book, "A-1"));
        Assert.False(Journal.HasArrived);
        book.Tell(StopBook.Instance);
        await Caller.ExpectTerminatedAsync(book);

        async Task AskAsync(IActorRef asked, long request)
        {
            asked.Tell(Accept(request));
            var answer = await Caller.FishForMessageAsync<BookAnswered>(answered => answered.Request == request);
            Assert.IsType<BookAnswer.StillAccepting>(answer.Answer);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task While_the_clock_is_a_day_off_nothing_is_decided_and_afterwards_all_goes_on(int days)
    {
        var book = await StartBookAsync();
        book.Tell(Accept(1));
        var ask = await Router.ExpectMsgAsync<AskRoute>();
        _wall.Off = TimeSpan.FromDays(days);

        book.Tell(new RouteAnswered(ask.RouteId, new RouteDecision.Chosen(PaymentSamples.Alpha, PaymentSamples.Reasons)));
        book.Tell(Accept(2));

        Assert.IsType<BookAnswer.StillAccepting>((await Caller.ExpectMsgAsync<BookAnswered>()).Answer);
        await SubmitLane.ExpectNoMsgAsync(Moment);
        Assert.False(Journal.HasArrived);
        _wall.Off = TimeSpan.Zero;
        var answer = await Caller.ExpectMsgAsync<BookAnswered>();
        Assert.True(answer is { Request: 1, Answer: BookAnswer.Stored { IsNew: true } stored }
            && stored.Payment.CreatedAt - Time.GetUtcNow() < TimeSpan.FromMinutes(1));
        await SubmitLane.ExpectMsgAsync<SubmitOrder>();
    }

    private AcceptInBook Accept(long request) => new(new AcceptRequest(
        new Caller(Caller.Ref, request), PaymentSamples.IdOf($"A-{request}"), PaymentSamples.Content($"A-{request}"),
        TimeSpan.FromMinutes(10), Time.GetUtcNow().AddMinutes(1), Wait: TimeSpan.Zero));

    private void Compare()
    {
        var now = _time.Machine.Now;
        _time.Compare(new ClockComparison(now, now.Utc, now));
    }

    /// <summary>A wall clock that is set wrong; timers and timestamps go on.</summary>
    private sealed class OffWall(TimeProvider right) : TimeProvider
    {
        public TimeSpan Off { get; set; }

        public override long TimestampFrequency => right.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => right.GetUtcNow() + Off;

        public override long GetTimestamp() => right.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            right.CreateTimer(callback, state, dueTime, period);
    }
}
