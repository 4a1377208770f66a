namespace RouterCluster.Replay;

/// <summary>One line of a trace: one channel for one segment in one bucket of time.</summary>
/// <param name="Start">Seconds; any zero.</param>
/// <param name="Length">Seconds.</param>
/// <param name="Arrivals">The segment's payments in the bucket, the same in each of its rows.</param>
/// <param name="Success">If the customer is not at fault; null when it is not known.</param>
/// <param name="CustomerFailure">Share of payments that fail at any channel.</param>
/// <param name="LateShare">Share of results that come 1–30 s late.</param>
/// <param name="Capacity">Concurrent calls; null for no limit.</param>
/// <param name="SourceCount">The number of payments that the row was measured from.</param>
public readonly record struct TraceRow(
    double Start, double Length, string Segment, string Product, string Channel, bool IsEligible, double Arrivals,
    double? Success, double? CustomerFailure, double? P50Ms, double? P95Ms, double? LateShare, double? Capacity,
    double? SourceCount);

/// <summary>A fault in a trace, with its line.</summary>
public sealed class TraceFormatException(long line, string message) : Exception($"line {line}: {message}");
