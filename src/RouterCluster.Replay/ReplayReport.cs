namespace RouterCluster.Replay;

/// <summary>How routers fared with one trace.</summary>
/// <param name="Oracle">Success of whoever always chooses the channel that truly is best, 0–1.</param>
/// <param name="Channels">In the order in which the trace names them.</param>
public sealed record ReplayReport(
    long Arrivals, double Oracle, IReadOnlyList<string> Channels, IReadOnlyList<RouterResult> Routers);

/// <param name="Success">Share of arrivals that succeeded, 0–1.</param>
/// <param name="Regret">Share of the oracle's successes that were missed.</param>
/// <param name="Shares">Of the payments that went anywhere, by channel, 0–1.</param>
public sealed record RouterResult(string Name, double Success, double Regret, IReadOnlyList<double> Shares, TimeBins Bins);
