namespace RouterCluster.Node.Platform.Telemetry.Spans;

/// <summary>The parts of a payment's trace.</summary>
public enum SpanName
{
    /// <summary>The root: from the payment's acceptance to its end.</summary>
    Payment,
    Request,
    Commit,
    LaneWait,
    Submit,
    Query,
    Notice,
    Webhook,
}

internal static class SpanNames
{
    public static string Text(this SpanName name) => name switch
    {
        SpanName.Payment => "payment",
        SpanName.Request => "request",
        SpanName.Commit => "book.commit",
        SpanName.LaneWait => "lane.wait",
        SpanName.Submit => "channel.submit",
        SpanName.Query => "channel.query",
        SpanName.Notice => "channel.notice",
        SpanName.Webhook => "webhook",
    };
}
