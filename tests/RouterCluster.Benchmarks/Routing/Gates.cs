using RouterCluster.Testing.Scenarios;

namespace RouterCluster.Benchmarks.Routing;

/// <summary>What the product's policy is held to, at each rate. Only what was measured is judged.</summary>
internal static class Gates
{
    private const string Window = "window-125-1";
    private const string Ucb = "sw-ucb";
    private const double WeakSlack = 0.15;
    private const double SlowSlack = 1.05;
    private const double Never = double.PositiveInfinity;

    private static readonly (double Rate, ScenarioKind Kind, double Most)[] Shares =
    [
        (100, ScenarioKind.Steady, 0.7), (100, ScenarioKind.OutageFast, 0.6), (100, ScenarioKind.OutageHang, 0.35),
        (100, ScenarioKind.Brownout, 0.75), (100, ScenarioKind.Issuer, 0.75), (100, ScenarioKind.Shared, 0.7),
        (100, ScenarioKind.Delayed, 0.85), (100, ScenarioKind.Capacity, 0.8), (100, ScenarioKind.Flap, 0.95),
        (10, ScenarioKind.Steady, 0.65), (10, ScenarioKind.OutageFast, 0.65), (10, ScenarioKind.OutageHang, 0.65),
        (2000, ScenarioKind.Steady, 0.4), (2000, ScenarioKind.OutageFast, 0.4), (2000, ScenarioKind.OutageHang, 0.5),
        (2000, ScenarioKind.Customer, 1.1),
    ];

    private static readonly ScenarioKind[] Weak =
        [ScenarioKind.Drift, ScenarioKind.Common, ScenarioKind.CommonSegment, ScenarioKind.Cold];

    private static readonly (string What, ScenarioKind Kind, Func<Measured, double> Figure, double Most)[] Times =
    [
        ("lost in the first minute", ScenarioKind.OutageFast, result => result.Lost, 120),
        ("lost in the first minute", ScenarioKind.OutageHang, result => result.Lost, 300),
        ("seconds to leave", ScenarioKind.OutageFast, result => result.Leave ?? Never, 3),
        ("seconds to leave", ScenarioKind.OutageHang, result => result.Leave ?? Never, 6),
        ("seconds to return", ScenarioKind.OutageFast, result => result.Return ?? Never, 40),
        ("deviation of X's share, points", ScenarioKind.Steady, result => result.Deviation, 6),
    ];

    private static readonly ScenarioKind[] OfTheirOwn = [ScenarioKind.SlowLow];

    private static readonly (string What, ScenarioKind Kind, Func<Measured, double> Figure, double Most)[] OfX =
    [
        ("share that X loses", ScenarioKind.Poison, result => 1 - result.Kept, 0.1),
        ("share that X loses in the other segments", ScenarioKind.Part, result => 1 - result.Kept, 0.05),
        ("share that X keeps 15 s later", ScenarioKind.Undecided, result => result.Kept, 0.2),
        ("sent to X for each that it takes", ScenarioKind.Throttled, result => result.SentForEachTaken, 1.2),
        ("of what X takes it does not get", ScenarioKind.Throttled, result => result.NotUsed, 0.25),
    ];

    public static IEnumerable<string> Lines(double rate, IReadOnlyList<Measured> results)
    {
        var own = Means(results, Measured.Own);
        var window = Means(results, Window);
        var best = Means(results, Ucb).ToDictionary(
            pair => pair.Key, pair => Math.Min(pair.Value, window.GetValueOrDefault(pair.Key)));
        var judged = Shares
            .Where(gate => gate.Rate == rate && own.ContainsKey(gate.Kind) && window.ContainsKey(gate.Kind))
            .Select(gate => Judged(
                $"{gate.Kind}: share of {Window}'s regret", own[gate.Kind] / window[gate.Kind], gate.Most));
        return rate switch
        {
            100 => judged.Concat(OfTheWeak(own, window)).Concat(OfFigures(Times, results)).Concat(OfFigures(OfX, results)),
            < 1 => OfSlowLow(results).Concat(best
                .Where(pair => window.ContainsKey(pair.Key) && !OfTheirOwn.Contains(pair.Key))
                .OrderBy(pair => pair.Key)
                .Select(pair => Judged(
                    $"{pair.Key}: share of the better of {Window} and {Ucb}", own[pair.Key] / pair.Value, SlowSlack))),
            _ => judged,
        };
    }

    private static IEnumerable<string> OfTheWeak(
        Dictionary<ScenarioKind, double> own, Dictionary<ScenarioKind, double> window) =>
        Weak.Where(kind => own.ContainsKey(kind) && window.ContainsKey(kind))
            .Select(kind => Judged($"{kind}: points above {Window}", own[kind] - window[kind], WeakSlack));

    private static IEnumerable<string> OfFigures(
        (string What, ScenarioKind Kind, Func<Measured, double> Figure, double Most)[] gates, IReadOnlyList<Measured> results) =>
        from gate in gates
        let runs = results.Where(result => result.Kind == gate.Kind && result.Policy == Measured.Own).ToArray()
        where runs.Length > 0
        select Judged($"{gate.Kind}: {gate.What}", runs.Average(gate.Figure), gate.Most);

    /// <summary>No baseline may be better by more than two standard errors of the paired difference.</summary>
    private static IEnumerable<string> OfSlowLow(IReadOnlyList<Measured> results)
    {
        var runs = results.Where(result => result.Kind == ScenarioKind.SlowLow).ToArray();
        foreach (var policy in runs.Select(run => run.Policy).Distinct().Where(policy => policy != Measured.Own))
        {
            var excess = runs.Where(run => run.Policy == Measured.Own)
                .Select(run => run.Regret
                    - runs.Single(other => other.Policy == policy && other.Seed == run.Seed).Regret)
                .ToArray();
            var mean = excess.Average();
            var squares = excess.Sum(one => (one - mean) * (one - mean));
            var error = Math.Sqrt(squares / excess.Length / Math.Max(1, excess.Length - 1));
            yield return Judged($"SlowLow: points above {policy}, two standard errors on the right", mean, 2 * error);
        }
    }

    private static Dictionary<ScenarioKind, double> Means(IReadOnlyList<Measured> results, string policy) =>
        results.Where(result => result.Policy == policy)
            .GroupBy(result => result.Kind)
            .ToDictionary(group => group.Key, group => group.Average(result => result.Regret));

    private static string Judged(string what, double value, double most) => FormattableString.Invariant(
        $"  {(value <= most ? "pass" : "FAIL")}  {value,8:0.00} <= {most,-6:0.##}  {what}");
}
