using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Books;

/// <summary>UTC for what is stored, monotonic for what is waited for. They never mix.</summary>
public readonly record struct BookTime(DateTimeOffset Utc, TimeSpan Monotonic);

/// <summary>Who asked. The book hands it back with the answer and never looks inside.</summary>
public readonly record struct Caller(object Address, long Request);

/// <param name="Deadline">After it the request is dropped unanswered.</param>
/// <param name="Wait">For a second answer, at the payment's end; zero: there is none.</param>
/// <param name="DuplicateOf">Another number of the same account and amount: people are to look at the payment.</param>
public sealed record AcceptRequest(
    Caller Caller, PaymentId Id, PaymentContent Content, TimeSpan ExpiresIn, DateTimeOffset Deadline, TimeSpan Wait,
    string? DuplicateOf = null);

public sealed record DecisionRequest(Caller Caller, PaymentId Id, DecisionCommand Command);

public sealed record AttemptReport(PaymentId Payment, int AttemptNo, ChannelId Channel, ReportSource Source, Outcome Outcome)
{
    public long Question { get; init; }
}

public sealed record NoticeRequest(
    Caller Caller, PaymentId Payment, int AttemptNo, string OrderNo, ChannelId Channel, Money Amount, Outcome Outcome);

/// <summary>A notice that is not about this very order is no evidence.</summary>
public enum NoticeFate
{
    Stored = 1,

    Known = 2,
    UnknownOrder = 3,
    WrongChannel = 4,
    WrongAmount = 5,
    WrongCurrency = 6,
}

/// <param name="SendBefore">UTC; no byte may leave later.</param>
public sealed record SubmitOrder(
    PaymentId Payment, int AttemptNo, string OrderNo, ChannelId Channel, MerchantId Merchant, Product Product, Money Amount,
    SealedAccount Account, DateTimeOffset SendBefore)
{
    /// <summary>Only for an order that has not left the book; else only its lane may report this.</summary>
    /// <remarks>Law 2.5.</remarks>
    public AttemptReport NeverLeft(string code, string why) => new(
        Payment, AttemptNo, Channel, ReportSource.Submit, Outcome.NotSent(OutcomeClass.ChannelUnreachable, code, why));
}

public sealed record QueryOrder(
    PaymentId Payment, int AttemptNo, string OrderNo, ChannelId Channel, MerchantId Merchant, Product Product, Money Amount)
{
    /// <summary>Returned with the answer: a late answer is not the answer to a later question.</summary>
    public long Question { get; init; }
}

public static class NoticeFateNames
{
    public static string Name(this NoticeFate fate) => fate switch
    {
        NoticeFate.Stored => "stored",
        NoticeFate.Known => "known",
        NoticeFate.UnknownOrder => "unknown_order",
        NoticeFate.WrongChannel => "wrong_channel",
        NoticeFate.WrongAmount => "wrong_amount",
        NoticeFate.WrongCurrency => "wrong_currency",
    };
}

public abstract record BookEffect
{
    private BookEffect()
    {
    }

    public sealed record Answer(Caller Caller, BookAnswer Value) : BookEffect;

    public sealed record Submit(SubmitOrder Order) : BookEffect;

    /// <summary>
    /// The order must not leave any more: another attempt has moved the money, or the payment is to be cancelled. Does not
    /// wait for a write, as every moment counts; its result is stored with the lane's report.
    /// </summary>
    public sealed record Withdraw(ChannelId Channel, string OrderNo) : BookEffect;

    public sealed record Query(QueryOrder Order) : BookEffect;

    public sealed record ReportTaken(AttemptReport Report) : BookEffect;

    /// <summary>A notice has ended the order, and that is stored: the channel may have counted another end.</summary>
    public sealed record OrderHeard(ChannelId Channel, string OrderNo, Product Product, Outcome Outcome) : BookEffect;

    /// <summary>Reveals no payment's state, so it need not wait for a write.</summary>
    public sealed record ChooseRoute(long RouteId, RouteRequest Request) : BookEffect;

    public sealed record RouteSettled(ChannelId Channel, MerchantId Merchant) : BookEffect;

    public sealed record LookUp(PaymentId Id) : BookEffect;

    public sealed record Committed(
        long Sequence, IReadOnlyCollection<Payment> Changed, IReadOnlyList<CommittedEvent> Events) : BookEffect;
}

public readonly record struct CommittedEvent(Payment After, PaymentEvent Event);

public readonly record struct UnknownAttempts(ChannelId Channel, int Count, long Amount, TimeSpan Oldest);

public interface IPaymentEventEncoder
{
    /// <summary>Appends one entry; concatenated entries make one row. False: the event cannot be stored.</summary>
    bool TryEncode(PaymentId id, PaymentEvent @event, System.Buffers.IBufferWriter<byte> to);
}

/// <param name="Hold">How long a payment that every lane turned down waits for a lane that comes free.</param>
/// <param name="KeepClosedFor">How long an ended payment stays in memory after it was read back from the read model.</param>
/// <param name="SuspendAfter">Unknown for so long, while the channel answered questions: people decide.</param>
/// <param name="MaxClockSkew">How far the clock of a node may be off the database's.</param>
public sealed record BookRules(
    PaymentRules Payments, TimeSpan Hold, TimeSpan KeepClosedFor, TimeSpan SuspendAfter, TimeSpan MaxClockSkew,
    Func<ChannelId, QueryPolicy> QueryPolicyOf)
{
    /// <summary>Where a channel's orders and questions go now; null: not known.</summary>
    public Func<ChannelId, ChannelTarget?> TargetOf { get; init; } = _ => null;

    public int SeenNumbers { get; init; } = Books.SeenNumbers.UsualLastCapacity;

    /// <summary>
    /// How far the clocks of two nodes may differ: bytes leave until the deadline on the clock of the channel's owner, and
    /// evidence counts from a moment on the clock of the book's. Added to the delays after which evidence counts.
    /// </summary>
    internal TimeSpan ClockSkew => 2 * MaxClockSkew;

    internal NextAttempt AttemptOn(RouteDecision.Chosen chosen, DateTimeOffset utcNow) =>
        new(chosen.Channel, utcNow + QueryPolicyOf(chosen.Channel).SubmitQueueDeadline, chosen.Reasons)
        {
            Target = TargetOf(chosen.Channel),
        };
}
