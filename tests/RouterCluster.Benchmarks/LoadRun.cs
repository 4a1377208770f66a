using System.Diagnostics;

namespace RouterCluster.Benchmarks;

/// <summary>A process whose processor time is told with the figures.</summary>
internal sealed record Watched(string Name, int ProcessId)
{
    public static readonly Watched ThisProcess = new("this process", Environment.ProcessId);
}

/// <summary>A closed loop: so many clients, each with one payment under way, for so long after a warm-up.</summary>
internal static class LoadRun
{
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public static async Task<LoadFigures> MeasureAsync(
        int clients, TimeSpan duration, IReadOnlyList<Watched> watched, Func<long, Task> payOnce)
    {
        var next = 0L;
        var started = Stopwatch.StartNew();
        var end = WarmUp + duration;
        var loops = Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            var latencies = new List<double>(4096);
            while (started.Elapsed < end)
            {
                var begin = started.Elapsed;
                await payOnce(Interlocked.Increment(ref next));
                if (begin >= WarmUp)
                {
                    latencies.Add((started.Elapsed - begin).TotalMilliseconds);
                }
            }

            return latencies;
        })).ToArray();
        await Task.Delay(WarmUp);
        var cpuAtWarm = watched.Select(one => ProcessorTime.OfTree(one.ProcessId)).ToArray();
        var allocatedAtWarm = GC.GetTotalAllocatedBytes();
        await Task.Delay(duration);
        var allocated = GC.GetTotalAllocatedBytes() - allocatedAtWarm;
        var cores = watched
            .Select((one, i) => (one.Name, (ProcessorTime.OfTree(one.ProcessId) - cpuAtWarm[i]) / duration))
            .ToArray();
        var all = (await Task.WhenAll(loops)).SelectMany(latencies => latencies).Order().ToArray();
        return new LoadFigures(
            all.Length / duration.TotalSeconds, At(all, 0.5), At(all, 0.99), cores, (double)allocated / all.Length);
    }

    private static double At(double[] ordered, double share) =>
        ordered.Length == 0 ? double.NaN : ordered[Math.Min(ordered.Length - 1, (int)(ordered.Length * share))];
}

/// <param name="Cores">Processor time over wall time, by process.</param>
/// <param name="BytesEach">Allocated by this process for each payment: the only figure that a busy machine does not move.</param>
internal sealed record LoadFigures(
    double PerSecond, double P50Ms, double P99Ms, IReadOnlyList<(string Name, double Cores)> Cores, double BytesEach)
{
    public override string ToString()
    {
        var cores = Cores.Select(one => FormattableString.Invariant(
            $"{one.Name} {one.Cores:N2} cores ({one.Cores * 1_000_000 / PerSecond:N0} us each)"));
        return FormattableString.Invariant($"{PerSecond,9:N0} payments/s   p50 {P50Ms,7:N2} ms   p99 {P99Ms,7:N2} ms   ")
            + string.Join(", ", cores) + FormattableString.Invariant($", {BytesEach:N0} bytes allocated each");
    }
}
