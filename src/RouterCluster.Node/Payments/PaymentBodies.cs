using Microsoft.OpenApi;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Platform.Descriptions;

namespace RouterCluster.Node.Payments;

internal static class PaymentBodies
{
    /// <summary>The accepted bank codes depend on the channels.</summary>
    public static RequestBody NewPayment(IReadOnlyList<ChannelSettings> channels) => new(
        "NewPayment",
        Shapes.Object("A payment to make.", ["order_no", "product", "amount", "currency", "account"], new()
        {
            ["order_no"] = Shapes.Text(PaymentReader.OrderNo, "The merchant's own number, and the idempotency key."),
            ["product"] = Shapes.Text(PaymentReader.Product),
            ["amount"] = Shapes.Whole(1, PaymentReader.MostMinor, "Whole minor units (fen): 12000 is 120 yuan."),
            ["currency"] = Shapes.Text(PaymentReader.Currency),
            ["account"] = Account(channels),
            ["notify_url"] = Shapes.Text(PaymentReader.NotifyUrl, "Needs a notify-secret of the merchant.").OrNull(),
            ["metadata"] = Metadata().OrNull(),
            ["expires_in"] = Shapes.Whole(1, PaymentReader.MostSeconds, "Seconds, 600 if absent: no new attempt starts after it.")
                .OrNull(),
        }),
        RequestBody.Parse("""
            { "order_no": "A-1001", "product": "withhold", "amount": 12000, "currency": "CNY",
              "account": { "number": "6222020000000001", "holder": "Zhang San", "bank": "ICBC" } }
            """));

    public const string Cancelling = """
        While nothing was ever sent for it: it waits for a channel or for people, or its order waits in the router. The order
        comes back unsent before the payment is `closed`; what is closed is never sent. Cancelled again, it is answered as the
        first time. No webhook tells of it, as with a payment that time has closed.

        409 says why not: `already_sent` (an earlier order of it was sent, or may have been), `already_decided` (it has ended
        otherwise), `result_unknown` (its order may have been sent, and its end is not known), `still_sending` (its order may be
        on its way; ask again after `Retry-After`), `in_progress` (nobody can know at the moment; ask again). If the order comes
        back unsent after that, the payment is closed without being asked for again.
        """;

    public static readonly RequestBody Cancel = new(
        "CancelRequest",
        Shapes.Object("Why it is cancelled.", ["reason"], new() { ["reason"] = Shapes.Text(ChannelChangeReader.Reason) }),
        RequestBody.Parse("""{ "reason": "the merchant has called" }"""));

    private static OpenApiSchema Account(IReadOnlyList<ChannelSettings> channels) => Shapes.Object(
        "Whose account.", ["number"], new()
        {
            ["number"] = Shapes.Text(PaymentReader.Number),
            ["holder"] = Shapes.Text(PaymentReader.Holder).OrNull(),
            ["bank"] = Shapes.Text(PaymentReading.BankRule(channels.Select(channel => channel.Terms))).OrNull(),
            ["id_no"] = Shapes.Text(PaymentReader.IdNo).OrNull(),
            ["phone"] = Shapes.Text(PaymentReader.Phone).OrNull(),
        });

    private static OpenApiSchema Metadata() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "The merchant's own words; no card data.",
        MaxProperties = PaymentReader.MostMetadata,
        PatternProperties = new Dictionary<string, IOpenApiSchema>
        {
            [$"{PaymentReader.MetadataKey.Shape.Pattern![..^2]}{{1,{PaymentReader.MetadataKey.Shape.Most}}}$"] =
                Shapes.Text(PaymentReader.MetadataValue),
        },
        AdditionalPropertiesAllowed = false,
    };
}
