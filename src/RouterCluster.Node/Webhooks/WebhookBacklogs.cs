using System.Collections.Concurrent;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Webhooks;

/// <summary>The backlogs of this node's lanes, written by them and read by metrics.</summary>
public sealed class WebhookBacklogs
{
    private readonly ConcurrentDictionary<MerchantId, WebhookBacklog> _backlogs = new();

    public IReadOnlyDictionary<MerchantId, WebhookBacklog> Backlogs => _backlogs;

    internal void Write(MerchantId merchant, WebhookBacklog backlog) => _backlogs[merchant] = backlog;

    /// <summary>The lane has left this node, so its last figure is no longer true.</summary>
    internal void Forget(MerchantId merchant) => _backlogs.TryRemove(merchant, out _);
}
