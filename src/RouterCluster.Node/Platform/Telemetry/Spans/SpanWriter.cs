using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace RouterCluster.Node.Platform.Telemetry.Spans;

/// <summary>Makes activities of spans that are over, one source for each feature, for OpenTelemetry to export.</summary>
internal static class SpanWriter
{
    public const string Sources = "RouterCluster.*";

    private static readonly ActivitySource Payments = new("RouterCluster.Payments");
    private static readonly ActivitySource Channels = new("RouterCluster.Channels");
    private static readonly ActivitySource Notices = new("RouterCluster.Notices");
    private static readonly ActivitySource Webhooks = new("RouterCluster.Webhooks");

    /// <param name="measure">Called while the span is current, so that what it measures leads to the trace.</param>
    public static void Write<TMeasured>(in PaymentSpan span, TMeasured measured, Action<TMeasured> measure)
    {
        var current = Activity.Current;
        Activity.Current = null;
        try
        {
            using var activity = span.Name == SpanName.Payment ? StartRoot(span) : Start(span);
            measure(measured);
            if (activity is not null)
            {
                activity.SetStatus(span.Error is null ? ActivityStatusCode.Unset : ActivityStatusCode.Error, span.Error);
                activity.SetEndTime(span.Ended.UtcDateTime);
            }
        }
        finally
        {
            Activity.Current = current;
        }
    }

    private static Activity? Start(in PaymentSpan span)
    {
        ActivityLink[]? links = ActivityContext.TryParse(span.Caller, null, isRemote: true, out var caller)
            ? [new ActivityLink(caller)]
            : null;
        return SourceOf(span.Name).StartActivity(
            span.Name.Text(), KindOf(span.Name), SpanIds.Of(span.Payment), span.ExportedTags(), links, span.Ended - span.Took);
    }

    private static Activity? StartRoot(in PaymentSpan span)
    {
        var activity = Payments.CreateActivity(
            span.Name.Text(), ActivityKind.Internal, default(ActivityContext), span.ExportedTags());
        if (activity is null)
        {
            return null;
        }

        var ids = SpanIds.Of(span.Payment);
        TraceIdOf(activity) = ids.TraceId.ToHexString();
        activity.SetStartTime((span.Ended - span.Took).UtcDateTime);
        activity.Start();
        SpanIdOf(activity) = ids.SpanId.ToHexString();
        return activity;
    }

    /// <summary>
    /// An activity can be given the ids of its parent, and not its own. The root's children name it long before it is made,
    /// partly on other nodes, so its ids are written where the activity keeps them; a test fails when the runtime changes that.
    /// </summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_traceId")]
    private static extern ref string? TraceIdOf(Activity activity);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_spanId")]
    private static extern ref string? SpanIdOf(Activity activity);

    private static ActivitySource SourceOf(SpanName name) => name switch
    {
        SpanName.Payment or SpanName.Request or SpanName.Commit => Payments,
        SpanName.LaneWait or SpanName.Submit or SpanName.Query => Channels,
        SpanName.Notice => Notices,
        SpanName.Webhook => Webhooks,
    };

    private static ActivityKind KindOf(SpanName name) => name switch
    {
        SpanName.Request or SpanName.Notice => ActivityKind.Server,
        SpanName.Submit or SpanName.Query or SpanName.Webhook => ActivityKind.Client,
        SpanName.Payment or SpanName.Commit or SpanName.LaneWait => ActivityKind.Internal,
    };
}
