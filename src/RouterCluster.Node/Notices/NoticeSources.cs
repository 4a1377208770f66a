using System.Collections.Concurrent;
using RouterCluster.Domain.Channels;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Notices;

/// <summary>
/// The configured channels as senders of notices. One whose configuration has changed is another source, with counts of its
/// own; protocols of earlier ones end with the node, because notices may still be read with them.
/// </summary>
internal sealed class NoticeSources(
    ListInForce<ChannelSettings> channels, Func<ChannelSettings, IChannelProtocol> protocolOf, TimeProvider time) : IDisposable
{
    private readonly ListInForce<ChannelSettings>.Derived<Dictionary<string, ChannelSettings>> _configured =
        channels.Derive(all => all.ToDictionary(channel => channel.Id.Value));

    private readonly ConcurrentDictionary<string, (ChannelSettings Settings, NoticeSource Source)> _sources = new();
    private readonly ConcurrentBag<IChannelProtocol> _protocols = [];
    private readonly Lock _lock = new();

    /// <summary>Null: there is no such channel.</summary>
    public NoticeSource? Find(string channel)
    {
        if (!_configured.Value.TryGetValue(channel, out var settings))
        {
            return null;
        }

        if (_sources.TryGetValue(channel, out var known) && ReferenceEquals(known.Settings, settings))
        {
            return known.Source;
        }

        lock (_lock)
        {
            if (!_sources.TryGetValue(channel, out known) || !ReferenceEquals(known.Settings, settings))
            {
                var protocol = protocolOf(settings);
                _protocols.Add(protocol);
                known = (settings, new NoticeSource(settings, protocol, time));
                _sources[channel] = known;
            }

            return known.Source;
        }
    }

    public void Dispose()
    {
        foreach (var protocol in _protocols.OfType<IDisposable>())
        {
            protocol.Dispose();
        }
    }
}
