using RouterCluster.Domain.Webhooks;

namespace RouterCluster.Node.Webhooks;

/// <summary>Notifications to merchants.</summary>
/// <param name="Policy">When they are sent, and how many at once.</param>
/// <param name="Timeout">How long a merchant may take to answer one.</param>
/// <param name="Poll">How often each merchant's lane looks at the table unasked, and a lane without owner is started.</param>
public sealed record NotificationSettings(
    NotificationPolicy Policy, TimeSpan Timeout, TimeSpan Poll, NotificationRetention Retention);

/// <param name="KeepDelivered">How long a delivered notification stays in the table.</param>
/// <param name="PruneEvery">How often each merchant's lane looks for those that have stayed long enough.</param>
public sealed record NotificationRetention(TimeSpan KeepDelivered, TimeSpan PruneEvery);
