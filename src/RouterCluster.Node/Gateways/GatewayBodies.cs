using Microsoft.OpenApi;
using RouterCluster.Node.Platform.Descriptions;

namespace RouterCluster.Node.Gateways;

/// <summary>Requests of clients of the open decision engine; fields that are not listed are ignored.</summary>
internal static class GatewayBodies
{
    public static readonly RequestBody DecideGateway = new(
        "DecideGatewayRequest", Question(),
        RequestBody.Parse("""
            { "merchantId": "demo", "eligibleGatewayList": ["alpha", "bravo"], "rankingAlgorithm": "SR_BASED_ROUTING",
              "paymentInfo": { "paymentId": "A-1001", "amount": 120.0, "currency": "CNY", "paymentType": "ORDER_PAYMENT",
                               "paymentMethodType": "CARD", "paymentMethod": "ICBC" } }
            """));

    public static readonly RequestBody UpdateGatewayScore = new(
        "UpdateGatewayScoreRequest", Feedback(),
        RequestBody.Parse("""{ "merchantId": "demo", "gateway": "alpha", "paymentId": "A-1001", "status": "CHARGED" }"""));

    private static OpenApiSchema Question() => Open(Shapes.Object(
        "Which gateway to use for a payment that the caller executes itself. Fields that are not listed are ignored.",
        ["merchantId", "paymentInfo", "eligibleGatewayList", "rankingAlgorithm"],
        new()
        {
            ["merchantId"] = Name("The key's own merchant."),
            ["paymentInfo"] = Open(Shapes.Object(
                "The payment that a gateway is wanted for.",
                ["paymentId", "amount", "currency", "paymentType", "paymentMethodType", "paymentMethod"],
                new()
                {
                    ["paymentId"] = Shapes.Plain(1, GatewayReader.LongestId),
                    ["amount"] = new OpenApiSchema { Type = JsonSchemaType.Number, Format = "double" },
                    ["currency"] = Name(),
                    ["paymentType"] = Name(),
                    ["paymentMethodType"] = Name(),
                    ["paymentMethod"] = Name(),
                })),
            ["eligibleGatewayList"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                MinItems = 1,
                MaxItems = GatewayReader.MostGateways,
                UniqueItems = true,
                Items = Name(),
            },
            ["rankingAlgorithm"] = Shapes.Words([GatewayReader.SuccessRate]),
        }));

    private static OpenApiSchema Feedback() => Open(Shapes.Object(
        "What became of a payment at a gateway. Fields that are not listed are ignored.",
        ["merchantId", "gateway", "paymentId", "status"],
        new()
        {
            ["merchantId"] = Name("The key's own merchant."),
            ["gateway"] = Name(),
            ["paymentId"] = Shapes.Plain(1, GatewayReader.LongestId),
            ["status"] = Shapes.Words(GatewayReader.Statuses, "Small letters are taken too."),
            ["enforceDynamicRoutingFailure"] = new OpenApiSchema { Description = "true counts as a failure." },
        }));

    private static OpenApiSchema Name(string? says = null) => Shapes.Plain(1, GatewayReader.LongestName, says);

    private static OpenApiSchema Open(OpenApiSchema schema)
    {
        schema.AdditionalPropertiesAllowed = true;
        return schema;
    }
}
