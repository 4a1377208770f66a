using RouterCluster.Domain.Payments;

namespace RouterCluster.Node.Platform.Telemetry.Spans;

/// <summary>
/// A part of a payment's trace that is over. Never holds account data or secrets. A value, because most are never exported:
/// ids, activities and tags are made of it when it is.
/// </summary>
/// <param name="Ended">UTC.</param>
public readonly record struct PaymentSpan(PaymentId Payment, SpanName Name, DateTimeOffset Ended, TimeSpan Took)
{
    /// <summary>Something failed, is unknown or was slow: the payment's trace is exported even if it is not sampled.</summary>
    public bool IsTelling { get; init; }

    /// <summary>What failed, in one word; null: nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>Besides the payment's id, which every span has first.</summary>
    public SpanTags Tags { get; init; }

    /// <summary>The caller's own trace, as its <c>traceparent</c> says; null or unreadable: the span has no link.</summary>
    public string? Caller { get; init; }

    internal List<KeyValuePair<string, object?>> ExportedTags()
    {
        var all = new List<KeyValuePair<string, object?>>(SpanTags.Most + 1) { new("router.payment", Payment.Value) };
        foreach (var tag in Tags)
        {
            if (tag.Name is { } name)
            {
                all.Add(new(name, tag.Value));
            }
        }

        return all;
    }
}
