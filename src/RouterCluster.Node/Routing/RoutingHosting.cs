using System.Security.Cryptography;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.OpenApi;
using RouterCluster.Api;
using RouterCluster.Domain.Routing;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Commits;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Routing;

internal static class RoutingHosting
{
    public static IServiceCollection AddRouter(this IServiceCollection services) => services
        .AddCommitSubscriber<PolicyFigures>()
        .AddSingleton<PolicyEndpoints>().AddSingleton<PolicyGauges>().AddSingleton<TraceEndpoints>();

    /// <summary>
    /// The router starts before the books, which ask it, and is told of the channels' region once that runs.
    /// </summary>
    public static AkkaConfigurationBuilder WithRouter(this AkkaConfigurationBuilder akka, IServiceProvider services) => akka
        .WithActors((system, registry) => registry.Register<RouterActor>(system.ActorOf(RouterOf(services), "channel-router")))
        .AddStartup((_, registry) => registry.Get<RouterActor>().Tell(
            new RouterActor.UseChannels(registry.Get<IChannelMessage>())));

    public static void MapRouter(this IEndpointRouteBuilder operators)
    {
        var services = operators.ServiceProvider;
        services.GetRequiredService<PolicyGauges>();
        operators.MapGet("/trace.csv", (Delegate)services.GetRequiredService<TraceEndpoints>().ExportAsync)
            .WithSummary("Past traffic as a trace for `routerctl replay` (role operator)")
            .WithDescription(
                "Payments accepted from `from` until `to`, in buckets of `bucket` seconds (60). A stream; one that breaks off is "
                + "not complete. `source_n` is how many attempts a row was measured from; 0: carried on from before. One export "
                + "at a time on a node, over at most `router.trace.longest-range`.")
            .Takes("from", Moment(), _ => "2026-12-01T00:00:00Z", isRequired: true)
            .Takes("to", Moment(), _ => "2026-12-01T06:00:00Z", isRequired: true)
            .Takes("bucket", Bucket(), _ => "60")
            .Produces<string>(200, "text/csv").Refuses([.. Problems.Lookups, "forbidden", "trace_running"]);
        operators.MapGet("/policies", (Delegate)services.GetRequiredService<PolicyEndpoints>().ListAsync)
            .WithSummary("The routing policies, how they do, and where they are in force")
            .WithDescription("As the node that is asked has counted since it started.")
            .Gives<PoliciesBody>(200, "The policies.").Refuses(Problems.Viewers);
    }

    private static Props RouterOf(IServiceProvider services)
    {
        RoutingConfiguration Configured() => PolicyCatalog.Configuration(
            services.GetRequiredService<IReadOnlyList<PolicySettings>>(),
            services.GetRequiredService<IReadOnlyList<MerchantSettings>>(),
            services.GetRequiredService<IReadOnlyList<ChannelSettings>>());
        var first = Configured();
        var limits = RoutingLimits.Default with { SilentAfter = services.GetRequiredService<RoutingSettings>().ReportStaleAfter };
        var inputs = new RouterInputs(
            services.GetRequiredService<ChannelReports>(), services.GetRequiredService<PolicyFigures>(),
            new MaintenanceCalendar(first.Windows), PolicyCatalog.Commitments(first.Rules),
            services.GetRequiredService<SucceededVolumes>(), services.GetRequiredService<NodeSettings>().DayOffset)
        {
            Configured = Configured,
        };

        // Nodes draw differently, or all of them would try out the same channels at once.
        return RouterActor.Props(
            new RoutingTable(first.Channels, first.Rules, limits), inputs, services.GetRequiredService<RouterClock>(),
            RandomNumberGenerator.GetInt32(int.MaxValue));
    }

    private static OpenApiSchema Moment() => new() { Type = JsonSchemaType.String, Format = "date-time" };

    private static OpenApiSchema Bucket() => Parameters.WithDefault(
        Shapes.Whole(1, TraceEndpoints.LongestBucket, "Seconds."), TraceEndpoints.UsualBucket);
}
