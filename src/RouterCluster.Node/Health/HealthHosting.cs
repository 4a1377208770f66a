using Akka.Actor;
using Akka.Cluster;
using Akka.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RouterCluster.Api;
using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Health;

internal static class HealthHosting
{
    private const string Drain = """
        The node is not ready from now on, so that load balancers take it out; it hands its books, channels and merchants' lanes
        over, and gets none. It goes on running: it answers, and sends on what still comes to it. What one node does for all
        (evaluating alerts, running decided lists) moves when the node stops. Lasts until `rejoin`, or the node's end.
        """;

    private const string Rejoin = "The node is ready again and gets its share of what the others own.";

    private const string Down = """
        For a node that does not answer, when its machine is known to be gone: the others need not find out by themselves.
        Its channels still wait until no call of its can be under way, as after a kill. A node that answers is downed only with
        `force`; it ends, and its supervisor may start it again.
        """;

    public static IServiceCollection AddHealth(this IServiceCollection services) => services
        .AddSingleton<BooksAndChannelsCheck>()
        .AddSingleton<IClusterView, ClusterView>().AddSingleton<IClusterMembers, ClusterMembers>()
        .AddSingleton<HealthEndpoints>().AddSingleton<ClusterEndpoints>()
        .AddSingleton<NodeGauges>().AddSingleton<ProcessGauges>();

    public static AkkaConfigurationBuilder WithHealth(this AkkaConfigurationBuilder akka, IServiceProvider services) =>
        akka.WithActors((system, _) =>
            system.ActorOf(
                ReadinessActor.Props(services.GetRequiredService<HealthCheckService>()), ReadinessActor.Name));

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
        MapChange("drain", "Move what a node owns to the others (role admin)", Drain, cluster.DrainAsync, MemberBodies.Change);
        MapChange(
            "rejoin", "Let a draining node take its share again (role admin)", Rejoin, cluster.RejoinAsync, MemberBodies.Change);
        MapChange("down", "Go on without a node that does not answer (role admin)", Down, cluster.DownAsync, MemberBodies.Down);

        void MapChange(
            string verb, string summary, string description, Func<HttpContext, string, Task> change, RequestBody body) =>
            operators.MapPost($"/cluster/members/{{address}}/{verb}", change)
                .WithSummary(summary)
                .WithDescription(description)
                .Takes("address", Shapes.Text(MemberBodies.Address, "As in the cluster, escaped, or host:port."), OwnAddress)
                .TakesJson(body)
                .Gives<ClusterBody>(200, "The cluster; what moves is on its way.")
                .Refuses(Problems.MemberChanges);
    }

    private static string OwnAddress(IServiceProvider services) =>
        services.GetService<ActorSystem>() is { } system ? Cluster.Get(system).SelfAddress.HostPort() : "10.0.0.1:2551";
}
