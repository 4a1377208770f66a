using RouterCluster.Benchmarks.Programs;

namespace RouterCluster.Benchmarks.Views;

/// <summary>
/// One node without counters, metrics and traces, one with counters and metrics, and one with all, whose spans a collector takes:
/// all run all the time and are loaded in turns, there and back, so that the machine's moods meet each.
/// </summary>
internal static class ViewsSuite
{
    public static readonly Suite Suite = new(
        "views", "the host with counters, metrics and traces beside one without", IsDefault: false, RunAsync);

    private const int Connections = 64;
    private const string Paid = "router_payments_total{";
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ScrapeEvery = TimeSpan.FromSeconds(5);

    private static Task RunAsync(BenchmarkOptions options) => StorageUnderTest.ForEachAsync(
        options, storage => RunAsync(storage, options.Duration, options.Rounds));

    private static async Task RunAsync(StorageUnderTest storage, TimeSpan duration, int rounds)
    {
        await using var company = await PaymentCompany.StartAsync();
        await using var collector = await TraceCollector.StartAsync();
        await using var without = await StartAsync("nothing", RouterViews.None);
        await using var usual = await StartAsync("counters and metrics", RouterViews.Usual);
        await using var all = await StartAsync("traces too", new RouterViews(AreOn: true, collector.Address));
        ViewedNode[] nodes = [without, usual, all];
        using var scraping = new CancellationTokenSource();
        var scrapes = Task.WhenAll(ScrapeAsync(usual.Router, scraping.Token), ScrapeAsync(all.Router, scraping.Token));
        foreach (var node in nodes)
        {
            await node.MeasureAsync(storage, company, Connections, WarmUp);
        }

        for (var round = 0; round < rounds; round++)
        {
            foreach (var node in nodes.Concat(nodes.Reverse()))
            {
                node.Figures.Add(await node.MeasureAsync(storage, company, Connections, duration));
            }
        }

        await scraping.CancelAsync();
        await CheckAsync(without, usual, (await scrapes).Min(), collector);
        usual.Compare(storage, without);
        all.Compare(storage, without);

        async Task<ViewedNode> StartAsync(string has, RouterViews views) =>
            new(has, await RouterUnderTest.StartAsync(await storage.NewAsync("views"), company, views));
    }

    /// <summary>How often it has read the node's metrics, as Prometheus does.</summary>
    private static async Task<int> ScrapeAsync(RouterUnderTest router, CancellationToken end)
    {
        using var http = router.Client(1);
        for (var scrapes = 0; ; scrapes++)
        {
            await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), CancellationToken.None);
            try
            {
                await Task.Delay(ScrapeEvery, end);
            }
            catch (OperationCanceledException)
            {
                return scrapes;
            }
        }
    }

    /// <summary>A comparison of nodes that do the same would look like success.</summary>
    private static async Task CheckAsync(
        ViewedNode without, ViewedNode usual, int scrapes, TraceCollector collector)
    {
        if (await HasMetricsAsync(without.Router) || !await HasMetricsAsync(usual.Router) || scrapes == 0 || collector.Bytes == 0)
        {
            throw new BenchmarkException(
                $"The nodes are not what they should be: {scrapes} scrapes, {collector.Bytes} bytes of traces");
        }
    }

    private static async Task<bool> HasMetricsAsync(RouterUnderTest router)
    {
        using var http = router.Client(1);
        var metrics = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return metrics.Contains(Paid, StringComparison.Ordinal);
    }
}
