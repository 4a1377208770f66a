using RouterCluster.Testing.Scenarios;

namespace RouterCluster.Benchmarks.Routing;

/// <summary>What the product's policy is held to, at each rate.</summary>
internal static class Gates
{
    private const string Window = "window-125-1";
    private const string Ucb = "sw-ucb";
    private const double WeakSlack = 0.15;
    private const double SlowSlack = 1.05;

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

    public static void Print(double rate, List<Measured> results)
    {
        foreach (var gate in Shares.Where(gate => gate.Rate == rate))
        {
            Tell(
                $"{gate.Kind}: share of {Window}'s regret",
                Mean(results, gate.Kind, Measured.Own) / Mean(results, gate.Kind, Window),
                gate.Most);
        }

        if (rate == 100)
        {
            foreach (var kind in Weak)
            {
                var above = Mean(results, kind, Measured.Own) - Mean(results, kind, Window);
                Tell($"{kind}: above {Window}, points", above, WeakSlack);
            }

            PrintTimes(results);
        }

        if (rate < 1)
        {
            foreach (var kind in Enum.GetValues<ScenarioKind>())
            {
                var best = Math.Min(Mean(results, kind, Window), Mean(results, kind, Ucb));
                Tell($"{kind}: share of the better of {Window} and {Ucb}", Mean(results, kind, Measured.Own) / best, SlowSlack);
            }
        }
    }

    private static void PrintTimes(List<Measured> results)
    {
        double Of(ScenarioKind kind, Func<Measured, double> figure) =>
            results.Where(result => result.Kind == kind && result.Policy == Measured.Own).Average(figure);

        Tell("OutageFast: lost in the first minute", Of(ScenarioKind.OutageFast, result => result.Lost), 120);
        Tell("OutageHang: lost in the first minute", Of(ScenarioKind.OutageHang, result => result.Lost), 300);
        const double Never = double.PositiveInfinity;
        Tell("OutageFast: seconds to leave", Of(ScenarioKind.OutageFast, result => result.Leave ?? Never), 3);
        Tell("OutageHang: seconds to leave", Of(ScenarioKind.OutageHang, result => result.Leave ?? Never), 6);
        Tell("OutageFast: seconds to return", Of(ScenarioKind.OutageFast, result => result.Return ?? Never), 40);
        Tell("Steady: deviation of X's share, points", Of(ScenarioKind.Steady, result => result.Deviation), 6);
    }

    private static double Mean(List<Measured> results, ScenarioKind kind, string policy) =>
        results.Where(result => result.Kind == kind && result.Policy == policy).Average(result => result.Regret);

    private static void Tell(string what, double value, double most) => Console.WriteLine(
        FormattableString.Invariant($"  {(value <= most ? "pass" : "FAIL")}  {value,8:0.00} <= {most,-6:0.##}  {what}"));
}
