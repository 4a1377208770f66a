using RouterCluster.Node.Platform.Telemetry;

namespace RouterCluster.Node.Counters;

internal sealed class CounterGauges
{
    public CounterGauges(RouterMetrics metrics, LiveCounters counters, Troubles troubles)
    {
        metrics.Meter.CreateObservableGauge(
            "router_counters_degraded", () => troubles.Of(CounterWriter.Subject) is null ? 0 : 1, null,
            "1 while Redis takes no live counters.");
        metrics.Meter.CreateObservableGauge(
            "router_counters_pending", () => counters.Pending, null, "Numbers that wait to be written to Redis.");
        metrics.Meter.CreateObservableCounter(
            "router_counters_lost_total", () => counters.Lost, null, "Additions to live counters that had no place in memory.");
    }
}
