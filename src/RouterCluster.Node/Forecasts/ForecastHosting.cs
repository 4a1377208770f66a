using RouterCluster.Node.Channels.Messages;

namespace RouterCluster.Node.Forecasts;

internal static class ForecastHosting
{
    public static IServiceCollection AddForecasts(this IServiceCollection services) =>
        services.AddSingleton<IChannelForecasts, ChannelForecasts>();
}
