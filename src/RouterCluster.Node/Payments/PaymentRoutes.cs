using RouterCluster.Api;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Descriptions;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Payments;

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
            .TakesJson(RequestBodies.NewPayment(app.Services.GetRequiredService<IReadOnlyList<ChannelSettings>>()))
            .TakesWaitPreference()
            .Gives<PaymentBody>(201, "Stored by this request.")
            .Gives<PaymentBody>(200, "Stored by an earlier request with the same number and content.")
            .Refuses(Problems.NewPayment);
        group.MapGet("/payments/{id}", (Delegate)payments.GetAsync)
            .WithName("getPayment")
            .WithSummary("Look a payment up by its id")
            .TakesPaymentId()
            .Gives<PaymentBody>(200, "The payment.")
            .Refuses([.. Problems.Merchants, "not_found", "in_progress", "unavailable"]);
        group.MapGet("/payments", (Delegate)payments.FindAsync)
            .WithName("findPayment")
            .WithSummary("Look a payment up by the merchant's own number")
            .WithDescription("Answers with the payment itself, not with a list.")
            .TakesOrderNo()
            .Gives<PaymentBody>(200, "The payment.")
            .Refuses([.. Problems.Merchants, "not_found", "in_progress", "unavailable"]);
    }
}
