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

    /// <summary>Fresh seeds for so many hours, through failures, which <c>TestResults/failing-seeds.txt</c> keeps.</summary>
    public const string HoursVariable = "ROUTERCLUSTER_HOURS";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly int Workers = Math.Min(2, Environment.ProcessorCount);
    private static readonly Lock File = new();

    public static long? OnlySeed => Read(SeedVariable);

    /// <summary>Gives the failure of the lowest seed that was seen to fail.</summary>
    public static Failure? Known(Summary summary, long from, long count) => Run(summary, from, () => count);

    /// <summary>As many as were asked for, or as fit into the time: a minute of each core, if nobody says more.</summary>
    public static Failure? Fresh(Summary summary, long from)
    {
        var since = Stopwatch.StartNew();
        var spentBefore = Environment.CpuUsage.TotalTime;
        var asked = Read(SeedsVariable);
        var hours = Environment.GetEnvironmentVariable(HoursVariable);
        bool HasTime() => hours is null
            ? Environment.CpuUsage.TotalTime - spentBefore < Workers * Minute
            : since.Elapsed < TimeSpan.FromHours(double.Parse(hours, CultureInfo.InvariantCulture));
        return Run(summary, from, () => asked ?? (HasTime() ? long.MaxValue : 0), goesOn: hours is not null);
    }

    /// <param name="goesOn">A life that fails is noted, and the next one is lived.</param>
    private static Failure? Run(Summary summary, long from, Func<long> count, bool goesOn = false)
    {
        Failure? first = null;
        var done = -1L;
        var spentBefore = Environment.CpuUsage.TotalTime;
        Parallel.For(0, Workers, new ParallelOptions { MaxDegreeOfParallelism = Workers }, _ =>
        {
            while (Interlocked.Increment(ref done) is var life && life < count() && (first is null || goesOn))
            {
                if (Failure.Of(Scenario.Of(from + life), summary.Add) is { } failure)
                {
                    Interlocked.CompareExchange(ref first, failure, null);
                    Keep(failure);
                }
            }
        });
        summary.Spent(Environment.CpuUsage.TotalTime - spentBefore);
        return first;
    }

    private static void Keep(Failure failure)
    {
        var folder = Path.Combine(Repository.Root, "TestResults");
        Directory.CreateDirectory(folder);
        lock (File)
        {
            var line = $"{failure.Scenario.Seed} {failure.Invariant} {failure.Payment}{Environment.NewLine}";
            System.IO.File.AppendAllText(Path.Combine(folder, "failing-seeds.txt"), line);
        }
    }

    private static long? Read(string variable) =>
        long.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var value) ? value : null;
}
