using System.Net;
using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Platform.Http;

/// <summary>
/// Counts this node's requests that were refused for their address alone: somebody else may have a merchant's key, or speak in a
/// company's name. As many rows as there are merchants and channels.
/// </summary>
public sealed class ForeignAddresses
{
    private const string Unreadable = "one that a proxy told unreadably";

    private readonly Lock _gate = new();
    private Dictionary<(MerchantId?, ChannelId?), (int Count, string Last)> _counts = [];

    public void Count(MerchantId merchant, IPAddress? from) => Count((merchant, null), from);

    public void Count(ChannelId channel, IPAddress? from) => Count((null, channel), from);

    /// <summary>Since the last call.</summary>
    public IEnumerable<ForeignRequests> Take()
    {
        Dictionary<(MerchantId? Merchant, ChannelId? Channel), (int Count, string Last)> taken;
        lock (_gate)
        {
            (taken, _counts) = (_counts, []);
        }

        return taken.Select(row => new ForeignRequests(row.Key.Merchant, row.Key.Channel, row.Value.Count, row.Value.Last));
    }

    private void Count((MerchantId?, ChannelId?) subject, IPAddress? from)
    {
        lock (_gate)
        {
            _counts[subject] = (_counts.GetValueOrDefault(subject).Count + 1, from?.ToString() ?? Unreadable);
        }
    }
}
