using RouterCluster.Domain.Gateways;

namespace RouterCluster.Node.Gateways;

/// <param name="Timeout">A decision that takes longer is the caller's own order.</param>
public sealed record GatewayDecisionSettings(TimeSpan Timeout, DecisionLimits Limits);
