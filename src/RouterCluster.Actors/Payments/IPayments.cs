using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Actors.Payments;

/// <summary>The payment books, as an HTTP endpoint uses them.</summary>
public interface IPayments
{
    PaymentId IdOf(MerchantId merchant, string orderNo);

    /// <summary>
    /// Stores the payment and waits up to <paramref name="wait"/> for its end. Whatever cannot be known in time is
    /// <see cref="BookAnswer.StillAccepting"/>; never throws for it.
    /// </summary>
    /// <param name="duplicateOf">Another number of the same account and amount: the payment is suspended for people.</param>
    Task<BookAnswer> AcceptAsync(
        PaymentContent content, TimeSpan expiresIn, string? duplicateOf, TimeSpan wait, CancellationToken cancellation);

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
