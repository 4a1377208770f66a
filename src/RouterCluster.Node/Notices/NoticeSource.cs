using System.Net;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Notices;

/// <summary>
/// One channel as a sender of notices. Only what its protocol has verified takes from its rate, so that forged notices
/// cannot keep the channel's own ones out.
/// </summary>
internal sealed class NoticeSource(ChannelSettings settings, IChannelProtocol protocol, TimeProvider time)
{
    public ChannelId Channel => settings.Id;

    public Rate Rate { get; } = new(settings.Notify.RatePerSecond, time);

    /// <summary>
    /// Notices that are read or stored at once. A channel has its own, so that slow bodies keep out its own alone.
    /// </summary>
    public Places Places { get; } = new(settings.Notify.InFlight);

    public bool Allows(IPAddress? address) =>
        address is not null && settings.Notify.AllowedIps.Any(network => network.Contains(address));

    public NoticeReading Read(HttpRequest request, ReadOnlyMemory<byte> body) => protocol.ReadNotice(new NoticeCall(
        name => request.Headers.TryGetValue(name, out var values) && values is [{ } value] ? value : null, body));
}
