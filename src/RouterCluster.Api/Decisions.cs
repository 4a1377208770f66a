using System.Text.Json.Serialization;

namespace RouterCluster.Api;

/// <summary>
/// A gateway ranking. <paramref name="GatewayBeforeEvaluation"/> is the best by expected success; now and then another
/// gateway is chosen to explore it. <paramref name="Latency"/> is milliseconds.
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

/// <summary>Lists the eligible gateways in the caller's order, because no rules precede the scores.</summary>
public sealed record PriorityLogicBody(
    [property: JsonPropertyName("isEnforcement")] bool IsEnforcement,
    [property: JsonPropertyName("gws")] IReadOnlyList<string> Gateways,
    [property: JsonPropertyName("priorityLogicTag")] string? PriorityLogicTag,
    [property: JsonPropertyName("gatewayReferenceIds")] IReadOnlyDictionary<string, string> GatewayReferenceIds,
    [property: JsonPropertyName("primaryLogic")] string? PrimaryLogic,
    [property: JsonPropertyName("fallbackLogic")] string? FallbackLogic);

/// <summary>The feedback is counted, now or earlier.</summary>
public sealed record GatewayScoreBody(string Message, string MerchantId, string Gateway, string PaymentId);
