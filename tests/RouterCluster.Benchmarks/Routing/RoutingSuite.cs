using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Routing.Baselines;
using RouterCluster.Testing.Scenarios;

namespace RouterCluster.Benchmarks.Routing;

/// <summary>Every scenario at every rate, the product's policy against all baselines and one who knows the truth.</summary>
internal static class RoutingSuite
{
    public static readonly Suite Suite = new(
        "routing", "regret of the routing policy and the baselines in every scenario; --rounds N seeds, else 5",
        IsDefault: false,
        options => Task.Run(() => Run(options.Rounds > 1 ? options.Rounds : FewestSeeds)));

    private const int FewestSeeds = 5;
    private const int Threads = 2;
    private const double Dense = 1000;
    private const int FirstSeed = 1001;
    private static readonly ScenarioKind[] WhenDense =
        [ScenarioKind.Steady, ScenarioKind.OutageFast, ScenarioKind.OutageHang, ScenarioKind.Customer];

    private static readonly double[] Rates = [100, 10, 0.02, 2000];

    /// <summary>Prints regrets and gates; writes them, and pictures of X's share, into a folder.</summary>
    private static void Run(int seeds)
    {
        var folder = Directory.CreateDirectory(Path.Combine("BenchmarkDotNet.Artifacts", "routing")).FullName;
        var csv = new StringBuilder(
            "rate,scenario,seed,policy,regret,lost_first_minute,seconds_to_leave,seconds_to_return,share_deviation\n");
        foreach (var rate in Rates)
        {
            var results = Measure(rate, seeds, folder);
            Print(rate, results);
            Gates.Print(rate, results);
            results.ForEach(result => csv.AppendLine(result.AsCsv(rate)));
        }

        File.WriteAllText(Path.Combine(folder, "routing.csv"), csv.ToString());
        Console.WriteLine($"Figures and pictures: {folder}");
    }

    private static List<Measured> Measure(double rate, int seeds, string folder)
    {
        var measured = new ConcurrentBag<Measured>();
        var kinds = rate < Dense ? Enum.GetValues<ScenarioKind>() : WhenDense;
        var runs = kinds.SelectMany(kind => Enumerable.Range(FirstSeed, seeds).Select(seed => (kind, seed)));
        Parallel.ForEach(runs, new ParallelOptions { MaxDegreeOfParallelism = Threads }, run =>
        {
            var scenario = new Scenario(run.kind, Timeline.At(rate), new World(run.seed, rate));
            var oracle = ScenarioRun.Of(scenario, new Oracle(), run.seed);
            var shares = new List<(string, double[])>();
            foreach (var router in Routers())
            {
                var figures = ScenarioRun.Of(scenario, router, run.seed);
                measured.Add(new Measured(
                    run.kind, run.seed, router.Name.Split('/')[0], 100 * figures.Regret(oracle), figures.LostInFirstMinute,
                    figures.SecondsToLeave(), figures.SecondsToReturn(), 100 * figures.ShareDeviation()));
                shares.Add((router.Name.Split('/')[0], figures.Shares(0, scenario.Timeline.LengthS / 180)));
            }

            if (run.seed == FirstSeed)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{run.kind}-{rate}.svg");
                File.WriteAllText(Path.Combine(folder, name), SharePicture.Draw($"{run.kind}, {rate} payments/s", shares));
            }
        });
        return [.. measured];
    }

    private static IEnumerable<IRouter> Routers() =>
        [new SuccessRouter(), .. BaselineRouters.Names.Select(name => BaselineRouters.Create(name)!)];

    private static void Print(double rate, List<Measured> results)
    {
        string[] policies = [Measured.Own, .. BaselineRouters.Names];
        Console.WriteLine(FormattableString.Invariant($"\n{rate} payments/s, regret in %: mean [min max]"));
        Console.WriteLine($"{"",-14}{string.Concat(policies.Select(policy => $"{policy,21}"))}");
        foreach (var scenario in results.GroupBy(result => result.Kind).OrderBy(group => group.Key))
        {
            var cells = policies.Select(
                policy => scenario.Where(result => result.Policy == policy).Select(result => result.Regret).ToArray());
            Console.WriteLine($"{scenario.Key,-14}{string.Concat(cells.Select(Cell))}");
        }
    }

    private static string Cell(double[] regrets) => FormattableString.Invariant(
        $"{regrets.Average(),8:0.00} [{regrets.Min(),4:0.0} {regrets.Max(),5:0.0}]");
}

/// <summary>One router in one run.</summary>
internal sealed record Measured(
    ScenarioKind Kind, int Seed, string Policy, double Regret, double Lost, int? Leave, int? Return, double Deviation)
{
    public const string Own = "success-rate";

    public string AsCsv(double rate) => FormattableString.Invariant(
        $"{rate},{Kind},{Seed},{Policy},{Regret:0.0000},{Lost:0.0},{Leave},{Return},{Deviation:0.00}");
}
