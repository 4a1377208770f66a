using System.Runtime.CompilerServices;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Orders;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Telemetry.Spans;

namespace RouterCluster.Node.Channels;

/// <summary>
/// A lane's part of payments' traces: how long orders wait, and the calls; and the calls' metrics, which lead to the traces.
/// </summary>
internal sealed class LaneSpans<TOrder>(
    PaymentSpans spans, RouterMetrics metrics, ChannelId channel, ILaneOrders<TOrder> orders)
    where TOrder : class
{
    /// <summary>Holds no order: one that the lane refuses leaves it with the order itself.</summary>
    private readonly ConditionalWeakTable<TOrder, object> _arrivals = [];

    private SpanName CallName => orders.Lane == ChannelLane.Submit ? SpanName.Submit : SpanName.Query;

    public void Arrived(TOrder order, TimeSpan now)
    {
        if (spans.IsOn)
        {
            _arrivals.AddOrUpdate(order, now);
        }
    }

    public void Sent(TOrder order, TimeSpan now)
    {
        if (!spans.IsOn || !_arrivals.TryGetValue(order, out var arrival))
        {
            return;
        }

        _arrivals.Remove(order);
        var waited = now - (TimeSpan)arrival;
        var attempt = orders.Report(order, Outcome.None);
        spans.Record(
            attempt.Payment, SpanName.LaneWait, waited, waited > spans.SlowAfter, null,
            SpanTags.Of(attempt.Payment), SpanTags.Of("channel", channel.Value), SpanTags.Of("lane", orders.Lane.Name()),
            SpanTags.Of("attempt", attempt.AttemptNo));
    }

    public void Ended(TOrder order, Outcome outcome, TimeSpan took)
    {
        if (spans.IsOn)
        {
            Record(order, outcome, took);
        }
        else
        {
            Measure(outcome, took);
        }
    }

    private void Measure(Outcome outcome, TimeSpan took) =>
        metrics.CallEnded(channel, orders.Lane.Name(), outcome.Code, took.TotalSeconds);

    /// <summary>A payment that is asked about is unknown or takes long, so that every query tells.</summary>
    private void Record(TOrder order, Outcome outcome, TimeSpan took)
    {
        var attempt = orders.Report(order, outcome);
        var isTelling = orders.Lane == ChannelLane.Query || !outcome.IsSuccess() || took > spans.SlowAfter;
        var span = spans.Of(
            attempt.Payment, CallName, took, isTelling, outcome.Class == OutcomeClass.Unknown ? outcome.Class.Name() : null,
            SpanTags.Of(attempt.Payment), SpanTags.Of("channel", channel.Value), SpanTags.Of("lane", orders.Lane.Name()),
            SpanTags.Of("attempt", attempt.AttemptNo), SpanTags.Of("order_no", orders.OrderNo(order)),
            SpanTags.Of("class", outcome.Class.Name()), SpanTags.Of("code", outcome.Code),
            SpanTags.Of("landing", outcome.Landing.ToString()));
        spans.Record(span, () => Measure(outcome, took));
    }
}
