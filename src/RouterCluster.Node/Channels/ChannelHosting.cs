using RouterCluster.Api;
using RouterCluster.Node.Platform.Descriptions;

namespace RouterCluster.Node.Channels;

internal static class ChannelHosting
{
    public static IServiceCollection AddChannels(this IServiceCollection services) =>
        services.AddSingleton<ChannelEndpoints>().AddSingleton<ChannelGauges>();

    public static void MapChannels(this IEndpointRouteBuilder operators)
    {
        operators.ServiceProvider.GetRequiredService<ChannelGauges>();
        var channels = operators.ServiceProvider.GetRequiredService<ChannelEndpoints>();
        operators.MapGet("/channels", (Delegate)channels.ListAsync)
            .WithSummary("All channels").Gives<ListBody<ChannelBody>>(200, "The channels.").Refuses(Problems.Viewers);
        operators.MapGet("/channels/{id}", (Delegate)channels.GetAsync)
            .WithSummary("One channel").TakesChannelId().Gives<ChannelBody>(200, "The channel.")
            .Refuses([.. Problems.Viewers, "not_found"]);
        MapChange("disable", "Send no more orders, return those that wait; questions go on", channels.DisableAsync);
        MapChange("enable", "Take the channel back into traffic", channels.EnableAsync);
        MapChange("drain", "Take no more orders, send those that wait", channels.DrainAsync);
        operators.MapPatch("/channels/{id}", (Delegate)channels.PatchAsync)
            .WithSummary("Change limits, weight or isolation")
            .WithDescription(
                "What is left out stays; null takes an override back, so that the configured value is in force again. Survives "
                + "restarts.")
            .TakesChannelId()
            .TakesJson(ChannelBodies.ChannelPatch)
            .Gives<ChannelBody>(200, "The channel after the change.")
            .Refuses(Problems.ChannelChanges);

        void MapChange(string verb, string summary, Func<HttpContext, string, Task> change) =>
            operators.MapPost($"/channels/{{id}}/{verb}", change)
                .WithSummary(summary)
                .WithDescription("Survives restarts.")
                .TakesChannelId()
                .TakesJson(ChannelBodies.ChannelChange)
                .Gives<ChannelBody>(200, "The channel after the change.")
                .Refuses([.. Problems.ChannelChanges, "channel_retired"]);
    }
}
