using System.Collections.Concurrent;
using System.Globalization;
using RouterCluster.Domain.Routing;
using RouterCluster.Replay.Baselines;
using RouterCluster.Testing.Scenarios;

namespace RouterCluster.Benchmarks.Routing;

/// <summary>Every scenario at every rate, the product's policy against the baselines and one who knows the truth.</summary>
internal sealed class RoutingSuite(RoutingOptions options)
{
    public static readonly Suite Suite = new(
        "routing", "regret of the routing policy and the baselines in every scenario",
        IsDefault: false,
        options => Task.Run(() => new RoutingSuite(options.Routing).Run()));

    private const double Dense = 1000;

    // Below, nobody is too fast for a channel, and a node tells its router ten times a second of nothing.
    private const double DenseEnoughForLanes = 50;
    private const int PointsOfPicture = 180;
    private static readonly ScenarioKind[] WhenDense =
        [ScenarioKind.Steady, ScenarioKind.OutageFast, ScenarioKind.OutageHang, ScenarioKind.Customer];

    private readonly string _folder = Directory.CreateDirectory(options.Output).FullName;
    private readonly List<string> _policies = [Measured.Own, .. options.Against];

    /// <summary>Each rate is judged and written down before the next one begins.</summary>
    private void Run()
    {
        using var figures = new StreamWriter(Path.Combine(_folder, "routing.csv")) { AutoFlush = true };
        using var table = new StreamWriter(Path.Combine(_folder, "routing.txt")) { AutoFlush = true };
        figures.WriteLine(Measured.Header);
        foreach (var rate in options.Rates)
        {
            var results = Measure(rate);
            results.ForEach(result => figures.WriteLine(result.AsCsv(rate)));
            foreach (var line in RegretTable.Lines(rate, _policies, results).Concat(Gates.Lines(rate, results)))
            {
                Console.WriteLine(line);
                table.WriteLine(line);
            }
        }

        Console.WriteLine($"Figures and pictures: {_folder}");
    }

    private static ScenarioKind[] Usual(double rate) => [.. Enum.GetValues<ScenarioKind>().Where(kind => kind switch
    {
        ScenarioKind.SlowLow => rate < 1,
        ScenarioKind.Throttled or ScenarioKind.Part => rate >= DenseEnoughForLanes,
        _ => true,
    })];

    private List<Measured> Measure(double rate)
    {
        var measured = new ConcurrentBag<Measured>();
        var kinds = options.Scenarios ?? (rate < Dense ? Usual(rate) : WhenDense);
        var seeds = Enumerable.Range(options.FirstSeed, options.Seeds);
        var runs = kinds.SelectMany(kind => seeds.Select(seed => (kind, seed))).ToArray();
        var done = 0;
        Parallel.ForEach(runs, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, run =>
        {
            Measure(rate, run.kind, run.seed, measured);
            Console.Error.Write(FormattableString.Invariant(
                $"\r{rate} payments/s: {Interlocked.Increment(ref done)} of {runs.Length} runs "));
        });
        Console.Error.WriteLine();
        return [.. measured.OrderBy(result => result.Kind).ThenBy(result => result.Seed)];
    }

    private static double Kept(Scenario scenario, RunFigures figures) =>
        scenario.Judged.Max(time => figures.ShareKept(time.FromS, time.UntilS));

    private static Measured OfNode(Scenario scenario, int seed)
    {
        var figures = NodeRun.Of(scenario, seed);
        var timeline = scenario.Timeline;
        var couldTake = Scenario.ThrottledPerSecond * (timeline.OffS - timeline.OnS);
        return new Measured(
            scenario.Kind, seed, Measured.Own, double.NaN, figures.LostInFirstMinute, figures.SecondsToLeave(),
            figures.SecondsToReturn(), 100 * figures.ShareDeviation(), Kept(scenario, figures))
        {
            SentForEachTaken = figures.SentToX / (double)figures.TakenByX,
            NotUsed = 1 - (figures.TakenByX / couldTake),
        };
    }

    private void Measure(double rate, ScenarioKind kind, int seed, ConcurrentBag<Measured> measured)
    {
        var scenario = new Scenario(kind, rate, seed);
        if (scenario.IsOfLanes)
        {
            measured.Add(OfNode(scenario, seed));
            return;
        }

        var oracle = ScenarioRun.Of(scenario, new Oracle(), seed);
        var shares = new List<(string, double[])>();
        foreach (var policy in _policies)
        {
            var figures = ScenarioRun.Of(scenario, BaselineRouters.Create(policy) ?? new SuccessRouter(), seed);
            measured.Add(new Measured(
                kind, seed, policy, 100 * figures.Regret(oracle), figures.LostInFirstMinute,
                figures.SecondsToLeave(), figures.SecondsToReturn(), 100 * figures.ShareDeviation(),
                Kept(scenario, figures)));
            shares.Add((policy, figures.Shares(0, scenario.Timeline.LengthS / PointsOfPicture)));
        }

        if (seed == options.FirstSeed)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{kind}-{rate}.svg");
            var title = string.Create(CultureInfo.InvariantCulture, $"{kind}, {rate} payments/s, seed {seed}");
            File.WriteAllText(Path.Combine(_folder, name), SharePicture.Draw(title, shares));
        }
    }
}
