using RouterCluster.Benchmarks.Programs;

namespace RouterCluster.Benchmarks;

/// <summary>
/// What each payment costs in counts that neither the machine nor other programs on it move: payments come at fixed rates that
/// any machine keeps up with. Ends with an error where one costs more than it did, and a fifth: no time is asserted.
/// </summary>
internal static class CountsSuite
{
    public static readonly Suite Suite = new(
        "counts", "what a payment allocates, wakes and asks of PostgreSQL at fixed rates; fails above the limits",
        IsDefault: false, RunAsync);

    private const double Room = 1.2;
    private const int WarmingConnections = 32;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);

    /// <summary>Measured. Whoever makes payments cheaper writes down the new figures.</summary>
    private static readonly (double PerSecond, Counts Each)[] Measured =
    [
        (100, new Counts(AllocatedBytes: 54_000, WorkItems: 16.5, Switches: 0, Statements: 3.2, LogBytes: 0)),
        (400, new Counts(AllocatedBytes: 42_000, WorkItems: 12.1, Switches: 0, Statements: 1.95, LogBytes: 0)),
    ];

    private static Task RunAsync(BenchmarkOptions options) => StorageUnderTest.ForEachAsync(
        options with { Storages = [BenchmarkOptions.PostgreSql] }, storage => RunAsync(storage, options.Duration));

    private static async Task RunAsync(StorageUnderTest storage, TimeSpan duration)
    {
        await using var company = await PaymentCompany.StartAsync();
        await using var router = await RouterUnderTest.StartAsync(await storage.NewAsync("counts"), company);
        using var http = router.Client(WarmingConnections);
        await LoadRun.MeasureAsync(WarmingConnections, WarmUp, [], number => RouterUnderTest.PayAsync(http, $"W-{number}"));
        List<string> over = [];
        foreach (var (perSecond, limits) in Measured)
        {
            var found = await OverAsync(perSecond, limits);

            // What a disturbance of the machine has done does not come twice.
            over.AddRange(found.Count == 0 ? found : await OverAsync(perSecond, limits));
        }

        if (over.Count > 0)
        {
            throw new BenchmarkException($"A payment costs more than it did: {string.Join("; ", over)}");
        }

        async Task<List<string>> OverAsync(double perSecond, Counts limits)
        {
            var run = $"{Guid.NewGuid():n}"[..8];
            var figures = await LoadRun.MeasureOpenAsync(
                perSecond, duration, [], number => RouterUnderTest.PayAsync(http, $"{run}-{number}"),
                () => storage.CountsWithAsync(router.Program));
            Console.WriteLine(
                FormattableString.Invariant($"counts: {perSecond}/s: {figures.Each.AllocatedBytes:N0} bytes allocated")
                + figures.Each.Rest());
            return [.. Over(figures.Each, limits).Select(what => FormattableString.Invariant($"at {perSecond}/s {what}"))];
        }
    }

    private static IEnumerable<string> Over(Counts each, Counts limits)
    {
        (string What, double Is, double Was)[] all =
        [
            ("bytes allocated", each.AllocatedBytes, limits.AllocatedBytes), ("work items", each.WorkItems, limits.WorkItems),
            ("statements", each.Statements, limits.Statements),
        ];
        return all.Where(one => one.Is > one.Was * Room)
            .Select(one => FormattableString.Invariant($"{one.Is:N1} {one.What}, {one.Was:N1} expected"));
    }
}
