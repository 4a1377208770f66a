using System.Diagnostics;
using System.Diagnostics.Metrics;
using RouterCluster.Node.Platform.Telemetry;

namespace RouterCluster.Node.Health;

/// <summary>
/// Metrics of process and runtime. The first group has the names that <see
/// href="https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics">Prometheus' own clients</see> use.
/// </summary>
internal sealed class ProcessGauges
{
    private const string OpenFiles = "/proc/self/fd";

    public ProcessGauges(RouterMetrics metrics)
    {
        AddProcess(metrics.Meter);
        AddRuntime(metrics.Meter);
    }

    private static void AddProcess(Meter meter)
    {
        var startedAt = Read(process => new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0);
        meter.CreateObservableCounter(
            "process_cpu_seconds_total", () => Read(process => process.TotalProcessorTime.TotalSeconds), null,
            "Processor time of user and system.");
        meter.CreateObservableGauge(
            "process_resident_memory_bytes", () => Read(process => process.WorkingSet64), null, "Resident memory.");
        meter.CreateObservableGauge(
            "process_virtual_memory_bytes", () => Read(process => process.VirtualMemorySize64), null, "Virtual memory.");
        meter.CreateObservableGauge(
            "process_start_time_seconds", () => startedAt, null, "When the process started, in seconds since 1970.");
        meter.CreateObservableGauge("process_threads", () => Read(process => process.Threads.Count), null, "Threads.");
        if (Directory.Exists(OpenFiles))
        {
            meter.CreateObservableGauge(
                "process_open_fds", () => Directory.EnumerateFileSystemEntries(OpenFiles).Count(), null, "Open files.");
        }
    }

    private static void AddRuntime(Meter meter)
    {
        meter.CreateObservableCounter("dotnet_gc_collections_total", Collections, null, "Collections by generation.");
        meter.CreateObservableCounter(
            "dotnet_gc_pause_seconds_total", () => GC.GetTotalPauseDuration().TotalSeconds, null,
            "Time that collections stopped all.");
        meter.CreateObservableGauge(
            "dotnet_gc_heap_bytes", () => GC.GetTotalMemory(forceFullCollection: false), null, "Memory of objects.");
        meter.CreateObservableGauge("dotnet_thread_pool_threads", () => ThreadPool.ThreadCount, null, "Threads of the pool.");
        meter.CreateObservableGauge(
            "dotnet_thread_pool_queue", () => ThreadPool.PendingWorkItemCount, null, "Work that waits for a thread of the pool.");
    }

    private static IEnumerable<Measurement<int>> Collections() => Enumerable.Range(0, GC.MaxGeneration + 1).Select(
        generation => new Measurement<int>(
            GC.CollectionCount(generation), new KeyValuePair<string, object?>("generation", generation)));

    private static T Read<T>(Func<Process, T> figure)
    {
        using var process = Process.GetCurrentProcess();
        return figure(process);
    }
}
