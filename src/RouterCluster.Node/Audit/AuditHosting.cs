using RouterCluster.Api;
using RouterCluster.Node.Platform.Descriptions;

namespace RouterCluster.Node.Audit;

internal static class AuditHosting
{
    public static IServiceCollection AddAudit(this IServiceCollection services) =>
        services.AddSingleton<AuditTrail>().AddSingleton<IAuditLog, AuditLog>().AddSingleton<AuditEndpoints>();

    public static void MapAudit(this IEndpointRouteBuilder operators) =>
        operators.MapGet("/audit", (Delegate)operators.ServiceProvider.GetRequiredService<AuditEndpoints>().ListAsync)
            .WithSummary("What operators did: decisions about payments, changes of channels and of nodes, newest first")
            .TakesPages()
            .Gives<ListBody<AuditBody>>(200, "One page.").Refuses(Problems.Lookups);
}
