using System.Net;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Notices;

/// <summary>
/// One channel as a sender of notices. Only verified notices count towards its rate, so that forged ones cannot keep them
/// out.
/// </summary>
internal sealed class NoticeSource(ChannelSettings settings, IChannelProtocol protocol, TimeProvider time)
{
    public ChannelId Channel => settings.Id;

    public Rate Rate { get; } = new(settings.Notify.RatePerSecond, time);

    /// <summary>Concurrent notices. A channel has its own, so that its slow bodies keep out no other channel.</summary>
    public RequestLimit Requests { get; } = new(settings.Notify.InFlight);

    public bool Allows(IPAddress? address) =>
        address is not null && settings.Notify.AllowedIps.Any(network => network.Contains(address));

    public NoticeReading Read(HttpRequest request, ReadOnlyMemory<byte> body) => protocol.ReadNotice(new NoticeCall(
        name => request.Headers.TryGetValue(name, out var values) && values is [{ } value] ? value : null, body));
}
