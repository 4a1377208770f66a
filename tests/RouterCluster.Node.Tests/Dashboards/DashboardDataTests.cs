using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using RouterCluster.Node.Tests.Nodes;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Dashboards;

/// <summary>
/// Every query of every panel, on a real Prometheus that scrapes a node under load, one of whose channels fails.
/// </summary>
public sealed class DashboardDataTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const string Hocon = """
        router.policies.cheap { kind = cost-aware }
        router.merchants.shop {
          notify-url = "URL", notify-allow = ["127.0.0.1:PORT"]
          notify-secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
          routing."*" { shadow = [cheap] }
        }
        router.channels.bravo {
          base-url = "http://127.0.0.1:1/bravo", merchant-id = M1, secret = sim-secret, products = [withhold, payout]
        }
        """;

    private const string Alpha = """
        { "success_rate": 0.7, "customer_failure_rate": 0.1, "latency_ms": 5, "notify": "once" }
        """;

    [Fact]
    public async Task Every_query_of_every_panel_returns_what_the_panel_shows()
    {
        using var receiver = WebhookReceiver.Start();
        var hocon = Hocon.Replace("URL", receiver.Url, StringComparison.Ordinal)
            .Replace("PORT", receiver.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        await using var node = await WholeNode.StartAsync(Alpha, hocon);
        await using var prometheus = PrometheusServer.Start(node.Address);
        await node.StrangerAsync();
        List<string> without;
        var number = 0;

        var watch = Stopwatch.StartNew();
        do
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
                node.PayAsync($"A-{Interlocked.Increment(ref number)}", "withhold", wait: 2)));
            without = await WithoutDataAsync(prometheus);
        }
        while (without.Count > 0 && watch.Elapsed < Patience);

        Assert.Empty(without);
    }

    private static async Task<List<string>> WithoutDataAsync(PrometheusServer prometheus)
    {
        var without = new List<string>();
        foreach (var dashboard in DashboardFile.All())
        {
            foreach (var panel in dashboard.Panels)
            {
                foreach (var target in panel.Targets)
                {
                    var series = await prometheus.QueryAsync(DashboardFile.Filled(target.Query));
                    if (series is null || !IsShown(series, target))
                    {
                        without.Add($"{panel}: {target.Query}");
                    }
                }
            }

            foreach (var (metric, label) in dashboard.Variables)
            {
                var series = await prometheus.QueryAsync($"count by ({label}) ({metric})") ?? [];
                if (series.Count == 0 || series.Any(one => one!["metric"]![label] is null))
                {
                    without.Add($"{dashboard.Name}: variable {label} of {metric}");
                }
            }

            foreach (var query in dashboard.Annotations)
            {
                // Nothing need have happened; the query must be one.
                Assert.NotNull(await prometheus.QueryAsync(query) ?? []);
            }
        }

        return without;
    }

    /// <summary>Prometheus writes NaN, +Inf and -Inf.</summary>
    private static double NumberOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    /// <summary>There are numbers, and every series has a legend of its own.</summary>
    private static bool IsShown(JsonArray series, Target target)
    {
        var legends = series.Select(one => string.Join(
            ' ', target.LegendLabels.Select(label => (string?)one!["metric"]![label] ?? "?"))).ToList();
        var isHeatmap = target.Legend == "{{le}}";
        return series.Any(one => double.IsFinite(NumberOf((string)one!["value"]![1]!)))
            && (isHeatmap || legends.All(legend => !legend.Contains('?')))
            && legends.Count == legends.Distinct().Count();
    }
}
