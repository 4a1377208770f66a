using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Descriptions;

/// <summary>A request's body: its name among the schemas, and an example that the demo takes as it is.</summary>
internal sealed record RequestBody(string Name, OpenApiSchema Schema, JsonNode Example)
{
    public bool IsRequired { get; init; } = true;
}

/// <summary>Every body that is taken.</summary>
internal static class RequestBodies
{
    public static readonly RequestBody ChannelChange = new(
        "ChannelChangeRequest",
        Shapes.Object("Why the channel is changed.", [], new() { ["reason"] = Shapes.Text(ChannelChangeReader.Reason).OrNull() }),
        Example("""{ "reason": "the bank has announced maintenance" }"""));

    public static readonly RequestBody ChannelPatch = new(
        "ChannelPatchRequest",
        Shapes.Object("The settings to change: at least one. Null takes an operator's value back.", [], new()
        {
            ["submit"] = Lane("Budget and rate of the calls that send orders.").OrNull(),
            ["query"] = Lane("Budget and rate of the calls that ask about orders.").OrNull(),
            ["weight"] = Shapes.Positive(ChannelChangeReader.MostWeight).OrNull(),
            ["isolated"] = Shapes.Flag("true: no call leaves, not even a question.").OrNull(),
            ["reason"] = Shapes.Text(ChannelChangeReader.Reason).OrNull(),
        }).Some(isNullAValue: true, "submit", "query", "weight", "isolated"),
        Example("""{ "submit": { "concurrency": 8, "rate_per_second": 50 }, "weight": 1.5, "reason": "a smaller contract" }"""));

    public static readonly RequestBody Proposal = new(
        "ProposalRequest",
        Shapes.Object("How a case is to be decided, and why.", ["outcome", "reason", "evidence"], new()
        {
            ["outcome"] = Shapes.Text(DecisionReader.Outcome),
            ["reason"] = Shapes.Text(DecisionReader.Reason, NoCards),
            ["evidence"] = Shapes.Text(DecisionReader.Evidence, NoCards),
        }),
        Example("""{ "outcome": "failed", "reason": "a duplicate, says the merchant", "evidence": "mail, 2 December" }"""));

    public static readonly RequestBody Approval = new(
        "ApprovalRequest",
        Shapes.Object("The digest of what was seen, or none.", [], new()
        {
            ["digest"] = Shapes.Text(DecisionReader.Digest).OrNull(),
        }),
        Example("""{ "digest": null }"""))
    {
        IsRequired = false,
    };

    public static readonly RequestBody Rejection = new(
        "RejectionRequest",
        Shapes.Object("Why it is rejected.", [], new() { ["reason"] = Shapes.Text(DecisionReader.Reason, NoCards).OrNull() }),
        Example("""{ "reason": "the statement is of another day" }"""))
    {
        IsRequired = false,
    };

    public static readonly RequestBody BulkProposal = new(
        "BulkProposalRequest",
        Shapes.Object("Which cases are to be decided together, how, and why.", ["filter", "outcome", "reason", "evidence"], new()
        {
            ["filter"] = Filter(),
            ["outcome"] = Shapes.Text(DecisionReader.Outcome),
            ["reason"] = Shapes.Text(DecisionReader.Reason, NoCards),
            ["evidence"] = Shapes.Text(DecisionReader.Evidence, NoCards),
        }),
        Example("""
            { "filter": { "merchant": "demo" }, "outcome": "failed", "reason": "duplicates of one batch",
              "evidence": "mail of 2 December" }
            """));

    public static readonly RequestBody BulkApproval = new(
        "BulkApprovalRequest",
        Shapes.Object("The digest of the list that was seen.", ["digest"], new()
        {
            ["digest"] = Shapes.Text(DecisionReader.Digest),
        }),
        Example("""{ "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" }"""));

    public static readonly RequestBody BulkRejection = new(
        "BulkRejectionRequest",
        Shapes.Object("Why the list is rejected.", ["reason"], new()
        {
            ["reason"] = Shapes.Text(DecisionReader.Reason, NoCards),
        }),
        Example("""{ "reason": "two of them are no duplicates" }"""));

    public static readonly RequestBody DecideGateway = new(
        "DecideGatewayRequest", DecisionSchemas.Question(),
        Example("""
            { "merchantId": "demo", "eligibleGatewayList": ["alpha", "bravo"], "rankingAlgorithm": "SR_BASED_ROUTING",
              "paymentInfo": { "paymentId": "A-1001", "amount": 120.0, "currency": "CNY", "paymentType": "ORDER_PAYMENT",
                               "paymentMethodType": "CARD", "paymentMethod": "ICBC" } }
            """));

    public static readonly RequestBody UpdateGatewayScore = new(
        "UpdateGatewayScoreRequest", DecisionSchemas.Feedback(),
        Example("""{ "merchantId": "demo", "gateway": "alpha", "paymentId": "A-1001", "status": "CHARGED" }"""));

    private const string NoCards = "Must not hold a card number.";

    /// <summary>Which codes of banks are taken depends on the channels.</summary>
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
        Example("""
            { "order_no": "A-1001", "product": "withhold", "amount": 12000, "currency": "CNY",
              "account": { "number": "6222020000000001", "holder": "Zhang San", "bank": "ICBC" } }
            """));

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

    private static OpenApiSchema Lane(string says) => Shapes.Object(says, [], new()
    {
        ["concurrency"] = Shapes.Whole(1, ChannelChangeReader.MostConcurrency).OrNull(),
        ["rate_per_second"] = Shapes.Positive(ChannelChangeReader.MostRate).OrNull(),
    });

    private static OpenApiSchema Filter() => Shapes.Object("Narrows by at least one of these.", [], new()
    {
        ["channel"] = Shapes.Text(TextRule.Id).OrNull(),
        ["merchant"] = Shapes.Text(TextRule.Id).OrNull(),
        ["reason"] = Shapes.Text(BulkReader.CaseReasonName).OrNull(),
        ["older_than"] = Shapes.Whole(1, BulkReader.OldestSeconds, "Seconds since it was accepted.").OrNull(),
        ["product"] = Shapes.Text(BulkReader.ProductName).OrNull(),
        ["max_amount"] = Shapes.Whole(1, long.MaxValue).OrNull(),
    }).Some(isNullAValue: false, BulkReader.FilterNames);

    private static JsonNode Example(string json) => JsonNode.Parse(json)!;
}
