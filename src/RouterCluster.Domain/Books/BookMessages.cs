using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Books;

/// <summary>A moment on both clocks: UTC for what is stored, monotonic for what is waited for. They never mix.</summary>
public readonly record struct BookTime(DateTimeOffset Utc, TimeSpan Monotonic);

/// <summary>Who asked. The book hands it back with the answer and never looks inside.</summary>
public readonly record struct Caller(object Address, long Request);

/// <param name="Deadline">After this moment nobody waits for the answer any more: the request is dropped unanswered.</param>
/// <param name="Wait">How long a second answer, at the payment's end, is waited for; zero: there is none.</param>
/// <param name="DuplicateOf">Another number of the same account and amount, where people are to look at it.</param>
public sealed record AcceptRequest(
    Caller Caller, PaymentId Id, PaymentContent Content, TimeSpan ExpiresIn, DateTimeOffset Deadline, TimeSpan Wait,
    string? DuplicateOf = null);

/// <summary>What a person asks of a payment. The book stamps the command's moment.</summary>
public sealed record DecisionRequest(Caller Caller, PaymentId Id, DecisionCommand Command);

/// <summary>What a lane, or a query, has to say of an attempt.</summary>
public sealed record AttemptReport(PaymentId Payment, int AttemptNo, ChannelId Channel, ReportSource Source, Outcome Outcome)
{
    /// <summary>Of a query's end: the question that it answers.</summary>
    public long Question { get; init; }
}

public enum ReportSource
{
    /// <summary>The submit's own end, or the lane's refusal to send it.</summary>
    Submit = 1,
    Query = 2,

    /// <summary>The channel's own notification, verified.</summary>
    Notification = 3,
}

/// <summary>A verified notification on its way to the book that its order number names.</summary>
/// <param name="OrderNo">As the channel wrote it.</param>
/// <param name="Amount">What the channel says the order is about; it must be what we ordered.</param>
public sealed record NoticeRequest(
    Caller Caller, PaymentId Payment, int AttemptNo, string OrderNo, ChannelId Channel, Money Amount, Outcome Outcome);

/// <summary>What became of a notification. Whatever is not of this very order does not speak of it.</summary>
public enum NoticeFate
{
    /// <summary>Something new was stored.</summary>
    Stored = 1,

    /// <summary>Nothing that was not known.</summary>
    Known = 2,
    UnknownOrder = 3,
    WrongChannel = 4,
    WrongAmount = 5,
    WrongCurrency = 6,
}

/// <summary>An order for a channel's submit lane.</summary>
/// <param name="SendBefore">UTC; no byte may leave later.</param>
public sealed record SubmitOrder(
    PaymentId Payment, int AttemptNo, string OrderNo, ChannelId Channel, MerchantId Merchant, Product Product, Money Amount,
    SealedAccount Account, DateTimeOffset SendBefore)
{
    /// <summary>Only of an order that has not left the book: of any other one only its lane may say so.</summary>
    public AttemptReport NeverLeft(string code, string why) => new(
        Payment, AttemptNo, Channel, ReportSource.Submit, Outcome.NotSent(OutcomeClass.ChannelUnreachable, code, why));
}

/// <summary>A question for a channel's query lane.</summary>
public sealed record QueryOrder(
    PaymentId Payment, int AttemptNo, string OrderNo, ChannelId Channel, MerchantId Merchant, Product Product, Money Amount)
{
    /// <summary>Goes back with the answer: one that comes late is not the answer to a later question.</summary>
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

/// <summary>What leaves a book.</summary>
public abstract record BookEffect
{
    private BookEffect()
    {
    }

    public sealed record Answer(Caller Caller, BookAnswer Value) : BookEffect;

    public sealed record Submit(SubmitOrder Order) : BookEffect;

    /// <summary>
    /// Nothing of this order may leave any more: the payment's money has moved by another attempt, so its channel says. Waits
    /// for no write, as every moment counts; what it does is stored with what the lane says of it.
    /// </summary>
    public sealed record Withdraw(ChannelId Channel, string OrderNo) : BookEffect;

    public sealed record Query(QueryOrder Order) : BookEffect;

    /// <summary>The report's news is stored: the lane may forget it.</summary>
    public sealed record ReportTaken(AttemptReport Report) : BookEffect;

    /// <summary>
    /// A notice has told how an order ended, and that is stored: what was counted of its channel may have been another end.
    /// </summary>
    public sealed record OrderHeard(ChannelId Channel, string OrderNo, Product Product, Outcome Outcome) : BookEffect;

    /// <summary>Says nothing of any payment, so it need not wait for a write.</summary>
    public sealed record ChooseRoute(long RouteId, RouteRequest Request) : BookEffect;

    /// <summary>The chosen channel no longer holds the payment's submit.</summary>
    public sealed record RouteSettled(ChannelId Channel, MerchantId Merchant) : BookEffect;

    /// <summary>Look in the read model for a payment that may have left memory.</summary>
    public sealed record LookUp(PaymentId Id) : BookEffect;

    /// <summary>One row is durable.</summary>
    /// <param name="Changed">Every payment of the row as the row leaves it.</param>
    public sealed record Committed(
        long Sequence, IReadOnlyCollection<Payment> Changed, IReadOnlyList<CommittedEvent> Events) : BookEffect;
}

public readonly record struct CommittedEvent(Payment After, PaymentEvent Event);

/// <summary>Attempts of one channel that were sent and whose end is not known.</summary>
public readonly record struct UnknownAttempts(ChannelId Channel, int Count, long Amount, TimeSpan Oldest);

/// <summary>Turns events into bytes when they are decided, so that one that cannot be stored fails alone.</summary>
public interface IPaymentEventEncoder
{
    /// <summary>Appends one entry; entries put one after another make one row. False: the event cannot be stored.</summary>
    bool TryEncode(PaymentId id, PaymentEvent @event, System.Buffers.IBufferWriter<byte> to);
}

/// <param name="Hold">How long a payment that every lane turned down waits for one that comes free.</param>
/// <param name="KeepClosedFor">How long an ended payment stays in memory after it was read back from the read model.</param>
/// <param name="SuspendAfter">Unknown for so long, while its channel answered questions: a person decides.</param>
/// <param name="MaxClockSkew">By how much another node's clock may be off; added to delays that evidence must wait for.</param>
public sealed record BookRules(
    PaymentRules Payments, TimeSpan Hold, TimeSpan KeepClosedFor, TimeSpan SuspendAfter, TimeSpan MaxClockSkew,
    Func<ChannelId, QueryPolicy> QueryPolicyOf)
{
    /// <summary>Where a channel's orders and questions go now; null: nobody knows.</summary>
    public Func<ChannelId, ChannelTarget?> TargetOf { get; init; } = _ => null;

    /// <summary>How many numbers the last filter of those that have left memory is made for.</summary>
    public int SeenNumbers { get; init; } = Books.SeenNumbers.UsualLastCapacity;

    internal NextAttempt AttemptOn(RouteDecision.Chosen chosen, DateTimeOffset utcNow) =>
        new(chosen.Channel, utcNow + QueryPolicyOf(chosen.Channel).SubmitQueueDeadline, chosen.Reasons)
        {
            Target = TargetOf(chosen.Channel),
        };
}
