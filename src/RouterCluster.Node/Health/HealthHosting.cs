using RouterCluster.Api;
using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Health;

internal static class HealthHosting
{
    public static IServiceCollection AddHealth(this IServiceCollection services) => services
        .AddSingleton<BooksAndChannelsCheck>()
        .AddSingleton<IClusterView, ClusterView>()
        .AddSingleton<HealthEndpoints>().AddSingleton<ClusterEndpoints>()
        .AddSingleton<NodeGauges>().AddSingleton<ProcessGauges>();

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.ServiceProvider.GetRequiredService<NodeGauges>();
        routes.ServiceProvider.GetRequiredService<ProcessGauges>();
        var health = routes.ServiceProvider.GetRequiredService<HealthEndpoints>();
        routes.MapGet("/health/live", (Delegate)health.LiveAsync)
            .WithTags("Probes").WithSummary("The process runs").Gives<HealthBody>(200, "It does.");
        routes.MapGet("/health/ready", (Delegate)health.ReadyAsync)
            .WithTags("Probes").WithSummary("The node can take traffic")
            .Gives<HealthBody>(200, "It can.").Gives<HealthBody>(503, "It cannot; the checks say why.");
        routes.MapPrometheusScrapingEndpoint("/metrics").WithMetadata(new AudienceMark(Audience.Operators));
        routes.MapOpenApi("/openapi/{documentName}.json");
    }

    public static void MapCluster(this IEndpointRouteBuilder operators)
    {
        var cluster = operators.ServiceProvider.GetRequiredService<ClusterEndpoints>();
        operators.MapGet("/cluster", (Delegate)cluster.GetAsync)
            .WithSummary("The cluster as this node sees it").Gives<ClusterBody>(200, "The cluster.").Refuses(Problems.Viewers);
    }
}
