using Akka.Actor;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RouterCluster.Node.Platform.Cluster;

namespace RouterCluster.Node.Health;

/// <summary>
/// One on each node. Tells the other nodes what the readiness probe says here, except that the node's roles keep merchants'
/// requests away from it: that is how it is meant to be.
/// </summary>
internal sealed class ReadinessActor : ReceiveActor
{
    public const string Name = "readiness";

    public ReadinessActor(HealthCheckService checks) => Receive<GetReadiness>(_ => Ask(checks).PipeTo(
        Sender, Self, report => new NodeReadiness(ProblemOf(report)), fault => new NodeReadiness(fault.Message)));

    public static Props Props(HealthCheckService checks) => Akka.Actor.Props.Create(() => new ReadinessActor(checks));

    public static ActorSelection On(ActorSystem system, Address node) =>
        system.ActorSelection(new RootActorPath(node) / "user" / Name);

    private static Task<HealthReport> Ask(HealthCheckService checks) =>
        checks.CheckHealthAsync(check => check.Name != RoleCheck.Name);

    private static string? ProblemOf(HealthReport report)
    {
        var problems = report.Entries.Where(check => check.Value.Status != HealthStatus.Healthy)
            .Select(check => check.Value.Description ?? check.Key).ToList();
        return problems.Count == 0 ? null : string.Join("; ", problems);
    }
}
