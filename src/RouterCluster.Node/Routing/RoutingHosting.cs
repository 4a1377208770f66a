using Microsoft.OpenApi;
using RouterCluster.Api;
using RouterCluster.Node.Platform.Descriptions;

namespace RouterCluster.Node.Routing;

internal static class RoutingHosting
{
    public static IServiceCollection AddRouter(this IServiceCollection services) => services
        .AddSingleton<PolicyBoard>()
        .AddSingleton<PolicyEndpoints>()
        .AddSingleton<PolicyGauges>()
        .AddSingleton<TraceEndpoints>();

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

    private static OpenApiSchema Moment() => new() { Type = JsonSchemaType.String, Format = "date-time" };

    private static OpenApiSchema Bucket() => Parameters.WithDefault(
        Shapes.Whole(1, TraceEndpoints.LongestBucket, "Seconds."), TraceEndpoints.UsualBucket);
}
