using RouterCluster.Api;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Payments.Messages;

namespace RouterCluster.Node.Forecasts;

/// <summary>
/// Orders at a channel: those that wait in its queue, those that are on their way, and those whose end nobody knows. The read
/// model has all that are open, and the books know which of them wait.
/// </summary>
internal sealed class HeldOrders(IPaymentHistory history, IPayments payments)
{
    /// <summary>Open payments that one answer looks at.</summary>
    public const int MostLookedAt = 200_000;

    /// <summary>Payments that books are asked about.</summary>
    public const int MostAsked = 500;

    private const int AtOnce = 64;

    /// <summary>Null where there are more than are looked at.</summary>
    public async Task<Held> ReadAsync(ChannelStatus status, UnknownCount count, CancellationToken cancellation)
    {
        var (unknown, asked, open) = (default(Sum), new List<Payment>(), 0);
        var isComplete = await history.ForEachOpenAsync(
            MostLookedAt,
            payment =>
            {
                if (payment.OpenAttempt is not { } attempt || attempt.Channel != status.Channel)
                {
                    return;
                }

                if (count.IsUnknown(payment))
                {
                    unknown = unknown.With(payment);
                }
                else if (++open <= MostAsked)
                {
                    asked.Add(payment);
                }
            },
            cancellation);
        var split = isComplete && open <= MostAsked ? await SplitAsync(asked, status.Channel, cancellation) : null;
        return new Held(
            split?.Queued.ToBody() ?? new ForecastSumBody(status.Submit.Queue, null),
            split?.InFlight.ToBody() ?? new ForecastSumBody(status.Submit.InFlight, null),
            isComplete ? unknown.ToBody() : new ForecastSumBody(null, null));
    }

    /// <summary>Null where a book has no answer now.</summary>
    private async Task<(Sum Queued, Sum InFlight)?> SplitAsync(
        List<Payment> asked, ChannelId channel, CancellationToken cancellation)
    {
        var (queued, inFlight) = (default(Sum), default(Sum));
        foreach (var some in asked.Chunk(AtOnce))
        {
            foreach (var (payment, _) in await Task.WhenAll(some.Select(one => payments.FindAsync(one.Id, cancellation))))
            {
                if (payment is null)
                {
                    return null;
                }

                if (payment.OpenAttempt?.Channel == channel)
                {
                    queued = payment.IsInQueue ? queued.With(payment) : queued;
                    inFlight = payment.IsInQueue ? inFlight : inFlight.With(payment);
                }
            }
        }

        return (queued, inFlight);
    }

    /// <param name="Queued">Its amount is null where books could not be asked about all; the count is the lane's then.</param>
    internal sealed record Held(ForecastSumBody Queued, ForecastSumBody InFlight, ForecastSumBody Unknown);

    private readonly record struct Sum(long Count, long Amount)
    {
        public Sum With(Payment payment) => new(Count + 1, checked(Amount + payment.Content.Amount.Minor));

        public ForecastSumBody ToBody() => new(Count, Amount);
    }
}
