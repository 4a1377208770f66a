using RouterCluster.Api;
using RouterCluster.Domain.Channels;

namespace RouterCluster.Node.Channels.Messages;

public interface IChannelForecasts
{
    /// <summary>What would happen if the channel was changed. Changes nothing.</summary>
    /// <returns>Null: the channel has left the configuration.</returns>
    Task<ForecastBody?> OfAsync(ChannelStatus status, ChannelChange change, CancellationToken cancellation);
}
