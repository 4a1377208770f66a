using RouterCluster.Api;
using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Health;

internal static class ProbeRoutes
{
    public static void MapProbeRoutes(this WebApplication app)
    {
        var health = app.Services.GetRequiredService<HealthEndpoints>();
        var page = app.Services.GetRequiredService<StatusPage>();
        app.MapGet("/health/live", (Delegate)health.LiveAsync)
            .WithTags("Probes").WithSummary("The process runs").Gives<HealthBody>(200, "It does.");
        app.MapGet("/health/ready", (Delegate)health.ReadyAsync)
            .WithTags("Probes").WithSummary("The node can take traffic")
            .Gives<HealthBody>(200, "It can.").Gives<HealthBody>(503, "It cannot; the checks say why.");
        app.MapPrometheusScrapingEndpoint("/metrics").WithMetadata(new AudienceMark(Audience.Operators));
        app.MapGet("/", (RequestDelegate)page.GetAsync).WithMetadata(new AudienceMark(Audience.Operators));
        app.MapOpenApi("/openapi/{documentName}.json");
    }
}
