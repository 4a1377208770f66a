namespace RouterCluster.Replay;

/// <summary>What one channel was to one segment in one bucket of time: a line of a trace.</summary>
/// <param name="Start">Seconds from any zero.</param>
/// <param name="Length">Seconds.</param>
/// <param name="Arrivals">The segment's payments in the bucket, the same in each of its rows.</param>
/// <param name="Success">Given that the customer is not at fault; null when nothing is known.</param>
/// <param name="CustomerFailure">Share of payments that fail at any channel.</param>
/// <param name="LateShare">Share of results that come 1–30 s late.</param>
/// <param name="Capacity">Calls at once; null for no limit.</param>
/// <param name="SourceCount">How many payments the row was measured from.</param>
public readonly record struct TraceRow(
    double Start, double Length, string Segment, string Product, string Channel, bool IsEligible, double Arrivals,
    double? Success, double? CustomerFailure, double? P50Ms, double? P95Ms, double? LateShare, double? Capacity,
    double? SourceCount);

/// <summary>A trace that cannot be replayed, with the line that says so.</summary>
public sealed class TraceFormatException(long line, string message) : Exception($"line {line}: {message}");
