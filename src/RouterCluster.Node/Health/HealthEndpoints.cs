using Microsoft.Extensions.Diagnostics.HealthChecks;
using RouterCluster.Api;
using RouterCluster.Node.Counters;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Telemetry;

namespace RouterCluster.Node.Health;

/// <summary>Probes for supervisors and load balancers.</summary>
internal sealed class HealthEndpoints(HealthCheckService checks, Troubles troubles)
{
    private const string Ok = "ok";
    private const string Unavailable = "unavailable";
    private const string Degraded = "degraded";

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
                    check.Key, WordOf(check.Value.Status), check.Value.Description))])
            {
                Counters = troubles.Of(CounterWriter.Subject) is null ? Ok : Degraded,
            },
            ApiJson.Default.HealthBody);
    }

    private static string WordOf(HealthStatus status) => status == HealthStatus.Healthy ? Ok : Unavailable;
}
