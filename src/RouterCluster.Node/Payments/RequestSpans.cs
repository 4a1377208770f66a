using Microsoft.Extensions.Primitives;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Platform.Telemetry.Spans;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Payments;

/// <summary>
/// The ingress' part of payments' traces: a span for each request that was answered with its payment, linked to the merchant's
/// own trace (<see href="https://www.w3.org/TR/trace-context/">traceparent</see>). The merchant's trace is no parent, and its
/// sampling flag is not obeyed: several requests may ask for one payment, and no merchant decides what we export.
/// </summary>
internal sealed class RequestSpans(PaymentSpans spans, RouterClock clock)
{
    private const int TraceParentLength = 55;

    public TimeSpan Now => spans.IsOn ? clock.Monotonic : TimeSpan.Zero;

    /// <param name="since">From <see cref="Now"/>, when the request came.</param>
    public void Answered(HttpContext context, BookAnswer.Stored stored, TimeSpan since)
    {
        if (!spans.IsOn)
        {
            return;
        }

        var payment = stored.Payment;
        spans.Record(new PaymentSpan(payment.Id, SpanName.Request, clock.Provider.GetUtcNow(), clock.Monotonic - since)
        {
            IsTelling = spans.Tells(payment),
            Caller = CallerOf(context.Request.Headers.TraceParent),
            Tags = SpanTags.Of(
                SpanTag.Of("router.merchant", payment.Content.Merchant.Value),
                SpanTag.Of("router.state", payment.State.Name()),
                SpanTag.Of("router.new", stored.IsNew),
                SpanTag.Of("http.response.status_code", context.Response.StatusCode)),
        });
    }

    /// <summary>It is read when the span is exported; longer texts are no trace, and must not wait in the memory.</summary>
    private static string? CallerOf(StringValues header) =>
        header.ToString() is { Length: TraceParentLength } caller ? caller : null;
}
