using RouterCluster.Api;
using RouterCluster.Host.Access;
using RouterCluster.Host.Descriptions;

namespace RouterCluster.Host.Ingress;

internal static class PaymentRoutes
{
    public static void MapPaymentRoutes(this WebApplication app)
    {
        var payments = app.Services.GetRequiredService<PaymentEndpoints>();
        var group = app.MapGroup("/v1").WithTags("Payments").WithMetadata(new AudienceMark(Audience.Merchants));
        group.MapPost("/payments", (Delegate)payments.PostAsync)
            .WithName("createPayment")
            .WithSummary("Make a payment")
            .WithDescription(Texts.NewPayment)
            .TakesJson<NewPayment>(isRequired: true)
            .TakesWaitPreference()
            .Gives<PaymentBody>(201, "Stored by this request.")
            .Gives<PaymentBody>(200, "Stored by an earlier request with the same number and content.")
            .Refuses(400, 401, 403, 409, 413, 422, 429, 500, 503);
        group.MapGet("/payments/{id}", (Delegate)payments.GetAsync)
            .WithName("getPayment")
            .WithSummary("Look a payment up by its id")
            .Gives<PaymentBody>(200, "The payment.")
            .Refuses(401, 403, 404, 503);
        group.MapGet("/payments", (Delegate)payments.FindAsync)
            .WithName("findPayment")
            .WithSummary("Look a payment up by the merchant's own number")
            .WithDescription("Answers with the payment itself, not with a list.")
            .Gives<PaymentBody>(200, "The payment.")
            .Refuses(400, 401, 403, 404, 503);
    }
}
