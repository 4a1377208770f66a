using System.Diagnostics;
using System.Globalization;
using RouterCluster.Simulation.Tests.World;

namespace RouterCluster.Simulation.Tests.Seeds;

/// <summary>Runs many lives, on all cores, and stops at the first that fails.</summary>
internal static class Runs
{
    /// <summary>Only this seed.</summary>
    public const string SeedVariable = "ROUTERCLUSTER_SEED";

    /// <summary>So many fresh seeds, instead of a minute's worth.</summary>
    public const string SeedsVariable = "ROUTERCLUSTER_SEEDS";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static long? OnlySeed => Read(SeedVariable);

    /// <summary>Gives the failure of the lowest seed that was seen to fail.</summary>
    public static Failure? Known(Summary summary, long from, long count) => Run(summary, from, () => count);

    /// <summary>As many as were asked for, or as fit into a minute.</summary>
    public static Failure? Fresh(Summary summary, long from)
    {
        var since = Stopwatch.StartNew();
        var asked = Read(SeedsVariable);
        return Run(summary, from, () => asked ?? (since.Elapsed < Minute ? long.MaxValue : 0));
    }

    private static Failure? Run(Summary summary, long from, Func<long> count)
    {
        Failure? first = null;
        var done = -1L;
        var workers = Math.Min(2, Environment.ProcessorCount);
        var spentBefore = Environment.CpuUsage.TotalTime;
        Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, _ =>
        {
            while (Interlocked.Increment(ref done) is var life && life < count() && first is null)
            {
                if (Failure.Of(Scenario.Of(from + life), summary.Add) is { } failure)
                {
                    Interlocked.CompareExchange(ref first, failure, null);
                }
            }
        });
        summary.Spent(Environment.CpuUsage.TotalTime - spentBefore);
        return first;
    }

    private static long? Read(string variable) =>
        long.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var value) ? value : null;
}
