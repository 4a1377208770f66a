using System.Collections.Concurrent;
using Akka.Actor;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Payments;

/// <summary>
/// Takes requests to the books and waits for two answers: at commit 1 and at the end. Once a command has been handed on,
/// silence means "nobody knows", never "no".
/// </summary>
public sealed class PaymentGateway : IPayments
{
    private static readonly BookAnswer Unknown = new BookAnswer.StillAccepting();

    private readonly ICanTell _books;
    private readonly Answers _answers;
    private readonly RouterClock _clock;
    private readonly GatewayRules _rules;
    private readonly CancellationToken _stopping;
    private readonly ConcurrentDictionary<long, Waiting> _waiting = new();
    private long _lastRequest;

    /// <param name="stopping">Ends all waits at once with the payment's known state.</param>
    public PaymentGateway(
        ActorSystem system, ICanTell books, RouterClock clock, GatewayRules rules, CancellationToken stopping)
    {
        _books = books;
        _clock = clock;
        _rules = rules;
        _stopping = stopping;
        _answers = new Answers(((ExtendedActorSystem)system).Provider, _waiting);
    }

    public PaymentId IdOf(MerchantId merchant, string orderNo, ChannelMode? apart = null) =>
        PaymentId.For(merchant, orderNo, _rules.Books, _rules.IdSalt.Span, apart);

    public async Task<BookAnswer> AcceptAsync(
        PaymentId id, PaymentContent content, TimeSpan expiresIn, string? duplicateOf, ResultWait wait,
        CancellationToken cancellation)
    {
        var startedAt = _clock.Monotonic;
        var (request, waiting) = Open();
        try
        {
            var inTime = _clock.Utc + _rules.AcceptTimeout;
            var deadline = wait.StoreBefore < inTime ? wait.StoreBefore.Value : inTime;
            _books.Tell(
                new AcceptInBook(new AcceptRequest(
                    new Caller(_answers, request), id, content, expiresIn, deadline, wait.Longest, duplicateOf)),
                ActorRefs.NoSender);
            var first = await WithinAsync(waiting.First, _rules.AcceptTimeout, CancellationToken.None).ConfigureAwait(false);
            if (first is not BookAnswer.Stored { Payment: { IsFinal: false, State: not PaymentState.Suspended } } stored)
            {
                return first ?? Unknown;
            }

            var rest = wait.Longest - (_clock.Monotonic - startedAt);
            if (rest <= TimeSpan.Zero)
            {
                return stored;
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stopping, wait.Begin(id));

            // The payment may have changed since the wait began.
            var end = await WithinAsync(waiting.End, rest, stop.Token).ConfigureAwait(false)
                ?? await GetAsync(stored.Payment.Id, cancellation).ConfigureAwait(false);
            return end is BookAnswer.Stored latest ? latest with { IsNew = stored.IsNew } : stored;
        }
        finally
        {
            _waiting.TryRemove(request, out _);
        }
    }

    public Task<BookAnswer> GetAsync(PaymentId id, CancellationToken cancellation) =>
        AskOnceAsync(id, caller => new GetFromBook(caller, id), cancellation);

    public Task<BookAnswer> DecideAsync(PaymentId id, DecisionCommand command, CancellationToken cancellation) =>
        AskOnceAsync(id, caller => new DecideInBook(new DecisionRequest(caller, id, command)), cancellation);

    public Task<BookAnswer> AskChannelAsync(PaymentId id, CancellationToken cancellation) =>
        AskOnceAsync(id, caller => new AskInBook(caller, id), cancellation);

    public Task<BookAnswer> CancelAsync(PaymentId id, CancellationToken cancellation) =>
        AskOnceAsync(id, caller => new CancelInBook(caller, id), cancellation);

    public async Task<BookAnswer> HearAsync(ChannelId channel, ChannelNotice notice, CancellationToken cancellation)
    {
        if (PaymentId.ParseAttempt(notice.OrderNo) is not var (id, no))
        {
            return new BookAnswer.Heard(NoticeFate.UnknownOrder);
        }

        var answer = await AskOnceAsync(
            id,
            caller => new NoticeToBook(new NoticeRequest(
                caller, id, no, notice.OrderNo, channel, notice.Amount, notice.Outcome)),
            cancellation).ConfigureAwait(false);
        return answer is BookAnswer.NoSuchPayment ? new BookAnswer.Heard(NoticeFate.UnknownOrder) : answer;
    }

    private async Task<BookAnswer> AskOnceAsync(
        PaymentId id, Func<Caller, IBookMessage> message, CancellationToken cancellation)
    {
        if (id.Book >= _rules.Books)
        {
            return new BookAnswer.NoSuchPayment();
        }

        var (request, waiting) = Open();
        try
        {
            _books.Tell(message(new Caller(_answers, request)), ActorRefs.NoSender);
            return await WithinAsync(waiting.First, _rules.AcceptTimeout, cancellation).ConfigureAwait(false)
                ?? new BookAnswer.OutOfReach();
        }
        finally
        {
            _waiting.TryRemove(request, out _);
        }
    }

    private (long Request, Waiting Waiting) Open()
    {
        var request = Interlocked.Increment(ref _lastRequest);
        var waiting = new Waiting();
        _waiting[request] = waiting;
        return (request, waiting);
    }

    private async Task<BookAnswer?> WithinAsync(Task<BookAnswer> answer, TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            return await answer.WaitAsync(limit, _clock.Provider, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private sealed class Waiting
    {
        private readonly TaskCompletionSource<BookAnswer> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<BookAnswer> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<BookAnswer> First => _first.Task;

        public Task<BookAnswer> End => _end.Task;

        public void Take(BookAnswer answer)
        {
            if (!_first.TrySetResult(answer))
            {
                _end.TrySetResult(answer);
            }
        }
    }

    /// <summary>
    /// The address for the books' answers. It has no mailbox: whoever brings an answer only completes a task, whose
    /// continuation runs elsewhere.
    /// </summary>
    private sealed class Answers : MinimalActorRef
    {
        private readonly ConcurrentDictionary<long, Waiting> _waiting;

        public Answers(IActorRefProvider provider, ConcurrentDictionary<long, Waiting> waiting)
        {
            (_waiting, Provider, Path) = (waiting, provider, provider.TempPath());
            provider.RegisterTempActor(this, Path);
        }

        public override ActorPath Path { get; }

        public override IActorRefProvider Provider { get; }

        protected override void TellInternal(object message, IActorRef sender)
        {
            if (message is BookAnswered answered && _waiting.TryGetValue(answered.Request, out var asked))
            {
                asked.Take(answered.Answer);
            }
        }
    }
}

/// <param name="AcceptTimeout">Longest wait for the first answer.</param>
/// <param name="IdSalt">The installation's salt, from storage.</param>
public sealed record GatewayRules(int Books, ReadOnlyMemory<byte> IdSalt, TimeSpan AcceptTimeout);
