using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Settings;

namespace RouterCluster.Node.Descriptions;

/// <summary>Parameters that several endpoints share. Their examples are of the payment in the example of a new one.</summary>
internal static class Parameters
{
    private const string PaymentPattern = "^pay_[0-9a-f]{3}[0-9abcdefghjkmnpqrstvwxyz]{26}$";

    public static RouteHandlerBuilder TakesOrderNo(this RouteHandlerBuilder route) =>
        route.Takes("order_no", Shapes.Text(PaymentReader.OrderNo), OrderNo, isRequired: true);

    /// <summary>The id that the example payment has, or would have, in this installation.</summary>
    public static RouteHandlerBuilder TakesPaymentId(this RouteHandlerBuilder route) =>
        route.Takes("id", new OpenApiSchema { Type = JsonSchemaType.String, Pattern = PaymentPattern }, PaymentId);

    public static RouteHandlerBuilder TakesPages(this RouteHandlerBuilder route) => route
        .Takes("limit", WithDefault(Shapes.Whole(1, Paging.LongestPage, "How many a page has."), Paging.UsualPage), _ => "20")
        .Takes("cursor", new OpenApiSchema { Type = JsonSchemaType.String, Description = "`next` of the page before." });

    public static RouteHandlerBuilder TakesChannelId(this RouteHandlerBuilder route) =>
        route.Takes("id", Shapes.Text(TextRule.Id), ChannelId);

    public static RouteHandlerBuilder TakesMerchant(
        this RouteHandlerBuilder route, string name = "merchant", bool isRequired = true) =>
        route.Takes(name, Shapes.Text(TextRule.Id), services => MerchantOf(services).Value, isRequired);

    public static OpenApiSchema WithDefault(OpenApiSchema schema, int value)
    {
        schema.Default = JsonValue.Create(value);
        return schema;
    }

    public static string ChannelId(IServiceProvider services) =>
        services.GetRequiredService<IReadOnlyList<ChannelSettings>>().FirstOrDefault()?.Id.Value ?? "alpha";

    private static string OrderNo(IServiceProvider services) =>
        (string)RequestBodies.NewPayment(services.GetRequiredService<IReadOnlyList<ChannelSettings>>()).Example["order_no"]!;

    private static string PaymentId(IServiceProvider services) =>
        services.GetRequiredService<IPayments>().IdOf(MerchantOf(services), OrderNo(services)).Value;

    private static MerchantId MerchantOf(IServiceProvider services) =>
        services.GetRequiredService<RouterSettings>().Merchants.FirstOrDefault()?.Id ?? new MerchantId("demo");
}
