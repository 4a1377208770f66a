namespace RouterCluster.Benchmarks.Routing;

/// <summary>Regret of every policy in every scenario at one rate.</summary>
internal static class RegretTable
{
    private const int Widest = 21;

    public static IEnumerable<string> Lines(double rate, IReadOnlyList<string> policies, IReadOnlyList<Measured> results)
    {
        var seeds = results.Select(result => result.Seed).Distinct().ToArray();
        yield return "";
        yield return FormattableString.Invariant(
            $"{rate} payments/s, regret in %: mean [min max] of seeds {seeds.Min()} to {seeds.Max()}");
        yield return $"{"",-14}{string.Concat(policies.Select(policy => policy.PadLeft(Widest)))}";
        foreach (var scenario in results.GroupBy(result => result.Kind).OrderBy(group => group.Key))
        {
            var cells = policies.Select(
                policy => scenario.Where(result => result.Policy == policy).Select(result => result.Regret).ToArray());
            yield return $"{scenario.Key,-14}{string.Concat(cells.Select(Cell))}";
        }
    }

    /// <summary>Where the lanes decide too, nobody is measured who has none.</summary>
    private static string Cell(double[] regrets) => regrets.Length == 0 || double.IsNaN(regrets[0])
        ? $"{"",20}-"
        : FormattableString.Invariant($"{regrets.Average(),8:0.00} [{regrets.Min(),4:0.0} {regrets.Max(),5:0.0}]");
}
