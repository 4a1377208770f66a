using RouterCluster.Domain.Payments;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Platform.Telemetry.Spans;

/// <summary>
/// Takes the spans of payments, each when it is over. Features ask <see cref="IsOn"/> before they make one, so that nothing is
/// paid without a collector.
/// </summary>
public sealed class PaymentSpans
{
    public static readonly PaymentSpans Off = new();

    private readonly SpanTail? _tail;
    private readonly RouterClock? _clock;

    internal PaymentSpans(SpanRules rules, TimeSpan slowAfter, RouterClock clock) =>
        (_tail, SlowAfter, _clock) = (new SpanTail(rules), slowAfter, clock);

    private PaymentSpans()
    {
    }

    public bool IsOn => _tail is not null;

    /// <summary>A payment that takes longer tells.</summary>
    public TimeSpan SlowAfter { get; } = TimeSpan.MaxValue;

    internal void Record(
        PaymentId payment, SpanName name, TimeSpan took, bool isTelling, string? error,
        params KeyValuePair<string, object?>[] tags)
    {
        if (IsOn)
        {
            Record(Of(payment, name, took, isTelling, error, tags));
        }
    }

    /// <summary>A span that ends now. To be called while it is on.</summary>
    internal PaymentSpan Of(
        PaymentId payment, SpanName name, TimeSpan took, bool isTelling, string? error,
        params KeyValuePair<string, object?>[] tags) =>
        new(payment, name, _clock!.Provider.GetUtcNow(), took) { IsTelling = isTelling, Error = error, Tags = tags };

    internal void Record(PaymentSpan span) => Record(span, static () => { });

    /// <param name="measure">
    /// Called once, while the span is current if it is exported: then the metric's exemplar is its trace.
    /// </param>
    internal void Record(PaymentSpan span, Action measure)
    {
        if (_tail is null || _clock is null)
        {
            measure();
            return;
        }

        IReadOnlyList<PaymentSpan> due;
        lock (_tail)
        {
            due = _tail.Take(span, _clock.Monotonic);
        }

        foreach (var one in due)
        {
            SpanWriter.Write(one, ReferenceEquals(one, span) ? measure : static () => { });
        }

        if (!due.Contains(span))
        {
            measure();
        }
    }
}

internal static class SpanTags
{
    private const int LongestText = 64;

    /// <summary>Texts of others are cut.</summary>
    public static KeyValuePair<string, object?> Of(string name, string? text) =>
        new($"router.{name}", text?.Length > LongestText ? text[..LongestText] : text);

    public static KeyValuePair<string, object?> Of(string name, long number) => new($"router.{name}", number);

    public static KeyValuePair<string, object?> Of(PaymentId payment) => new("router.payment", payment.Value);
}
