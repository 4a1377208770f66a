using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Platform.Telemetry.Spans;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Tests.Payments;
using Xunit.Abstractions;

namespace RouterCluster.Node.Tests.Platform.Telemetry.Spans;

/// <summary>Memory of spans that left is used again; no span of a payment that tells may be lost or mixed up.</summary>
[Collection(SpanSources.Name)]
public sealed class SpanTailLossTests(ITestOutputHelper output)
{
    private const int Payments = 300;

    [Fact]
    public void All_spans_of_payments_that_tell_come_out_whole_and_in_order_and_none_of_the_others()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var tail = new SpanTail(new SpanRules(0, int.MaxValue, 10 * Payments * 20));
        var waiting = new Dictionary<PaymentId, List<PaymentSpan>>();
        var told = new HashSet<PaymentId>();
        for (var step = 0; step < 20_000; step++)
        {
            var span = Draw(random, step);
            var before = waiting.GetValueOrDefault(span.Payment) ?? [];
            var due = tail.Take(span, default);
            if (told.Contains(span.Payment) || span.IsTelling)
            {
                Assert.Equal([.. before, span], due);
                told.Add(span.Payment);
                waiting.Remove(span.Payment);
            }
            else
            {
                Assert.Empty(due);
                waiting[span.Payment] = span.Name == SpanName.Payment ? [] : [.. before, span];
            }

            Assert.Equal(waiting.Values.Sum(spans => spans.Count), tail.Waiting);
        }

        Assert.InRange(told.Count, 1, 20_000);
    }

    [Fact]
    public void Nodes_that_record_from_many_threads_export_each_span_of_a_payment_that_tells_once()
    {
        var trace = new ConcurrentDictionary<ActivityTraceId, ConcurrentBag<string>>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("RouterCluster.", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => trace.GetOrAdd(activity.TraceId, _ => []).Add(activity.DisplayName),
        };
        ActivitySource.AddActivityListener(listener);
        var spans = new PaymentSpans(
            new SpanRules(0, int.MaxValue, 100_000), TimeSpan.FromSeconds(10),
            new RouterClock(new FakeTimeProvider(PaymentSamples.At)));
        var payments = Enumerable.Range(0, Payments).Select(number => PaymentSamples.IdOf($"L-{number}")).ToArray();

        Parallel.For(0, Payments, number =>
        {
            spans.Record(payments[number], SpanName.Request, default, isTelling: false, null);
            spans.Record(payments[number], SpanName.Commit, default, isTelling: false, null);
            spans.Record(payments[number], SpanName.Submit, default, isTelling: number % 3 == 0, null);
            spans.Record(new PaymentSpan(payments[number], SpanName.Payment, PaymentSamples.At, default));
            spans.Record(payments[number], SpanName.Webhook, default, isTelling: false, null);
        });

        for (var number = 0; number < Payments; number++)
        {
            var exported = trace.GetValueOrDefault(SpanIds.TraceOf(payments[number])) ?? [];
            Assert.Equal(
                number % 3 == 0 ? ["book.commit", "channel.submit", "payment", "request", "webhook"] : [],
                exported.Order(StringComparer.Ordinal));
        }
    }

    private static PaymentSpan Draw(Random random, int step)
    {
        var names = Enum.GetValues<SpanName>();
        return new PaymentSpan(
            PaymentSamples.IdOf($"A-{step / 1_000}-{random.Next(Payments)}"), names[random.Next(names.Length)],
            PaymentSamples.At.AddSeconds(step), default)
        {
            IsTelling = random.Next(20) == 0,
            Tags = SpanTags.Of(SpanTag.Of("router.row", step)),
        };
    }
}
