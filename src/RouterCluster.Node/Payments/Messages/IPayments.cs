using RouterCluster.Domain.Books;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Payments.Messages;

/// <summary>The payment books, as an HTTP endpoint uses them.</summary>
public interface IPayments
{
    /// <param name="apart">Set where the number is of a key whose mode is not the installation's own.</param>
    PaymentId IdOf(MerchantId merchant, string orderNo, ChannelMode? apart = null);

    /// <summary>
    /// Stores the payment and waits for its end as <paramref name="wait"/> says. Whatever cannot be known in time is
    /// <see cref="BookAnswer.StillAccepting"/>; never throws for it.
    /// </summary>
    /// <param name="duplicateOf">Another number of the same account and amount: the payment is suspended for people.</param>
    Task<BookAnswer> AcceptAsync(
        PaymentId id, PaymentContent content, TimeSpan expiresIn, string? duplicateOf, ResultWait wait,
        CancellationToken cancellation);

    /// <summary>
    /// Lets the book that owns the order hear a channel's notice. <see cref="BookAnswer.Heard"/> comes when what the notice
    /// changed is stored; whatever cannot be known in time is <see cref="BookAnswer.OutOfReach"/>.
    /// </summary>
    Task<BookAnswer> HearAsync(ChannelId channel, ChannelNotice notice, CancellationToken cancellation);

    Task<BookAnswer> GetAsync(PaymentId id, CancellationToken cancellation);

    /// <summary>
    /// Carries out what people ask of a payment, durably. <see cref="BookAnswer.OutOfReach"/>: nobody knows whether it was
    /// done; to ask again does no harm.
    /// </summary>
    Task<BookAnswer> DecideAsync(PaymentId id, DecisionCommand command, CancellationToken cancellation);
}

/// <summary>How a request waits for the end of a payment that is stored.</summary>
/// <param name="Longest">Zero: not at all.</param>
/// <param name="Begin">
/// Called when the payment is stored and the wait begins. When its token fires, the payment is answered as it is: whoever
/// waits does no work, and may have to make room for others.
/// </param>
public sealed record ResultWait(TimeSpan Longest, Func<PaymentId, CancellationToken> Begin)
{
    public static readonly ResultWait None = new(TimeSpan.Zero, static _ => CancellationToken.None);
}
