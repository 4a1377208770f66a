using RouterCluster.Api;
using RouterCluster.Node.Platform.Health;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Health;

/// <summary>What a supervisor and a load balancer ask.</summary>
internal sealed class HealthEndpoints(Readiness readiness, IEnumerable<IReadinessCheck> checks)
{
    private const string Ok = "ok";
    private const string Unavailable = "unavailable";
    private readonly IReadinessCheck[] _checks = [.. checks];

    public Task LiveAsync(HttpContext context) =>
        context.JsonAsync(StatusCodes.Status200OK, new HealthBody(Ok, []), ApiJson.Default.HealthBody);

    public Task ReadyAsync(HttpContext context)
    {
        HealthCheckBody[] bodies =
        [
            ToBody("traffic", readiness.IsDraining ? "this node is stopping" : null),
            .. _checks.Select(check => ToBody(check.Name, check.Problem())),
        ];
        var isReady = bodies.All(body => body.Status == Ok);
        return context.JsonAsync(
            isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable,
            new HealthBody(isReady ? Ok : Unavailable, bodies),
            ApiJson.Default.HealthBody);
    }

    private static HealthCheckBody ToBody(string name, string? problem) =>
        new(name, problem is null ? Ok : Unavailable, problem);
}
