using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Time.Testing;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Tests.Messages;

namespace RouterCluster.Node.Tests.Payments;

/// <summary>Between a request and its book: two answers, and the truth when the waiting ends without the second.</summary>
public sealed class PaymentGatewayTests : TestKit
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(3);

    private readonly FakeTimeProvider _time = new(PaymentSamples.At);
    private readonly CancellationTokenSource _stopping = new();
    private readonly TestProbe _books;
    private readonly PaymentGateway _gateway;
    private readonly Payment _payment = PaymentSamples.Accepted("A-1") with { State = PaymentState.Processing };

    public PaymentGatewayTests()
        : base(StrictMessages.WithCodecs)
    {
        _books = CreateTestProbe();
        _gateway = new PaymentGateway(
            Sys, _books.Ref, new RouterClock(_time),
            new GatewayRules(4, new byte[] { 1 }, TimeSpan.FromSeconds(5)), _stopping.Token);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_has_waited_in_vain_is_answered_with_the_state_of_that_moment(bool isStopping)
    {
        var answer = Post();
        Answer(_books.ExpectMsg<AcceptInBook>().Request.Caller, _payment, isNew: true);
        await EndWaitAsync(answer, isStopping);
        var later = _payment with { State = PaymentState.Accepted, UpdatedAt = _payment.UpdatedAt.AddSeconds(1) };
        Answer(_books.ExpectMsg<GetFromBook>().Caller, later, isNew: false);
        Printed.Same(new BookAnswer.Stored(later, IsNew: true), await answer);
    }

    [Fact]
    public async Task A_book_that_does_not_say_how_it_is_now_leaves_what_was_heard_first()
    {
        var answer = Post();
        Answer(_books.ExpectMsg<AcceptInBook>().Request.Caller, _payment, isNew: true);
        await EndWaitAsync(answer, isStopping: false);
        _books.ExpectMsg<GetFromBook>();
        _time.Advance(TimeSpan.FromSeconds(6));
        Printed.Same(new BookAnswer.Stored(_payment, IsNew: true), await answer);
    }

    [Fact]
    public async Task Whoever_hears_of_the_end_asks_no_more()
    {
        var answer = Post();
        var caller = _books.ExpectMsg<AcceptInBook>().Request.Caller;
        Answer(caller, _payment, isNew: true);
        var ended = _payment with { State = PaymentState.Succeeded };
        Answer(caller, ended, isNew: false);
        Printed.Same(new BookAnswer.Stored(ended, IsNew: true), await answer);
        _books.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task Whoever_has_to_make_room_is_answered_with_the_state_of_that_moment()
    {
        using var room = new CancellationTokenSource();
        PaymentId? waitsFor = null;
        var answer = Post(new ResultWait(Wait, id =>
        {
            waitsFor = id;
            return room.Token;
        }));
        Answer(_books.ExpectMsg<AcceptInBook>().Request.Caller, _payment, isNew: true);

        // It fires before or after the wait begins, and ends it either way.
        await room.CancelAsync();
        Answer(_books.ExpectMsg<GetFromBook>().Caller, _payment, isNew: false);

        Printed.Same(new BookAnswer.Stored(_payment, IsNew: true), await answer);
        Assert.Equal(_payment.Id, waitsFor);
    }

    private Task<BookAnswer> Post() => Post(new ResultWait(Wait, static _ => CancellationToken.None));

    private Task<BookAnswer> Post(ResultWait wait) => _gateway.AcceptAsync(
        _payment.Id, _payment.Content, TimeSpan.FromMinutes(10), null, wait, CancellationToken.None);

    private static void Answer(Caller caller, Payment payment, bool isNew) =>
        ((IActorRef)caller.Address).Tell(new BookAnswered(caller.Request, new BookAnswer.Stored(payment, isNew)));

    /// <summary>Time may pass only once the gateway waits for the end.</summary>
    private async Task EndWaitAsync(Task<BookAnswer> answer, bool isStopping)
    {
        if (isStopping)
        {
            await _stopping.CancelAsync();
            return;
        }

        await AwaitConditionAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(50));
                return Task.FromResult(_books.HasMessages || answer.IsCompleted);
            },
            TimeSpan.FromSeconds(20),
            TimeSpan.FromMilliseconds(10));
    }
}
