using System.Data.Common;
using RouterCluster.Node.Commits;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Payments;

/// <summary>
/// Counts earlier payments towards the daily limits: once before requests come, and once more when the read model has
/// received what a crash kept from it. Every book that opens writes a row first, so a book whose offset has moved since
/// the start has handed over everything that it recovered.
/// </summary>
internal sealed class LimitSeeding(
    MerchantLimiters limits, PaymentReadModel readModel, CommitSubscribers subscribers, NodeSettings settings, TimeProvider clock)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    private long[] _offsets = [];

    /// <summary>To be called before the books open.</summary>
    public async Task BeginAsync(CancellationToken cancellation)
    {
        if (limits.NeedsSums)
        {
            _offsets = await OffsetsAsync(cancellation);
            await limits.SeedAsync((since, until) => readModel.SumAcceptedAsync(since, until, cancellation));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (_offsets.Length > 0 && await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var now = await OffsetsAsync(stoppingToken);
                if (now.Zip(_offsets, (after, before) => after > before).All(hasMoved => hasMoved))
                {
                    await SeedAgainAsync(stoppingToken);
                    return;
                }
            }
            catch (DbException)
            {
                // The storage is away: the first count stays in force until it is back.
            }
        }
    }

    /// <summary>
    /// The sums leave out failed payments; the limits must have given these back before, or they would do so twice.
    /// </summary>
    private Task SeedAgainAsync(CancellationToken cancellation) => limits.SeedAsync(async (since, until) =>
    {
        var sums = await readModel.SumAcceptedAsync(since, until, cancellation);
        await subscribers.CaughtUpAsync(limits, cancellation);
        return sums;
    });

    private Task<long[]> OffsetsAsync(CancellationToken cancellation) => Task.WhenAll(
        Enumerable.Range(0, settings.Books).Select(book => readModel.OffsetAsync(book, cancellation)));
}
