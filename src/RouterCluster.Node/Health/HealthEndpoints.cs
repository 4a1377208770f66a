using Microsoft.Extensions.Diagnostics.HealthChecks;
using RouterCluster.Api;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Health;

/// <summary>Probes for supervisors and load balancers.</summary>
internal sealed class HealthEndpoints(HealthCheckService checks)
{
    private const string Ok = "ok";
    private const string Unavailable = "unavailable";

    public Task LiveAsync(HttpContext context) =>
        context.JsonAsync(StatusCodes.Status200OK, new HealthBody(Ok, []), ApiJson.Default.HealthBody);

    public async Task ReadyAsync(HttpContext context)
    {
        var report = await checks.CheckHealthAsync(CancellationToken.None);
        await context.JsonAsync(
            report.Status == HealthStatus.Healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable,
            new HealthBody(
                WordOf(report.Status),
                [.. report.Entries.Select(check => new HealthCheckBody(
                    check.Key, WordOf(check.Value.Status), check.Value.Description))]),
            ApiJson.Default.HealthBody);
    }

    private static string WordOf(HealthStatus status) => status == HealthStatus.Healthy ? Ok : Unavailable;
}
