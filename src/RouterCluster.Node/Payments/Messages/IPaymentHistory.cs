using RouterCluster.Domain.Payments;

namespace RouterCluster.Node.Payments.Messages;

/// <summary>Stored payments, for people who look back.</summary>
public interface IPaymentHistory
{
    /// <summary>Accepted payments, the oldest first.</summary>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    Task<IReadOnlyList<Payment>> ListAcceptedAsync(
        DateTimeOffset from, DateTimeOffset to, Payment? after, int limit, CancellationToken cancellation);

    /// <summary>Payments with an attempt that has this number at its channel; channels may use the same ones.</summary>
    Task<IReadOnlyList<PaymentId>> OfChannelNumberAsync(string channelNumber, int limit, CancellationToken cancellation);

    /// <summary>Looks at payments that are at a channel or with people.</summary>
    /// <returns>False: there are more than <paramref name="most"/>, and the rest was not looked at.</returns>
    Task<bool> ForEachOpenAsync(int most, Action<Payment> look, CancellationToken cancellation);

    /// <summary>
    /// Payments that fit a filter that <see cref="PaymentFilter.HasIndex"/>. A page may hold fewer than the limit, or none,
    /// where it had to look at too many; only a page without a next one is the last.
    /// </summary>
    /// <param name="cursor">Null for the first page, then the page's <see cref="PaymentPage.Next"/>.</param>
    /// <exception cref="FormatException">No page ended with this cursor.</exception>
    Task<PaymentPage> ReadPageAsync(PaymentFilter filter, string? cursor, int limit, CancellationToken cancellation);
}

/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record PaymentPage(IReadOnlyList<Payment> Items, string? Next);
