using System.Threading.Channels;
using Akka.Actor;
using RouterCluster.Domain.Books;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Tests.Payments;

namespace RouterCluster.Node.Tests.Messages;

/// <summary>Two nodes' actor systems and the network between them.</summary>
public sealed class BetweenNodesTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RemoteSystem _here = new();
    private readonly RemoteSystem _there = new();
    private readonly Inbox _answers = new();
    private readonly Inbox _arrivals = new();
    private IActorRef _asker = ActorRefs.Nobody;
    private IActorRef _far = ActorRefs.Nobody;

    public Task InitializeAsync()
    {
        _asker = _here.System.ActorOf(Props.Create(() => new InboxActor(_answers)), "asker");
        var there = _there.System.ActorOf(Props.Create(() => new InboxActor(_arrivals)), "book");
        _far = _here.At(_there, there);
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.WhenAll(_here.System.Terminate(), _there.System.Terminate());

    [Fact]
    public async Task Every_message_arrives_as_it_was_sent()
    {
        foreach (var (name, message) in MessageSamples.All(_asker))
        {
            _far.Tell(message, _asker);
            var (arrived, _) = await _arrivals.NextAsync();

            // Only what the asker is called differs there: its node is part of its name.
            var expected = MessageSamples.All(_there.At(_here, _asker))[name];
            Printed.Same(expected, arrived);
        }
    }

    [Fact]
    public async Task Whoever_asked_is_answered_where_it_is()
    {
        _far.Tell(new GetFromBook(new Caller(_asker, 7), PaymentSamples.Id));
        var get = Assert.IsType<GetFromBook>((await _arrivals.NextAsync()).Message);
        ((IActorRef)get.Caller.Address).Tell(new BookAnswered(get.Caller.Request, new BookAnswer.NoSuchPayment()));
        Assert.Equal(new BookAnswered(7, new BookAnswer.NoSuchPayment()), (await _answers.NextAsync()).Message);

        _far.Tell(new SubscribeToReports(PaymentSamples.Alpha, null), _asker);
        var (_, router) = await _arrivals.NextAsync();
        router.Tell(new WithdrawOrder("0A1"));
        Assert.Equal(new WithdrawOrder("0A1"), (await _answers.NextAsync()).Message);
    }

    [Fact]
    public async Task What_has_no_codec_is_a_logged_error_and_the_next_message_arrives()
    {
        var errors = new Inbox();
        _here.System.EventStream.Subscribe(
            _here.System.ActorOf(Props.Create(() => new InboxActor(errors))), typeof(Akka.Event.Error));

        _far.Tell(new Unknown("secret"), _asker);
        _far.Tell(new WithdrawOrder("0A1"), _asker);

        Assert.Equal(new WithdrawOrder("0A1"), (await _arrivals.NextAsync()).Message);
        var error = Assert.IsType<Akka.Event.Error>((await errors.NextAsync()).Message);
        Assert.Contains($"{typeof(Unknown)} has no codec", error.Cause.ToString(), StringComparison.Ordinal);
    }

    private sealed record Unknown(string Text);

    private sealed class Inbox
    {
        private readonly Channel<(object Message, IActorRef Sender)> _messages = Channel.CreateUnbounded<(object, IActorRef)>();

        public void Add(object message, IActorRef sender) => Assert.True(_messages.Writer.TryWrite((message, sender)));

        public Task<(object Message, IActorRef Sender)> NextAsync() =>
            _messages.Reader.ReadAsync().AsTask().WaitAsync(Patience);
    }

    private sealed class InboxActor(Inbox inbox) : UntypedActor
    {
        protected override void OnReceive(object message) => inbox.Add(message, Sender);
    }
}
