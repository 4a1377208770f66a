namespace RouterCluster.Replay;

/// <param name="Oracle">Success of always choosing the truly best channel, 0–1.</param>
/// <param name="Channels">In the order of the trace.</param>
public sealed record ReplayReport(
    long Arrivals, double Oracle, IReadOnlyList<string> Channels, IReadOnlyList<RouterResult> Routers);

/// <param name="Success">Share of arrivals that succeeded, 0–1.</param>
/// <param name="Regret">Share of the oracle's successes that the router missed.</param>
/// <param name="Shares">By channel, of the payments that went to any channel, 0–1.</param>
public sealed record RouterResult(string Name, double Success, double Regret, IReadOnlyList<double> Shares, TimeBins Bins);
