using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Orders;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Telemetry.Spans;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Tests.Payments;

namespace RouterCluster.Node.Tests.Platform.Telemetry.Spans;

[Collection(SpanSources.Name)]
public sealed class SpanWriterTests : IDisposable
{
    private static readonly PaymentId Payment = PaymentSamples.IdOf("T-1");

    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;
    private readonly PaymentSpans _spans = new(
        new SpanRules(1, 0, 10), TimeSpan.FromSeconds(10), new RouterClock(new FakeTimeProvider(PaymentSamples.At)));

    public SpanWriterTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("RouterCluster.", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>The ids are written into fields of the runtime's class; this fails when a new runtime has others.</summary>
    [Fact]
    public void The_root_has_the_ids_that_its_children_name_before_it_is_made()
    {
        _spans.Record(Payment, SpanName.Submit, TimeSpan.FromSeconds(2), isTelling: false, "unknown");
        _spans.Record(new PaymentSpan(Payment, SpanName.Payment, PaymentSamples.At, TimeSpan.FromSeconds(3)));

        var child = Assert.Single(_ended, activity => activity.OperationName == "channel.submit" && IsOfPayment(activity));
        var root = Assert.Single(_ended, activity => activity.OperationName == "payment" && IsOfPayment(activity));
        Assert.Equal((child.ParentSpanId, default), (root.SpanId, root.ParentSpanId));
        Assert.Equal(root.Id, $"00-{root.TraceId}-{root.SpanId}-01");
        Assert.Equal((ActivityStatusCode.Error, "unknown"), (child.Status, child.StatusDescription));
        Assert.Equal(PaymentSamples.At.UtcDateTime.AddSeconds(-3), root.StartTimeUtc);
        Assert.Equal(TimeSpan.FromSeconds(2), child.Duration);
    }

    [Fact]
    public void A_span_that_is_written_leaves_the_work_that_goes_on_as_it_is()
    {
        using var other = new Activity("work").Start();

        _spans.Record(new PaymentSpan(Payment, SpanName.Payment, PaymentSamples.At, TimeSpan.FromSeconds(3)));
        _spans.Record(Payment, SpanName.Commit, TimeSpan.FromSeconds(1), isTelling: false, null);

        Assert.Same(other, Activity.Current);
    }

    [Fact]
    public void Without_a_collector_nothing_is_allocated()
    {
        using var metrics = new RouterMetrics();
        var lane = new LaneSpans<QueryOrder>(PaymentSpans.Off, metrics, PaymentSamples.Alpha, QueryOrders.Instance);
        var order = new QueryOrder(
            Payment, 1, "1", PaymentSamples.Alpha, PaymentSamples.Content("T-1").Merchant, PaymentSamples.Content("T-1").Product,
            PaymentSamples.Content("T-1").Amount);
        var outcome = Outcome.Unknown("timeout");
        BookEffect[] row = [new BookEffect.Committed(1, [], [])];

        // The metric is measured with traces and without.
        var measured = Allocation.Of(1_000, () => metrics.CallEnded(PaymentSamples.Alpha, "query", outcome.Code, 0));
        var all = Allocation.Of(1_000, () =>
        {
            lane.Sent(order, default);
            lane.Ended(order, outcome, default);
            PaymentSpans.Off.RowCommitted(1, default, row);
        });

        Assert.Equal(measured, all);
    }

    private static bool IsOfPayment(Activity activity) => activity.TraceId == SpanIds.TraceOf(Payment);
}
