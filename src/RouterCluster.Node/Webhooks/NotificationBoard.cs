using System.Collections.Concurrent;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Webhooks;

/// <summary>What this node's lanes have still to deliver, written by them, read by metrics.</summary>
public sealed class NotificationBoard
{
    private readonly ConcurrentDictionary<MerchantId, NotificationBacklog> _backlogs = new();

    public IReadOnlyDictionary<MerchantId, NotificationBacklog> Backlogs => _backlogs;

    internal void Write(MerchantId merchant, NotificationBacklog backlog) => _backlogs[merchant] = backlog;

    /// <summary>Another node has the lane now, or none: a figure left standing would be a lie.</summary>
    internal void Forget(MerchantId merchant) => _backlogs.TryRemove(merchant, out _);
}
