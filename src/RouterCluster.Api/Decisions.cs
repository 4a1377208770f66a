using System.Text.Json.Serialization;

namespace RouterCluster.Api;

/// <summary>
/// Which gateway to use for a payment that the caller executes itself. The names are those of the open decision engine
/// whose clients may ask here instead; fields that are not listed are ignored.
/// </summary>
public sealed record DecideGatewayRequest(
    [property: JsonPropertyName("merchantId")] string MerchantId,
    [property: JsonPropertyName("paymentInfo")] DecidedPaymentBody PaymentInfo,
    [property: JsonPropertyName("eligibleGatewayList")] IReadOnlyList<string> EligibleGatewayList,
    [property: JsonPropertyName("rankingAlgorithm")] string RankingAlgorithm,
    [property: JsonPropertyName("eliminationEnabled")] bool? EliminationEnabled = null);

/// <summary>The payment that a gateway is wanted for.</summary>
public sealed record DecidedPaymentBody(
    [property: JsonPropertyName("paymentId")] string PaymentId,
    [property: JsonPropertyName("amount")] double Amount,
    [property: JsonPropertyName("currency")] string Currency,
    [property: JsonPropertyName("paymentType")] string PaymentType,
    [property: JsonPropertyName("paymentMethodType")] string PaymentMethodType,
    [property: JsonPropertyName("paymentMethod")] string PaymentMethod);

/// <summary>
/// The decision. <paramref name="GatewayBeforeEvaluation"/> is the best by expected success; another one is decided
/// now and then to find out how it does. <paramref name="Latency"/> is milliseconds.
/// </summary>
public sealed record DecidedGatewayBody(
    string DecidedGateway,
    IReadOnlyDictionary<string, double> GatewayPriorityMap,
    object? FilterWiseGateways,
    string? PriorityLogicTag,
    string RoutingApproach,
    string GatewayBeforeEvaluation,
    PriorityLogicBody PriorityLogicOutput,
    string ResetApproach,
    string RoutingDimension,
    string RoutingDimensionLevel,
    bool IsScheduledOutage,
    bool IsDynamicMgaEnabled,
    object? GatewayMgaIdMap,
    object? DebitRoutingOutput,
    bool IsRustBasedDecider,
    double Latency);

/// <summary>No rules stand before the scores here, so it lists the eligible gateways as they came.</summary>
public sealed record PriorityLogicBody(
    [property: JsonPropertyName("isEnforcement")] bool IsEnforcement,
    [property: JsonPropertyName("gws")] IReadOnlyList<string> Gateways,
    [property: JsonPropertyName("priorityLogicTag")] string? PriorityLogicTag,
    [property: JsonPropertyName("gatewayReferenceIds")] IReadOnlyDictionary<string, string> GatewayReferenceIds,
    [property: JsonPropertyName("primaryLogic")] string? PrimaryLogic,
    [property: JsonPropertyName("fallbackLogic")] string? FallbackLogic);

/// <summary>What became of a payment at a gateway.</summary>
public sealed record UpdateGatewayScoreRequest(
    [property: JsonPropertyName("merchantId")] string MerchantId,
    [property: JsonPropertyName("gateway")] string Gateway,
    [property: JsonPropertyName("paymentId")] string PaymentId,
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("gatewayReferenceId")] string? GatewayReferenceId = null,
    [property: JsonPropertyName("enforceDynamicRoutingFailure")] bool? EnforceDynamicRoutingFailure = null);

/// <summary>The feedback is taken, or was taken before.</summary>
public sealed record GatewayScoreBody(string Message, string MerchantId, string Gateway, string PaymentId);
