using System.Collections.Concurrent;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Webhooks;

/// <summary>The backlogs of this node's lanes, written by them and read by metrics.</summary>
public sealed class NotificationBoard
{
    private readonly ConcurrentDictionary<MerchantId, NotificationBacklog> _backlogs = new();

    public IReadOnlyDictionary<MerchantId, NotificationBacklog> Backlogs => _backlogs;

    internal void Write(MerchantId merchant, NotificationBacklog backlog) => _backlogs[merchant] = backlog;

    /// <summary>The lane has left this node, so its last figure is no longer true.</summary>
    internal void Forget(MerchantId merchant) => _backlogs.TryRemove(merchant, out _);
}
