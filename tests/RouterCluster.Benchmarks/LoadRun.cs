using System.Diagnostics;

namespace RouterCluster.Benchmarks;

/// <summary>A closed loop: so many clients, each with one payment under way, for so long after a warm-up.</summary>
internal static class LoadRun
{
    public static async Task<LoadFigures> MeasureAsync(
        int clients, TimeSpan warmUp, TimeSpan duration, Func<long, Task> payOnce)
    {
        var next = 0L;
        var started = Stopwatch.StartNew();
        var end = warmUp + duration;
        var cpuAtWarm = TimeSpan.Zero;
        var loops = Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            var latencies = new List<double>(4096);
            while (started.Elapsed < end)
            {
                var begin = started.Elapsed;
                await payOnce(Interlocked.Increment(ref next));
                if (begin >= warmUp)
                {
                    latencies.Add((started.Elapsed - begin).TotalMilliseconds);
                }
            }

            return latencies;
        })).ToArray();
        await Task.Delay(warmUp);
        cpuAtWarm = Process.GetCurrentProcess().TotalProcessorTime;
        await Task.Delay(duration);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime - cpuAtWarm;
        var all = (await Task.WhenAll(loops)).SelectMany(latencies => latencies).Order().ToArray();
        return new LoadFigures(all.Length / duration.TotalSeconds, At(all, 0.5), At(all, 0.99), cpu / duration);
    }

    private static double At(double[] ordered, double share) =>
        ordered.Length == 0 ? double.NaN : ordered[Math.Min(ordered.Length - 1, (int)(ordered.Length * share))];
}

/// <param name="Cores">Processor time over wall time, of this process alone.</param>
internal sealed record LoadFigures(double PerSecond, double P50Ms, double P99Ms, double Cores)
{
    public override string ToString() => FormattableString.Invariant(
        $"{PerSecond,9:N0} payments/s   p50 {P50Ms,7:N1} ms   p99 {P99Ms,7:N1} ms   {Cores:N2} cores");
}
