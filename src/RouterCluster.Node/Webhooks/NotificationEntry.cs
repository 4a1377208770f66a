using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;

namespace RouterCluster.Node.Webhooks;

/// <summary>A notification as the delivery log shows it.</summary>
/// <param name="Attempts">Since it was written or last sent again on demand.</param>
/// <param name="DueAt">Of the next attempt; null when none is planned.</param>
/// <param name="LastAt">Of the last attempt; null before the first.</param>
public sealed record NotificationEntry(
    NotificationId Id, MerchantId Merchant, PaymentId Payment, NotificationType Type, string Url, NotificationState State,
    int Attempts, DateTimeOffset CreatedAt, DateTimeOffset? DueAt, DateTimeOffset? LastAt, int? LastStatus, string? LastError);

/// <summary>What is null does not limit.</summary>
public sealed record NotificationFilter(MerchantId? Merchant, PaymentId? Payment, NotificationState? State);

/// <param name="Next">Where the next page starts; null on the last.</param>
public sealed record NotificationPage(IReadOnlyList<NotificationEntry> Items, string? Next);

/// <summary>What a merchant has not been told yet.</summary>
/// <param name="Oldest">When the oldest of it was written; null when there is none.</param>
public sealed record NotificationBacklog(long Pending, DateTimeOffset? Oldest);
