using System.Data.Common;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Payments.Messages;

namespace RouterCluster.Node.Merchants;

/// <summary>
/// Gives back shares whose requests came to nothing, which a crash or a timeout has kept from the limits: asks the book and
/// never guesses. Deletes what is out of date.
/// </summary>
internal sealed class ShareSweep(AdmissionStore store, IMerchantAdmissions admissions, IPayments payments, TimeProvider clock)
    : BackgroundService
{
    private const int MostAtOnce = 200;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    public async Task SweepAsync(CancellationToken cancellation)
    {
        foreach (var share in await store.UndecidedAsync(MostAtOnce, cancellation))
        {
            // The share is old enough: whatever was admitted is stored by now or never will be.
            if (await payments.GetAsync(share.Payment, cancellation) is BookAnswer.NoSuchPayment
                or BookAnswer.Stored { Payment.State: PaymentState.Failed or PaymentState.Closed })
            {
                admissions.NotCounted(share, share.At);
            }
        }

        await store.PruneAsync(cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (DbException)
            {
                // The storage is away: shares wait for the next sweep.
            }
        }
    }
}
