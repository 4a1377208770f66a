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
    private SpanName CallName => orders.Lane == ChannelLane.Submit ? SpanName.Submit : SpanName.Query;

    public void Sent(TOrder order, TimeSpan waited)
    {
        if (!spans.IsOn)
        {
            return;
        }

        var (payment, attemptNo) = orders.Attempt(order);
        spans.Record(
            payment, SpanName.LaneWait, waited, waited > spans.SlowAfter, null,
            SpanTag.Of("router.channel", channel.Value), SpanTag.Of("router.lane", orders.Lane.Name()),
            SpanTag.Of("router.attempt", attemptNo));
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
        var (payment, attemptNo) = orders.Attempt(order);
        var isTelling = orders.Lane == ChannelLane.Query || !outcome.IsSuccess() || took > spans.SlowAfter;
        var span = spans.Of(
            payment, CallName, took, isTelling, outcome.Class == OutcomeClass.Unknown ? outcome.Class.Name() : null,
            SpanTag.Of("router.channel", channel.Value), SpanTag.Of("router.lane", orders.Lane.Name()),
            SpanTag.Of("router.attempt", attemptNo), SpanTag.Of("router.order_no", orders.OrderNo(order)),
            SpanTag.Of("router.class", outcome.Class.Name()), SpanTag.Of("router.code", outcome.Code),
            SpanTag.Of("router.landing", Enum.GetName(outcome.Landing)));
        spans.Record(
            span, (Spans: this, Outcome: outcome, Took: took), static call => call.Spans.Measure(call.Outcome, call.Took));
    }
}
