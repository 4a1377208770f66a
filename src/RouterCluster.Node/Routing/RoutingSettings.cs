namespace RouterCluster.Node.Routing;

/// <param name="ReportInterval">Shortest pause between two reports of a channel to the routers.</param>
/// <param name="ReportStaleAfter">A channel without a report for so long has no owner.</param>
public sealed record RoutingSettings(string Policy, TimeSpan ReportInterval, TimeSpan ReportStaleAfter);

/// <param name="LongestRange">Longest time of one export.</param>
/// <param name="Banks">Banks with rows of their own besides those that channels name.</param>
public sealed record TraceSettings(TimeSpan LongestRange, int Banks);
