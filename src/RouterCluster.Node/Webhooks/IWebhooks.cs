using Akka.Actor;
using Akka.Hosting;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Webhooks;

public interface IWebhooks
{
    /// <summary>The undelivered webhooks of this node's lanes.</summary>
    IReadOnlyDictionary<MerchantId, WebhookBacklog> Backlogs { get; }

    /// <param name="cursor">Null for the first page.</param>
    /// <exception cref="FormatException">No page ended with this cursor.</exception>
    Task<WebhookPage> ListAsync(WebhookFilter filter, int limit, string? cursor, CancellationToken cancellation);

    /// <summary>
    /// Sends a webhook again under its old id. Null: the id is unknown. <paramref name="by"/> is for the audit trail.
    /// </summary>
    Task<WebhookEntry?> ResendAsync(NotificationId id, string by, CancellationToken cancellation);

    /// <summary>
    /// Calls the merchant's URLs again that answered 410; returns the number of webhooks that were held for them.
    /// </summary>
    Task<int> EnableAsync(MerchantId merchant, string by, CancellationToken cancellation);
}

/// <summary>Reads and changes the table; the merchant's lane, on whichever node, then reads it.</summary>
internal sealed class WebhookControl(
    WebhookOutbox outbox, WebhookLog log, WebhookBacklogs backlogs, IRequiredActor<WebhookCallerActor> caller,
    RouterClock clock) : IWebhooks
{
    public IReadOnlyDictionary<MerchantId, WebhookBacklog> Backlogs => backlogs.Backlogs;

    public Task<WebhookPage> ListAsync(
        WebhookFilter filter, int limit, string? cursor, CancellationToken cancellation) =>
        log.ListAsync(filter, limit, cursor, cancellation);

    public async Task<WebhookEntry?> ResendAsync(NotificationId id, string by, CancellationToken cancellation)
    {
        if (!await outbox.ResendAsync(id, by, clock.Utc, cancellation).ConfigureAwait(false))
        {
            return null;
        }

        var entry = await log.FindAsync(id, cancellation).ConfigureAwait(false);
        if (entry is not null)
        {
            caller.ActorRef.Tell(new WakeWebhooks(entry.Merchant));
        }

        return entry;
    }

    public async Task<int> EnableAsync(MerchantId merchant, string by, CancellationToken cancellation)
    {
        var released = await outbox.EnableAsync(merchant, by, clock.Utc, cancellation).ConfigureAwait(false);
        caller.ActorRef.Tell(new WakeWebhooks(merchant));
        return released;
    }
}
