using RouterCluster.Domain.Payments;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Platform.Telemetry.Spans;

/// <summary>
/// Takes the spans of payments, each when it is over. Features ask <see cref="IsOn"/> before they make one, so that nothing is
/// paid without a collector; a span that is not exported allocates nothing.
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
        PaymentId payment, SpanName name, TimeSpan took, bool isTelling, string? error, params ReadOnlySpan<SpanTag> tags)
    {
        if (IsOn)
        {
            Record(Of(payment, name, took, isTelling, error, tags));
        }
    }

    /// <summary>A span that ends now. To be called while it is on.</summary>
    internal PaymentSpan Of(
        PaymentId payment, SpanName name, TimeSpan took, bool isTelling, string? error, params ReadOnlySpan<SpanTag> tags) =>
        new(payment, name, _clock!.Provider.GetUtcNow(), took)
        {
            IsTelling = isTelling,
            Error = error,
            Tags = SpanTags.Of(tags),
        };

    internal void Record(in PaymentSpan span) => Record(span, 0, static _ => { });

    /// <param name="measure">
    /// Called once, while the span is current if it is exported: then the metric's exemplar is its trace.
    /// </param>
    internal void Record<TMeasured>(in PaymentSpan span, TMeasured measured, Action<TMeasured> measure)
    {
        var due = Due(span);
        for (var i = 0; i < due.Count - 1; i++)
        {
            SpanWriter.Write(due[i], 0, static _ => { });
        }

        if (due.Count > 0)
        {
            SpanWriter.Write(span, measured, measure);
        }
        else
        {
            measure(measured);
        }
    }

    /// <summary>The spans to be exported now, <paramref name="span"/> last; or none.</summary>
    private IReadOnlyList<PaymentSpan> Due(in PaymentSpan span)
    {
        if (_tail is null || _clock is null)
        {
            return [];
        }

        lock (_tail)
        {
            return _tail.Take(span, _clock.Monotonic);
        }
    }
}
