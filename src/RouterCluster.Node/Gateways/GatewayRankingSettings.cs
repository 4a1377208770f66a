using RouterCluster.Domain.Gateways;

namespace RouterCluster.Node.Gateways;

/// <param name="Timeout">A ranking that takes longer is replaced by the caller's own order.</param>
public sealed record GatewayRankingSettings(TimeSpan Timeout, DecisionLimits Limits);
