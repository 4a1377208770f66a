namespace RouterCluster.Node.Routing;

/// <param name="ReportInterval">Shortest pause between two reports of a channel to the routers.</param>
/// <param name="ReportStaleAfter">A channel not heard of for so long has no owner.</param>
public sealed record RoutingSettings(string Policy, TimeSpan ReportInterval, TimeSpan ReportStaleAfter);

/// <summary>Exports of past traffic.</summary>
/// <param name="LongestRange">Between the first and the last moment of one export.</param>
/// <param name="Banks">Told apart besides those that channels name.</param>
public sealed record TraceSettings(TimeSpan LongestRange, int Banks);
