using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Orders;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Notices;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Telemetry.Spans;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Tests.Payments;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Tests.Platform.Telemetry.Spans;

/// <summary>What a payment costs that goes well and is not sampled: the usual one.</summary>
[Collection(SpanSources.Name)]
public sealed class SpanCostTests
{
    private const int Payments = 1_000;

    /// <summary>A webhook and a notice name the payment by a part of their own number, which is cut out of it.</summary>
    private const int BytesOfId = 96;

    private static readonly Outcome Success = new(OutcomeClass.Success, Landing.Landed, "00");
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(5);

    private readonly RouterClock _clock = new(new FakeTimeProvider(PaymentSamples.At));
    private readonly PaymentSpans _spans;

    public SpanCostTests() => _spans = new PaymentSpans(new SpanRules(0, 10, 500), TimeSpan.FromSeconds(10), _clock);

    [Fact]
    public void A_commit_that_is_not_exported_allocates_nothing()
    {
        var rows = RowsOf(One);
        Assert.Equal(0, AllocatedByEach(i => _spans.RowCommitted(1, Short, rows[i])));

        static CommittedEvent[] One(Payment payment) =>
        [
            new(payment, new PaymentAccepted(payment.CreatedAt, payment.Content, payment.ExpiresAt)),
            new(payment, PaymentSamples.Events["attempt-started"]),
        ];
    }

    [Fact]
    public void A_payment_that_ends_well_allocates_nothing()
    {
        var rows = RowsOf(payment =>
        [
            new(payment, new AttemptEnded(payment.CreatedAt, 1, Success)),
            new(payment, new PaymentSucceeded(payment.CreatedAt)),
        ]);
        Assert.Equal(0, AllocatedByEach(i => _spans.RowCommitted(1, Short, rows[i])));
    }

    [Fact]
    public void A_row_of_many_payments_allocates_nothing()
    {
        BookEffect[] row = [new BookEffect.Committed(1, [], [.. RowsOf(Accepted).SelectMany(EventsOf)])];
        Assert.Equal(0, Allocation.Of(10, () => _spans.RowCommitted(1, Short, row)));

        static CommittedEvent[] Accepted(Payment payment) =>
            [new(payment, new PaymentAccepted(payment.CreatedAt, payment.Content, payment.ExpiresAt))];

        static IEnumerable<CommittedEvent> EventsOf(BookEffect[] effects) => ((BookEffect.Committed)effects[0]).Events;
    }

    [Fact]
    public void A_call_that_is_not_exported_allocates_no_more_than_its_metric()
    {
        using var metrics = new RouterMetrics();
        var lane = new LaneSpans<SubmitOrder>(_spans, metrics, PaymentSamples.Alpha, SubmitOrders.Instance);
        var orders = Each(payment => new SubmitOrder(
            payment.Id, 1, payment.Id.AttemptOrderNo(1), PaymentSamples.Alpha, payment.Content.Merchant, payment.Content.Product,
            payment.Content.Amount, payment.Content.Account, payment.ExpiresAt));
        var metric = AllocatedByEach(_ => metrics.CallEnded(PaymentSamples.Alpha, "submit", Success.Code, 0));

        Assert.Equal(metric, AllocatedByEach(i =>
        {
            lane.Sent(orders[i], Short);
            lane.Ended(orders[i], Success, Short);
        }));
    }

    [Fact]
    public void A_request_that_is_not_exported_allocates_nothing()
    {
        var requests = new RequestSpans(_spans, _clock);
        var context = new DefaultHttpContext();
        context.Request.Headers.TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        var answers = Each(payment => new BookAnswer.Stored(payment, IsNew: true));
        Assert.Equal(0, AllocatedByEach(i => requests.Answered(context, answers[i], default)));
    }

    [Fact]
    public void A_webhook_or_a_notice_that_is_not_exported_allocates_its_payment_s_id_alone()
    {
        var notifications = Each(payment => new DueNotification(
            NotificationId.Of(payment.Id, NotificationType.PaymentSucceeded, 1), payment.Content.Merchant, "", default, 0, 1,
            IsHeld: false));
        var notices = Each(payment => new ChannelNotice(payment.Id.AttemptOrderNo(1), payment.Content.Amount, Success));
        var (delivered, heard) = (DeliveryOutcome.Answered(200), new BookAnswer.Heard(NoticeFate.Stored));

        Assert.InRange(AllocatedByEach(i => _spans.WebhookEnded(notifications[i], delivered, Short)), 1, BytesOfId);
        Assert.InRange(AllocatedByEach(i => _spans.NoticeHeard(PaymentSamples.Alpha, notices[i], heard, Short)), 1, BytesOfId);
    }

    /// <summary>Bytes for each payment; places and tables have grown in a round before.</summary>
    private static long AllocatedByEach(Action<int> work)
    {
        var next = 0;
        return Allocation.Of(Payments, () => work(next++ % Payments)) / Payments;
    }

    private static T[] Each<T>(Func<Payment, T> make) =>
        [.. Enumerable.Range(0, Payments).Select(number => make(PaymentSamples.Accepted($"A-{number}")))];

    private static BookEffect[][] RowsOf(Func<Payment, CommittedEvent[]> events) =>
        Each(payment => new BookEffect[] { new BookEffect.Committed(1, [], events(payment)) });
}
