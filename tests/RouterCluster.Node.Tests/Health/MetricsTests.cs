using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Counters;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Tests.Nodes;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Tests.Health;

public sealed partial class MetricsTests
{
    private static readonly string[] Names =
    [
        "dotnet_gc_collections_total counter", "dotnet_gc_heap_bytes gauge", "dotnet_gc_pause_seconds_total counter",
        "dotnet_thread_pool_queue gauge", "dotnet_thread_pool_threads gauge", "process_cpu_seconds_total counter",
        "process_open_fds gauge", "process_resident_memory_bytes gauge", "process_start_time_seconds gauge",
        "process_threads gauge", "process_virtual_memory_bytes gauge",
        "router_answers_total counter", "router_build_info gauge", "router_cases_open gauge",
        "router_channel_breaker_state gauge", "router_channel_budget gauge",
        "router_channel_call_seconds histogram", "router_channel_closed gauge", "router_channel_enabled gauge",
        "router_channel_in_flight gauge", "router_channel_outage gauge", "router_channel_queue gauge",
        "router_channel_success_rate gauge", "router_channel_traffic_share gauge", "router_counters_degraded gauge",
        "router_counters_lost_total counter", "router_counters_pending gauge",
        "router_ingress_seconds histogram", "router_journal_batch_size histogram",
        "router_journal_commit_seconds histogram", "router_not_ready gauge", "router_notifications_oldest_seconds gauge",
        "router_notifications_pending gauge", "router_notifications_total counter", "router_unknown_amount gauge",
        "router_unknown_oldest_seconds gauge", "router_unknown_payments gauge",
    ];

    private static readonly string[] Lines =
    [
        """router_channel_success_rate{channel="alpha",product="withhold"} 0.95""",
        """router_channel_traffic_share{channel="alpha",product="payout"} 0.2""",
        """router_channel_traffic_share{channel="bravo",product="withhold"} 0.4""",
        """router_channel_in_flight{channel="alpha",lane="submit"} 3""",
        """router_channel_budget{channel="alpha",lane="query"} 16""",
        """router_channel_queue{channel="alpha",lane="submit"} 2""",
        """router_channel_breaker_state{channel="alpha",lane="submit"} 0""",
        """router_channel_breaker_state{channel="alpha",lane="query"} 1""",
        """router_channel_enabled{channel="alpha"} 1""",
        """router_channel_enabled{channel="bravo"} 0""",
        """router_channel_outage{channel="alpha",product="payout"} 2""",
        """router_channel_outage{channel="alpha",product="withhold"} 0""",
        """router_channel_closed{channel="bravo",why="lifecycle"} 1""",
        """router_channel_closed{channel="bravo",why="throttled"} 0""",
        """router_unknown_payments{channel="alpha"} 4""",
        """router_unknown_amount{channel="alpha"} 5000""",
        """router_unknown_oldest_seconds{channel="alpha"} 61""",
        """router_ingress_seconds_count{route="/v1/payments",status="201"} 1""",
        """router_ingress_seconds_count{route="/v1/payments/{id}",status="404"} 1""",
        """router_ingress_seconds_count{route="none",status="404"} 1""",
        """router_channel_call_seconds_count{channel="alpha",lane="submit"} 1""",
        """router_answers_total{channel="alpha",code="00",lane="submit"} 1""",
        """router_journal_batch_size_sum{} 12""",
        """router_notifications_total{merchant="shop",result="delivered"} 1""",
        """router_notifications_total{merchant="shop",result="failed"} 1""",
        """router_notifications_pending{merchant="shop"} 3""",
        """router_notifications_oldest_seconds{merchant="shop"} 0""",
        """router_cases_open{kind="late_success"} 2""",
        """router_not_ready{kind="storage"} 1""",
        """router_not_ready{kind="traffic"} 0""",
    ];

    [Fact]
    public async Task Names_and_labels_are_those_of_the_dashboards()
    {
        await using var node = await TestNode.StartAsync();
        node.Channels.Set("bravo", status => status with
        {
            Lifecycle = ChannelLifecycle.Disabled,
            Closed = new ChannelClosing(ClosingReason.Lifecycle, null),
        });
        node.Channels.Set("alpha", status => status with
        {
            Products = status.Products.SetItem(
                Product.Payout,
                status.Products[Product.Payout] with { Outage = new OutageStanding(OutageLevel.Down, DateTimeOffset.UnixEpoch) }),
        });
        var metrics = node.Get<RouterMetrics>();
        metrics.CallEnded(new ChannelId("alpha"), "submit", "00", 0.02);
        metrics.RowCommitted(0.004, 12);
        Tell(node, metrics);
        node.Check.Wrong = "away";
        node.Get<OpenCases>().ByKind = ImmutableSortedDictionary<string, long>.Empty.Add("late_success", 2);
        await node.PostPaymentAsync(Samples.Body());
        await node.GetAsync("/v1/payments/pay_x", "shop-key");
        await node.GetAsync("/no/such/path/4711", null);

        var text = (await node.GetAsync("/metrics", null)).Text;

        var names = text.Split('\n')
            .Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal))
            .Select(line => line[7..]);
        Assert.Equal(Names, names.Order(StringComparer.Ordinal));

        Assert.Equal("", await Promtool.CheckAsync(text));
        var samples = text.Split('\n').Select(line => Timestamp().Replace(line.Trim(), "$1")).ToHashSet();
        Assert.All(Lines, line => Assert.True(samples.Contains(line), $"{line} is not in\n{text}"));
        const string Uncounted = """router_channel_success_rate{channel="alpha",product="payout"}""";
        Assert.DoesNotContain(samples, line => line.StartsWith(Uncounted, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_channel_of_another_node_has_no_gauges_here_but_its_unknown_payments_of_this_node_s_books()
    {
        await using var node = await TestNode.StartAsync();
        node.Channels.Set("alpha", status => status with { IsOwnedHere = false });
        node.Channels.Set("bravo", status => status with { IsOwnedHere = false, NoOwnerFor = TimeSpan.FromSeconds(7) });

        var text = (await node.GetAsync("/metrics", null)).Text;

        Assert.DoesNotContain("router_channel_enabled{", text, StringComparison.Ordinal);
        Assert.DoesNotContain("router_channel_budget{", text, StringComparison.Ordinal);
        Assert.DoesNotContain("router_channel_success_rate{", text, StringComparison.Ordinal);
        Assert.DoesNotContain("router_channel_closed{", text, StringComparison.Ordinal);
        Assert.Contains("router_unknown_payments{channel=\"alpha\"} 4", text, StringComparison.Ordinal);
        Assert.Contains("router_channel_no_owner_seconds{channel=\"bravo\"} 7", text, StringComparison.Ordinal);
        Assert.DoesNotContain("router_channel_no_owner_seconds{channel=\"alpha\"}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodes_of_one_process_have_figures_of_their_own()
    {
        await using var node = await TestNode.StartAsync();
        await using var other = await TestNode.StartAsync();
        node.Get<RouterMetrics>().RowCommitted(0.004, 12);
        node.Get<Troubles>().Begin(CounterWriter.Subject, "away");

        var (mine, others) = ((await node.GetAsync("/metrics", null)).Text, (await other.GetAsync("/metrics", null)).Text);

        Assert.Contains("router_journal_batch_size_sum{} 12", mine, StringComparison.Ordinal);
        Assert.DoesNotContain("router_journal_batch_size_sum", others, StringComparison.Ordinal);
        Assert.Contains("router_counters_degraded{} 1", mine, StringComparison.Ordinal);
        Assert.Contains("router_counters_degraded{} 0", others, StringComparison.Ordinal);
    }

    /// <summary>Strangers choose numbers, banks, paths and keys; companies choose codes.</summary>
    [Fact]
    public async Task Ten_thousand_invented_values_make_no_more_series_than_a_few()
    {
        const int Each = 2_500;
        await using var node = await TestNode.StartAsync("router.http.wrong-tokens.burst = 1000000");
        var before = SeriesOf((await node.GetAsync("/metrics", null)).Text);
        var metrics = node.Get<RouterMetrics>();

        await Parallel.ForAsync(0, Each, async (at, _) =>
        {
            metrics.CallEnded(new ChannelId("alpha"), "submit", $"INVENTED{at}", 0.01);
            var payment = Samples.Body($"I-{at}");
            payment["account"]!["bank"] = $"BANK{at}";
            using var body = TestNode.Json(payment.ToJsonString());
            await SendAsync(node, HttpMethod.Post, "/v1/payments", "shop-key", body);
            await SendAsync(node, HttpMethod.Get, $"/v1/payments?order_no=I-{at}", $"invented-{at}", null);
            await SendAsync(node, HttpMethod.Post, $"/v1/channels/invented{at}/notify", null, null);
            await SendAsync(node, HttpMethod.Get, $"/invented/{at}", null, null);
        });

        var after = SeriesOf((await node.GetAsync("/metrics", null)).Text);
        var made = after.Except(before).ToList();
        Assert.DoesNotContain(made, series => series.Contains("invented", StringComparison.OrdinalIgnoreCase)
            && !series.StartsWith("router_answers_total{", StringComparison.Ordinal));
        Assert.InRange(made.Count(series => series.StartsWith("router_answers_total{", StringComparison.Ordinal)), 1, 41);
        Assert.InRange(made.Count, 1, 250);
    }

    private static async Task SendAsync(TestNode node, HttpMethod method, string path, string? key, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, new Uri(node.Address, path)) { Content = content };
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using var response = await node.Client.SendAsync(request);
    }

    private static HashSet<string> SeriesOf(string text) => [.. text.Split('\n')
        .Where(line => line.Contains('}') && !line.StartsWith('#')).Select(line => line[..(line.IndexOf('}') + 1)])];

    [Fact]
    public async Task A_whole_node_has_nothing_that_promtool_would_complain_of()
    {
        await using var node = await WholeNode.StartAsync("{}");
        await node.PayAsync("A-1", "withhold", wait: 5);
        var text = "";

        await WholeNode.EventuallyAsync(async () =>
        {
            text = await node.MetricsAsync();
            return text.Contains("router_cases_open{kind=\"late_success\"} 0", StringComparison.Ordinal);
        });

        Assert.Equal("", await Promtool.CheckAsync(text));
        Assert.Contains("router_not_ready{kind=\"books\"} 0", text, StringComparison.Ordinal);
        Assert.Contains("router_not_ready{kind=\"channels\"} 0", text, StringComparison.Ordinal);
        Assert.Contains("router_payments_total", text, StringComparison.Ordinal);
        Assert.Matches("router_build_info\\{commit=\"[0-9a-z]+\",version=\"[0-9]+\\.[0-9.]+\"\\} 1", text);
        Assert.Matches("process_cpu_seconds_total(\\{\\})? [0-9.]*[1-9]", text);
        Assert.Matches("process_open_fds(\\{\\})? [1-9]", text);
    }

    [Fact]
    public async Task Every_instrument_says_what_it_is()
    {
        var unsaid = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name.StartsWith(RouterMetrics.MeterName, StringComparison.Ordinal)
                    && string.IsNullOrWhiteSpace(instrument.Description))
                {
                    unsaid.Add(instrument.Name);
                }
            },
        };
        listener.Start();
        await using var node = await TestNode.StartAsync();

        Assert.Empty(unsaid);
    }

    private static void Tell(TestNode node, RouterMetrics metrics)
    {
        metrics.WebhookEnded(new MerchantId("shop"), NotificationState.Delivered);
        metrics.WebhookEnded(new MerchantId("shop"), NotificationState.Pending);
        node.Notifications.Set("shop", new WebhookBacklog(3, DateTimeOffset.MaxValue));
    }

    [GeneratedRegex(@"^(.* [^ ]+) \d{13}$")]
    private static partial Regex Timestamp();
}
