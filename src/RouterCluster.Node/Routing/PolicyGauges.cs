using System.Diagnostics.Metrics;
using RouterCluster.Domain.Routing;
using RouterCluster.Node.Platform.Telemetry;

namespace RouterCluster.Node.Routing;

/// <summary>Metrics of the policies. Dashboards depend on names and labels.</summary>
internal sealed class PolicyGauges
{
    private readonly PolicyFigures _figures;

    public PolicyGauges(RouterMetrics metrics, PolicyFigures figures)
    {
        _figures = figures;
        metrics.Meter.CreateObservableCounter(
            "router_policy_decisions_total", Decisions, null, "Choices, and whether the policy agreed with what was chosen.");
        metrics.Meter.CreateObservableGauge(
            "router_policy_expected_success", Expected, null, "Mean estimate of the channels that it chose.");
        metrics.Meter.CreateObservableGauge(
            "router_policy_observed_success", Observed, null, "Success of the attempts that it sent.");
    }

    private IEnumerable<Measurement<long>> Decisions() => _figures.Standings.SelectMany(standing => new[]
    {
        new Measurement<long>(standing.Agreed, [.. Labels(standing), new("agrees", "true")]),
        new Measurement<long>(standing.Decisions - standing.Agreed, [.. Labels(standing), new("agrees", "false")]),
    });

    private IEnumerable<Measurement<double>> Expected() =>
        from standing in _figures.Standings
        let expected = standing.ExpectedSuccess
        where expected is not null
        select new Measurement<double>(expected.Value, Labels(standing));

    /// <summary>No value before the first attempt: a rate of 0 would look like an outage.</summary>
    private IEnumerable<Measurement<double>> Observed() =>
        from policy in _figures.Standings.Select(standing => standing.Policy).Distinct()
        let success = _figures.Observed(policy).Success
        where success is not null
        select new Measurement<double>(success.Value, new KeyValuePair<string, object?>("policy", policy));

    private static KeyValuePair<string, object?>[] Labels(PolicyStanding standing) =>
        [new("policy", standing.Policy), new("role", PolicyEndpoints.NameOf(standing.Role))];
}
