using Microsoft.OpenApi;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Descriptions;

namespace RouterCluster.Node.Payments;

/// <summary>Parameters that name a payment; their examples match the example of a new payment.</summary>
internal static class PaymentParameters
{
    private const string PaymentPattern = "^pay_[0-9a-f]{3}[0-9abcdefghjkmnpqrstvwxyz]{26}$";

    public static RouteHandlerBuilder TakesOrderNo(this RouteHandlerBuilder route) =>
        route.Takes("order_no", Shapes.Text(PaymentReader.OrderNo), OrderNo, isRequired: true);

    /// <summary>The id that the example payment has in this installation.</summary>
    public static RouteHandlerBuilder TakesPaymentId(this RouteHandlerBuilder route) =>
        route.Takes("id", new OpenApiSchema { Type = JsonSchemaType.String, Pattern = PaymentPattern }, PaymentId);

    public static string OrderNo(IServiceProvider services) =>
        (string)PaymentBodies.NewPayment(services.GetRequiredService<IReadOnlyList<ChannelSettings>>()).Example["order_no"]!;

    private static string PaymentId(IServiceProvider services) =>
        services.GetRequiredService<IPayments>().IdOf(MerchantParameters.MerchantOf(services), OrderNo(services)).Value;
}
