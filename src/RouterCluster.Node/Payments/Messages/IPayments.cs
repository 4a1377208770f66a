using RouterCluster.Domain.Books;
using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Payments.Messages;

public interface IPayments
{
    /// <param name="apart">Set when the key's mode is not the installation's mode.</param>
    PaymentId IdOf(MerchantId merchant, string orderNo, ChannelMode? apart = null);

    /// <summary>
    /// Stores the payment and waits for its end as <paramref name="wait"/> says. An outcome that is not known in time is
    /// <see cref="BookAnswer.StillAccepting"/>, never an exception.
    /// </summary>
    /// <param name="duplicateOf">Another number of the same account and amount: the payment is suspended for people.</param>
    Task<BookAnswer> AcceptAsync(
        PaymentId id, PaymentContent content, TimeSpan expiresIn, string? duplicateOf, ResultWait wait,
        CancellationToken cancellation);

    /// <summary>
    /// Takes a channel's notice to the book of its order. <see cref="BookAnswer.Heard"/> means that its consequences are
    /// stored, <see cref="BookAnswer.OutOfReach"/> that nobody knows in time.
    /// </summary>
    Task<BookAnswer> HearAsync(ChannelId channel, ChannelNotice notice, CancellationToken cancellation);

    Task<BookAnswer> GetAsync(PaymentId id, CancellationToken cancellation);

    /// <summary>
    /// Carries out a command of people, durably. <see cref="BookAnswer.OutOfReach"/>: nobody knows whether it was carried
    /// out; asking again does no harm.
    /// </summary>
    Task<BookAnswer> DecideAsync(PaymentId id, DecisionCommand command, CancellationToken cancellation);

    /// <summary>
    /// Has the channel asked about the open attempt, outside its schedule and within its budget. A new
    /// <see cref="BookAnswer.Stored"/>: a question comes because of this; else one is on its way already.
    /// </summary>
    Task<BookAnswer> AskChannelAsync(PaymentId id, CancellationToken cancellation);

    /// <summary>
    /// Closes the payment if nothing was ever sent for it: an order that waits in a lane comes back first. Asking again does
    /// no harm, and <see cref="BookAnswer.OutOfReach"/> says that nobody knows whether it was closed.
    /// </summary>
    Task<BookAnswer> CancelAsync(PaymentId id, CancellationToken cancellation);
}

/// <summary>How a request waits for the end of a stored payment.</summary>
/// <param name="Longest">Zero: it does not wait.</param>
/// <param name="Begin">Called when the payment is stored and the wait begins. When its token fires, the request is
/// answered with the payment as it is, to make room for other requests.</param>
public sealed record ResultWait(TimeSpan Longest, Func<PaymentId, CancellationToken> Begin)
{
    /// <summary>The book drops the request if it comes later; null: as late as any request may come.</summary>
    public DateTimeOffset? StoreBefore { get; init; }

    public static readonly ResultWait None = new(TimeSpan.Zero, static _ => CancellationToken.None);
}
