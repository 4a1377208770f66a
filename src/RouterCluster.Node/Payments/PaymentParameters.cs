using Microsoft.OpenApi;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Payments;

/// <summary>Parameters that name a payment; their examples match the example of a new payment.</summary>
internal static class PaymentParameters
{
    private const string PaymentPattern = "^pay_[0-9a-f]{3}[0-9abcdefghjkmnpqrstvwxyz]{26}$";

    public const string ListText = """
        With `order_no` it is the payment of that number itself, not a list, and `merchant` is required.

        Without it, payments that fit all of the filter, the newest first, as the read model has them: it follows the books
        within a second. The filter must have a time, a channel, a merchant, or a state other than `succeeded`: others would
        read every payment and are 400 `invalid`. A page may have fewer items than `limit`, or none: only `next` null is the
        end.
        """;

    public const string MerchantListText = """
        `order_no` alone answers with the payment itself, not with a list.

        With any of the others, the merchant's payments made with keys of this mode, the newest first, as the read model has
        them: it follows within a second. A page may have fewer items than `limit`, or none: only `next` null is the end.
        """;

    public static RouteHandlerBuilder TakesMerchantList(this RouteHandlerBuilder route) => route
        .Takes("order_no", Shapes.Text(PaymentReader.OrderNo, "The merchant's own number."), OrderNo)
        .Takes("created_from", Moment("Accepted then or later"))
        .Takes("created_to", Moment("Accepted before then"))
        .Takes("limit", Parameters.WithDefault(
            Shapes.Whole(1, Paging.LongestPage, "How many a page has."), Paging.UsualPage))
        .Takes("cursor", new OpenApiSchema { Type = JsonSchemaType.String, Description = "`next` of the page before." });

    public static RouteHandlerBuilder TakesPaymentFilter(this RouteHandlerBuilder route) => route
        .Takes("state", Shapes.Words(PaymentFilterReader.States))
        .Takes("channel", Shapes.Text(TextRule.Id, "The channel that took it, or that had it last."), _ => "alpha")
        .Takes("merchant", Shapes.Text(TextRule.Id))
        .Takes("product", Shapes.Words(ProductNames.All))
        .Takes("class", Shapes.Words(PaymentFilterReader.Classes, "Of any attempt, or of the failure."))
        .Takes("code", Shapes.Text(PaymentFilterReader.Code, "Of any attempt, or of the failure."))
        .Takes("bank", Shapes.Text(PaymentFilterReader.Bank))
        .Takes("min_amount", Shapes.Whole(0, PaymentReader.MostMinor, "Whole minor units."))
        .Takes("max_amount", Shapes.Whole(0, PaymentReader.MostMinor, "Whole minor units."))
        .Takes("since", Moment("Accepted then or later"))
        .Takes("until", Moment("Accepted before then"))
        .Takes("sort", Shapes.Words(PaymentFilterReader.Sorts, "`-created_at`, the newest first, if absent."))
        .Takes("order_no", Shapes.Text(PaymentReader.OrderNo, "The merchant's number."))
        .Takes("mode", Shapes.Words(["live", "sandbox"], "Of the key, with `order_no`."));

    private static OpenApiSchema Moment(string says) => new()
    {
        Type = JsonSchemaType.String, Description = $"{says}: a time, or how long ago such as 90s, 10m, 2h or 7d.",
    };

    /// <summary>The id that the example payment has in this installation.</summary>
    public static RouteHandlerBuilder TakesPaymentId(this RouteHandlerBuilder route) =>
        route.Takes("id", new OpenApiSchema { Type = JsonSchemaType.String, Pattern = PaymentPattern }, PaymentId);

    public static string OrderNo(IServiceProvider services) =>
        (string)PaymentBodies.NewPayment(services.GetRequiredService<IReadOnlyList<ChannelSettings>>()).Example["order_no"]!;

    private static string PaymentId(IServiceProvider services) =>
        services.GetRequiredService<IPayments>().IdOf(MerchantParameters.MerchantOf(services), OrderNo(services)).Value;
}
