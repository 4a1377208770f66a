using RouterCluster.Domain.Webhooks;

namespace RouterCluster.Node.Webhooks;

/// <param name="Policy">When webhooks are sent, and how many at once.</param>
/// <param name="Timeout">A merchant's time to answer one.</param>
/// <param name="Poll">How often a lane reads the table unasked, and a lane without owner is started.</param>
public sealed record WebhookSettings(
    NotificationPolicy Policy, TimeSpan Timeout, TimeSpan Poll, WebhookRetention Retention)
{
    public EventSettings Events { get; init; } = new(IsOn: true, ListedAfter: TimeSpan.FromSeconds(3));
}

/// <param name="IsOn">What merchants without webhooks would have been told is kept for their list of events.</param>
/// <param name="ListedAfter">How old an event is before it is listed, so that none comes before one that was listed.</param>
public sealed record EventSettings(bool IsOn, TimeSpan ListedAfter);

/// <param name="KeepDelivered">How long a delivered webhook stays in the table.</param>
/// <param name="PruneEvery">How often a lane deletes old ones.</param>
public sealed record WebhookRetention(TimeSpan KeepDelivered, TimeSpan PruneEvery);
