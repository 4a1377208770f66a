using System.Diagnostics;
using RouterCluster.Benchmarks.Programs;

namespace RouterCluster.Benchmarks;

/// <summary>A process whose processor time is told with the figures.</summary>
internal sealed record Watched(string Name, int ProcessId)
{
    public static readonly Watched ThisProcess = new("this process", Environment.ProcessId);
}

/// <summary>Payments for so long after a warm-up.</summary>
internal static class LoadRun
{
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    /// <summary>A closed loop: so many clients, each with one payment under way.</summary>
    /// <param name="count">Of the program that is measured; without it, this process tells what it allocates.</param>
    public static Task<LoadFigures> MeasureAsync(
        int clients, TimeSpan duration, IReadOnlyList<Watched> watched, Func<long, Task> payOnce,
        Func<Task<Counts>>? count = null)
    {
        var next = 0L;
        var started = Stopwatch.StartNew();
        var end = WarmUp + duration;
        return MeasureAsync(duration, watched, count, Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
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
        })));
    }

    /// <summary>An open loop: payments begin at their times whatever became of those before, and are timed from there.</summary>
    public static Task<LoadFigures> MeasureOpenAsync(
        double perSecond, TimeSpan duration, IReadOnlyList<Watched> watched, Func<long, Task> payOnce,
        Func<Task<Counts>>? count = null)
    {
        var started = Stopwatch.StartNew();
        return MeasureAsync(duration, watched, count, [Task.Run(async () =>
        {
            var running = new List<Task<double>>();
            for (var number = 0L; ; number++)
            {
                var due = TimeSpan.FromSeconds(number / perSecond);
                if (due >= WarmUp + duration)
                {
                    break;
                }

                while (due > started.Elapsed)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(1));
                }

                var payment = PayAsync(number, due);
                if (due >= WarmUp)
                {
                    running.Add(payment);
                }
            }

            return (await Task.WhenAll(running)).ToList();
        })]);

        async Task<double> PayAsync(long number, TimeSpan due)
        {
            await payOnce(number);
            return (started.Elapsed - due).TotalMilliseconds;
        }
    }

    private static async Task<LoadFigures> MeasureAsync(
        TimeSpan duration, IReadOnlyList<Watched> watched, Func<Task<Counts>>? count, IEnumerable<Task<List<double>>> loops)
    {
        var running = loops.ToArray();
        count ??= () => Task.FromResult(new Counts(GC.GetTotalAllocatedBytes(), 0, 0, 0, 0));
        await Task.Delay(WarmUp);
        var cpuAtWarm = watched.Select(one => ProcessorTime.Of(one.ProcessId)).ToArray();
        var countsAtWarm = await count();
        await Task.Delay(duration);
        var counts = await count() - countsAtWarm;
        var cores = watched
            .Select((one, i) => new CoresOf(one.Name, (ProcessorTime.Of(one.ProcessId) - cpuAtWarm[i]) / duration))
            .ToArray();
        var all = (await Task.WhenAll(running)).SelectMany(latencies => latencies).Order().ToArray();
        return new LoadFigures(
            all.Length / duration.TotalSeconds, At(all, 0.5), At(all, 0.99), At(all, 0.999), cores, counts / all.Length);
    }

    private static double At(double[] ordered, double share) =>
        ordered.Length == 0 ? double.NaN : ordered[Math.Min(ordered.Length - 1, (int)(ordered.Length * share))];
}

/// <summary>Processor time of a process over wall time.</summary>
internal sealed record CoresOf(string Name, double Cores);

/// <param name="Each">Counts for each payment.</param>
internal sealed record LoadFigures(
    double PerSecond, double P50Ms, double P99Ms, double P999Ms, IReadOnlyList<CoresOf> Cores, Counts Each)
{
    public override string ToString()
    {
        var cores = Cores.Select(one => FormattableString.Invariant(
            $"{one.Name} {one.Cores:N2} cores ({one.Cores * 1_000_000 / PerSecond:N0} us each)"));
        return FormattableString.Invariant($"{PerSecond,9:N0} payments/s   p50 {P50Ms,7:N2} ms   p99 {P99Ms,7:N2} ms   ")
            + string.Join(", ", cores) + FormattableString.Invariant($", {Each.AllocatedBytes:N0} bytes allocated each")
            + (Each.WorkItems == 0 ? "" : Each.Rest());
    }
}
