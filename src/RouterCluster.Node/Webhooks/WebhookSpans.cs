using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Platform.Telemetry.Spans;

namespace RouterCluster.Node.Webhooks;

/// <summary>
/// The webhooks' part of payments' traces: a span for each attempt. URLs may hold merchants' secrets and stay out.
/// </summary>
internal static class WebhookSpans
{
    public static void WebhookEnded(
        this PaymentSpans spans, DueNotification notification, DeliveryOutcome outcome, TimeSpan took)
    {
        if (spans.IsOn && notification.Id.Payment is { } payment)
        {
            spans.Record(
                payment, SpanName.Webhook, took, isTelling: !outcome.IsDelivered, outcome.Error,
                SpanTag.Of("router.merchant", notification.Merchant.Value), SpanTag.Of("router.webhook", notification.Id.Value),
                SpanTag.Of("router.attempt", notification.Attempts + 1),
                SpanTag.Of("http.response.status_code", outcome.Status));
        }
    }
}
