using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Reflection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Platform.Health;
using RouterCluster.Node.Platform.Telemetry;

namespace RouterCluster.Node.Health;

/// <summary>The node's version and faults as metrics. Dashboards depend on names and labels.</summary>
internal sealed class NodeGauges
{
    private const string Unknown = "unknown";
    private readonly (string Name, IReadinessCheck Check)[] _checks;
    private readonly OpenCases _cases;

    public NodeGauges(
        RouterMetrics metrics, IOptions<HealthCheckServiceOptions> checks, IServiceProvider services, OpenCases cases)
    {
        _checks = [.. checks.Value.Registrations.Select(check => (check.Name, (IReadinessCheck)check.Factory(services)))];
        _cases = cases;
        var build = BuildOf(typeof(NodeGauges).Assembly);
        metrics.Meter.CreateObservableGauge(
            "router_build_info",
            () => new Measurement<int>(
                1, new("version", build.Version), new KeyValuePair<string, object?>("commit", build.Commit)),
            null,
            "1, with the version and the commit that the node was built from.");
        metrics.Meter.CreateObservableGauge(
            "router_not_ready", NotReady, null, "What keeps the node from taking payments: 0 for what does not.");
        metrics.Meter.CreateObservableGauge(
            "router_cases_open", Cases, null, "Cases that wait for people, by reason; counted anew every few seconds.");
    }

    /// <summary>The compiler writes "version+commit"; outside a repository there is no commit.</summary>
    internal static (string Version, string Commit) BuildOf(Assembly assembly)
    {
        var written = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? Unknown;
        var plus = written.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 ? (written, Unknown) : (written[..plus], written[(plus + 1)..]);
    }

    private IEnumerable<Measurement<int>> NotReady() => _checks.SelectMany(one => one.Check.NotReady(one.Name)).Select(
        figure => new Measurement<int>(figure.Count, new KeyValuePair<string, object?>("kind", figure.Kind)));

    private IEnumerable<Measurement<long>> Cases() => (_cases.ByKind ?? ImmutableSortedDictionary<string, long>.Empty).Select(
        kind => new Measurement<long>(kind.Value, new KeyValuePair<string, object?>("kind", kind.Key)));
}
