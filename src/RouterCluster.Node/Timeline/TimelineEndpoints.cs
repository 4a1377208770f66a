using RouterCluster.Api;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Timeline;

internal sealed class TimelineEndpoints(
    OperatorAccess access, IPayments payments, IPaymentJournal journal, IWebhooks webhooks, IAuditLog audit)
{
    private const int MostWebhooks = 100;
    private const int MostActions = 100;

    public Task GetAsync(HttpContext context, string id) => access.EnterAsync(context, isChange: false, async _ =>
    {
        var (payment, refusal) = await payments.FindAsync(PaymentId.Parse(id), context.RequestAborted);
        if (payment is null)
        {
            return refusal?.Naming("payment", id);
        }

        var sent = await webhooks.ListAsync(
            new WebhookFilter(null, payment.Id, null), MostWebhooks, cursor: null, context.RequestAborted);
        var sources = new TimelineSources(
            payment, await journal.ReadAsync(payment, context.RequestAborted), sent.Items,
            await audit.OfPaymentAsync(payment.Id, MostActions, context.RequestAborted));
        await context.JsonAsync(200, sources.ToTimeline(), ApiJson.Default.TimelineBody);
        return null;
    });
}
