using System.Collections.Concurrent;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments.Messages;

namespace RouterCluster.Node.Tests.Nodes;

/// <summary>Books in memory: every payment is stored and stays accepted, unless a test answers for it.</summary>
internal sealed class FakePayments : IPayments
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
    private readonly ConcurrentDictionary<PaymentId, Payment> _stored = new();

    public ConcurrentQueue<(PaymentContent Content, TimeSpan ExpiresIn, TimeSpan Wait)> Accepted { get; } = new();

    public ConcurrentQueue<(string OrderNo, string? DuplicateOf)> Duplicates { get; } = new();

    /// <summary>Answers in place of the books; may throw.</summary>
    public Func<PaymentContent, CancellationToken, Task<BookAnswer>>? OnAccept { get; set; }

    public Func<PaymentId, BookAnswer>? OnGet { get; set; }

    public PaymentId IdOf(MerchantId merchant, string orderNo, ChannelMode? apart = null) =>
        PaymentId.For(merchant, orderNo, 4, "salt"u8, apart);

    /// <summary>Answers in place of the books, and waits as the caller permits.</summary>
    public Func<PaymentId, PaymentContent, ResultWait, Task<BookAnswer>>? OnWait { get; set; }

    public Task<BookAnswer> AcceptAsync(
        PaymentId id, PaymentContent content, TimeSpan expiresIn, string? duplicateOf, ResultWait wait,
        CancellationToken cancellation)
    {
        Accepted.Enqueue((content, expiresIn, wait.Longest));
        Duplicates.Enqueue((content.OrderNo, duplicateOf));
        if (OnWait is not null)
        {
            return OnWait(id, content, wait);
        }

        if (OnAccept is not null)
        {
            return OnAccept(content, cancellation);
        }

        var payment = Samples.Payment(id, content, At);
        var isNew = _stored.TryAdd(payment.Id, payment);
        var stored = _stored[payment.Id];
        return Task.FromResult<BookAnswer>(stored.Content.Fingerprint == content.Fingerprint
            ? new BookAnswer.Stored(stored, isNew)
            : new BookAnswer.IdempotencyMismatch());
    }

    public ConcurrentQueue<(ChannelId Channel, ChannelNotice Notice)> Heard { get; } = new();

    public BookAnswer OnHear { get; set; } = new BookAnswer.Heard(NoticeFate.Stored);

    public Task<BookAnswer> HearAsync(ChannelId channel, ChannelNotice notice, CancellationToken cancellation)
    {
        Heard.Enqueue((channel, notice));
        return Task.FromResult(OnHear);
    }

    public Task<BookAnswer> GetAsync(PaymentId id, CancellationToken cancellation) => Task.FromResult(
        OnGet is not null ? OnGet(id)
        : _stored.TryGetValue(id, out var payment) ? new BookAnswer.Stored(payment, IsNew: false)
        : new BookAnswer.NoSuchPayment());

    /// <summary>Decides as the books do, at <see cref="Now"/>.</summary>
    public Task<BookAnswer> DecideAsync(PaymentId id, DecisionCommand command, CancellationToken cancellation)
    {
        if (OnGet is not null)
        {
            return Task.FromResult(OnGet(id));
        }

        return Carry(id, command with { At = Now });
    }

    private Task<BookAnswer> Carry(PaymentId id, PaymentCommand command)
    {
        if (!_stored.TryGetValue(id, out var payment))
        {
            return Task.FromResult<BookAnswer>(new BookAnswer.NoSuchPayment());
        }

        var decision = PaymentLaw.Decide(new PaymentRules(3), payment, command);
        if (decision.Refusal is { } why)
        {
            return Task.FromResult<BookAnswer>(new BookAnswer.Refused(why));
        }

        var after = decision.Events.Aggregate(payment, (state, @event) => PaymentLaw.Apply(state, id, @event));
        Put(after);
        return Task.FromResult<BookAnswer>(new BookAnswer.Stored(after, IsNew: decision.Events.Length > 0));
    }

    public ConcurrentQueue<PaymentId> AskedAbout { get; } = new();

    public Func<PaymentId, BookAnswer>? OnAsk { get; set; }

    public Task<BookAnswer> AskChannelAsync(PaymentId id, CancellationToken cancellation)
    {
        AskedAbout.Enqueue(id);
        return Task.FromResult(OnAsk?.Invoke(id) ?? (_stored.TryGetValue(id, out var payment)
            ? new BookAnswer.Stored(payment, IsNew: true)
            : new BookAnswer.NoSuchPayment()));
    }

    public ConcurrentQueue<PaymentId> Cancelled { get; } = new();

    public BookAnswer? OnCancel { get; set; }

    /// <summary>Decides as the books do, of a payment without an order in a lane.</summary>
    public Task<BookAnswer> CancelAsync(PaymentId id, CancellationToken cancellation)
    {
        Cancelled.Enqueue(id);
        return OnCancel is null ? Carry(id, new CancelPayment(Now)) : Task.FromResult(OnCancel);
    }

    public DateTimeOffset Now { get; set; } = At + TimeSpan.FromHours(1);

    public void Put(Payment payment) => _stored[payment.Id] = payment;
}
