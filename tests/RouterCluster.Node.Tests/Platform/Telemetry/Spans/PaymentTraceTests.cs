using System.Globalization;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Platform.Telemetry.Spans;
using RouterCluster.Node.Tests.Nodes;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Platform.Telemetry.Spans;

/// <summary>A whole node in front of a simulated channel, a merchant and a collector.</summary>
[Collection(SpanSources.Name)]
public sealed class PaymentTraceTests
{
    private const string CallersTrace = "4bf92f3577b34da6a3ce929d0e0e4736";

    private const string Hocon = """
        router.telemetry { otlp-endpoint = "COLLECTOR", sample = SAMPLE }
        router.merchants.shop {
          notify-url = "URL", notify-allow = ["127.0.0.1:PORT"]
          notify-secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
        }
        """;

    [Fact]
    public async Task A_payment_is_one_tree_of_spans_from_request_to_webhook_without_account_data()
    {
        using var collector = new OtlpCollector();
        using var receiver = WebhookReceiver.Start();
        await using var node = await WholeNode.StartAsync("{}", HoconOf(collector, receiver, "1"));

        var (_, payment) = await node.PayAsync("T-1", "withhold", wait: 20, trace: $"00-{CallersTrace}-00f067aa0ba902b7-01");
        string[] expected =
        [
            "book.commit", "book.commit", "channel.submit", "lane.wait", "payment", "request", "webhook",
        ];
        await WholeNode.EventuallyAsync(() => Task.FromResult(collector.Spans.Count >= expected.Length));

        var id = PaymentId.Parse((string?)payment["id"])!.Value;
        var (spans, ids) = (collector.Spans, SpanIds.Of(id));
        Assert.Equal(expected, spans.Select(span => span.Name).Order(StringComparer.Ordinal));
        Assert.Equal([ids.TraceId.ToHexString()], spans.Select(span => span.Trace).Distinct());
        var root = Assert.Single(spans, span => span.Parent == "");
        Assert.Equal(("payment", ids.SpanId.ToHexString()), (root.Name, root.Id));
        Assert.All(spans.Where(span => span != root), span => Assert.Equal(root.Id, span.Parent));
        Assert.Equal(spans.Count, spans.Select(span => span.Id).Distinct().Count());
        Assert.All(spans, span => Assert.Equal(id.Value, span.Tags["router.payment"]));
        Assert.Equal(("succeeded", "alpha"), (root.Tags["router.state"], root.Tags["router.channel"]));
        Assert.Equal("00", Assert.Single(spans, span => span.Name == "channel.submit").Tags["router.code"]);
        Assert.Equal([CallersTrace], Assert.Single(spans, span => span.Name == "request").Links);
        Assert.Equal(["/v1/traces"], collector.Paths);
        foreach (var secret in new[] { Samples.CardNumber, "Zhang San", "shop-key", "sim-secret", "whsec_", receiver.Url })
        {
            Assert.DoesNotContain(secret, collector.Raw, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("traceparent", receiver.Calls.Single().Headers.Keys);
        Assert.Contains(
            (await node.OpenMetricsAsync()).Split('\n'),
            line => line.StartsWith("router_channel_call_seconds_bucket{channel=\"alpha\"", StringComparison.Ordinal)
                && line.Contains($"trace_id=\"{ids.TraceId}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_payment_whose_result_was_unknown_is_exported_whole_over_a_restart_and_one_that_went_well_is_not()
    {
        using var collector = new OtlpCollector();
        using var receiver = WebhookReceiver.Start();
        await using var node = await WholeNode.StartAsync("{}", HoconOf(collector, receiver, "0"));
        await node.PayAsync("T-1", "withhold", wait: 20);
        await node.ControlAsync("""{ "mode": "lost_response", "query_visible_after_ms": 8000 }""");
        var (_, lost) = await node.PayAsync("T-2", "withhold", wait: 0);
        await WholeNode.EventuallyAsync(() => Task.FromResult(collector.Spans.Any(span => span.Name == "channel.query")));

        await node.RestartAsync();
        await WholeNode.EventuallyAsync(() => Task.FromResult(collector.Spans.Any(span => span.Name == "payment")));

        var (spans, ids) = (collector.Spans, SpanIds.Of(PaymentId.Parse((string?)lost["id"])!.Value));
        Assert.Equal([ids.TraceId.ToHexString()], spans.Select(span => span.Trace).Distinct());
        var root = Assert.Single(spans, span => span.Parent == "");
        Assert.Equal(ids.SpanId.ToHexString(), root.Id);
        Assert.All(spans.Where(span => span != root), span => Assert.Equal(root.Id, span.Parent));
        Assert.Superset(
            new HashSet<string> { "book.commit", "lane.wait", "channel.submit", "channel.query", "payment" },
            spans.Select(span => span.Name).ToHashSet());
    }

    private static string HoconOf(OtlpCollector collector, WebhookReceiver receiver, string sample) => Hocon
        .Replace("COLLECTOR", collector.Url, StringComparison.Ordinal)
        .Replace("SAMPLE", sample, StringComparison.Ordinal)
        .Replace("URL", receiver.Url, StringComparison.Ordinal)
        .Replace("PORT", receiver.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
