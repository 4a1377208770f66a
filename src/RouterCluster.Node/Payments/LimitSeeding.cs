using System.Data.Common;
using RouterCluster.Node.Commits;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Payments;

/// <summary>
/// Counts for the daily limits what was stored before this node started: once before requests come, and once more when the
/// read model has what a crash kept from it. Every book that opens writes a row of its own first, so a book whose offset
/// has moved since the start has handed over all that it recovered.
/// </summary>
internal sealed class LimitSeeding(
    LimitBoard limits, PaymentReadModel readModel, CommitSubscribers subscribers, NodeSettings settings, TimeProvider clock)
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
                // The storage is away: what was counted at the start stays in force until it is back.
            }
        }
    }

    /// <summary>
    /// Sums leave out what has failed. The limits must have given that back before, or they would give it back once more.
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
