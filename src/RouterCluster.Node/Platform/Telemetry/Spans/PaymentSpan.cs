using System.Diagnostics;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Node.Platform.Telemetry.Spans;

/// <summary>A part of a payment's trace that is over. Never holds account data or secrets.</summary>
/// <param name="Ended">UTC.</param>
public sealed record PaymentSpan(PaymentId Payment, SpanName Name, DateTimeOffset Ended, TimeSpan Took)
{
    /// <summary>Something failed, is unknown or was slow: the payment's trace is exported even if it is not sampled.</summary>
    public bool IsTelling { get; init; }

    /// <summary>What failed, in one word; null: nothing did.</summary>
    public string? Error { get; init; }

    public IReadOnlyList<KeyValuePair<string, object?>> Tags { get; init; } = [];

    /// <summary>The caller's own trace.</summary>
    public ActivityContext? Caller { get; init; }
}
