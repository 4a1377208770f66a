using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Channels;

internal static class ChannelParameters
{
    public static RouteHandlerBuilder TakesChannelId(this RouteHandlerBuilder route) =>
        route.Takes("id", Shapes.Text(TextRule.Id), ChannelId);

    public static string ChannelId(IServiceProvider services) =>
        services.GetRequiredService<IReadOnlyList<ChannelSettings>>().FirstOrDefault()?.Id.Value ?? "alpha";
}
