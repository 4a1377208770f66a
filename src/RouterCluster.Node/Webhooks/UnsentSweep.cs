using System.Data.Common;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Webhooks;

/// <summary>
/// Deletes old events of merchants without webhooks, as lanes do for the others: by pages, between which payments have the
/// database. Every node does; what another one has deleted is gone.
/// </summary>
internal sealed class UnsentSweep(
    WebhookOutbox outbox, WebhookSettings settings, ListInForce<MerchantSettings> merchants, TimeProvider clock)
    : BackgroundService
{
    private readonly Queue<MerchantId> _next = new();
    private DateTimeOffset _roundAt = clock.GetUtcNow() + settings.Retention.PruneEvery;

    /// <summary>One page of one merchant.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (_next.Count == 0 && now >= _roundAt)
        {
            _roundAt = now + settings.Retention.PruneEvery;
            foreach (var merchant in merchants.Where(merchant => !merchant.MayBeNotified))
            {
                _next.Enqueue(merchant.Id);
            }
        }

        if (_next.TryPeek(out var id) && await outbox.PruneAsync(
            id, now - settings.Retention.KeepDelivered, settings.Policy.Page, cancellation) < settings.Policy.Page)
        {
            _next.Dequeue();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.Policy.StoragePause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (DbException)
            {
                // The storage is away: the page waits for the next tick.
            }
        }
    }
}
