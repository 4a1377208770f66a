using System.Text.Json.Serialization;

namespace RouterCluster.Api;

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

/// <summary>The feedback is taken, or was taken before.</summary>
public sealed record GatewayScoreBody(string Message, string MerchantId, string Gateway, string PaymentId);
