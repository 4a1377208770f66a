using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;

namespace RouterCluster.Node.Webhooks;

/// <param name="Attempts">Since the webhook was written or last sent again on demand.</param>
/// <param name="DueAt">Time of the next attempt; null when none is planned.</param>
/// <param name="LastAt">Time of the last attempt; null before the first.</param>
public sealed record WebhookEntry(
    NotificationId Id, MerchantId Merchant, PaymentId Payment, NotificationType Type, string Url, NotificationState State,
    int Attempts, DateTimeOffset CreatedAt, DateTimeOffset? DueAt, DateTimeOffset? LastAt, int? LastStatus, string? LastError)
{
    /// <summary>Of one that is kept as an event and never sent.</summary>
    public const string Unsent = "unsent";

    public bool IsSent => Url.Length > 0;
}

/// <summary>A null does not narrow.</summary>
public sealed record WebhookFilter(MerchantId? Merchant, PaymentId? Payment, NotificationState? State);

/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record WebhookPage(IReadOnlyList<WebhookEntry> Items, string? Next);

/// <param name="Oldest">When the oldest pending webhook was written; null when there is none.</param>
public sealed record WebhookBacklog(long Pending, DateTimeOffset? Oldest)
{
    /// <summary>Attempts of the pending webhook that was tried most.</summary>
    public int MostTries { get; init; }
}
