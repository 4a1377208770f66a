using Akka.Actor;
using Akka.Hosting;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Webhooks;

/// <summary>Notifications to merchants, as the operators' API and the metrics use them.</summary>
public interface INotifications
{
    /// <summary>What the lanes on this node have still to deliver.</summary>
    IReadOnlyDictionary<MerchantId, NotificationBacklog> Backlogs { get; }

    /// <param name="cursor">Null for the first page.</param>
    /// <exception cref="FormatException">The cursor is none of ours.</exception>
    Task<NotificationPage> ListAsync(NotificationFilter filter, int limit, string? cursor, CancellationToken cancellation);

    /// <summary>Sends it again under its old id. Null: there is none of this id.</summary>
    /// <param name="by">Who wants it, for the audit trail.</param>
    Task<NotificationEntry?> ResendAsync(NotificationId id, string by, CancellationToken cancellation);

    /// <summary>Calls the merchant's URLs again that were gone. How many notifications were held for them.</summary>
    /// <param name="by">Who wants it, for the audit trail.</param>
    Task<int> EnableAsync(MerchantId merchant, string by, CancellationToken cancellation);
}

/// <summary>Reads and changes the table; the merchant's lane, wherever it is, then looks at it.</summary>
internal sealed class NotificationDesk(
    NotificationOutbox outbox, NotificationLog log, NotificationBoard board, IRequiredActor<NotificationCallerActor> caller,
    RouterClock clock) : INotifications
{
    public IReadOnlyDictionary<MerchantId, NotificationBacklog> Backlogs => board.Backlogs;

    public Task<NotificationPage> ListAsync(
        NotificationFilter filter, int limit, string? cursor, CancellationToken cancellation) =>
        log.ListAsync(filter, limit, cursor, cancellation);

    public async Task<NotificationEntry?> ResendAsync(NotificationId id, string by, CancellationToken cancellation)
    {
        if (!await outbox.ResendAsync(id, by, clock.Utc, cancellation).ConfigureAwait(false))
        {
            return null;
        }

        var entry = await log.FindAsync(id, cancellation).ConfigureAwait(false);
        if (entry is not null)
        {
            caller.ActorRef.Tell(new WakeNotifications(entry.Merchant));
        }

        return entry;
    }

    public async Task<int> EnableAsync(MerchantId merchant, string by, CancellationToken cancellation)
    {
        var released = await outbox.EnableAsync(merchant, by, clock.Utc, cancellation).ConfigureAwait(false);
        caller.ActorRef.Tell(new WakeNotifications(merchant));
        return released;
    }
}
