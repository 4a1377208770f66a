using System.Text.Json;
using RouterCluster.Api;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Payments;

/// <summary>Lets operators close any merchant's payment of which nothing was sent.</summary>
internal sealed class PaymentCancel(OperatorAccess access, IPayments payments, IAuditLog audit, RouterClock clock)
{
    private static readonly string[] Names = ["reason"];

    public Task CancelAsync(HttpContext context, string id) => access.EnterAsync(context, isChange: true, async who =>
    {
        var (request, wrong) = await JsonBody.ReadAsync(context.Request, 0, static (json, _, errors) => Read(json, errors));
        if (request is null)
        {
            return wrong;
        }

        var (payment, refusal) = await payments.FindAsync(PaymentId.Parse(id), context.RequestAborted);
        if (payment is null)
        {
            return refusal?.Naming("payment", id);
        }

        // What has ended stays as it is.
        if (!payment.IsFinal)
        {
            await new OperatorWish("cancel", who.Name, "asked to cancel it", request.Reason, payment.Id.Value)
                .RecordAsync(audit, clock.Utc, context);
        }

        return await payments.ShowCancelledAsync(context, payment.Id);
    });

    private static CancelRequest? Read(JsonElement json, FieldErrors errors)
    {
        var reason = new ObjectFields(json, "", Names, errors).Text("reason", ChannelChangeReader.Reason, isRequired: true);
        return errors.Any ? null : new CancelRequest(reason!);
    }
}
