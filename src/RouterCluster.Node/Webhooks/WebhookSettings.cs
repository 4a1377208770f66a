using RouterCluster.Domain.Webhooks;

namespace RouterCluster.Node.Webhooks;

/// <param name="Policy">When webhooks are sent, and how many at once.</param>
/// <param name="Timeout">A merchant's time to answer one.</param>
/// <param name="Poll">How often a lane reads the table unasked, and a lane without owner is started.</param>
public sealed record WebhookSettings(
    NotificationPolicy Policy, TimeSpan Timeout, TimeSpan Poll, WebhookRetention Retention);

/// <param name="KeepDelivered">How long a delivered webhook stays in the table.</param>
/// <param name="PruneEvery">How often a lane deletes old ones.</param>
public sealed record WebhookRetention(TimeSpan KeepDelivered, TimeSpan PruneEvery);
