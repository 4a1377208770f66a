using RouterCluster.Node.Platform.Telemetry;

namespace RouterCluster.Node.Platform.Http;

/// <summary>
/// Names and measures every request, turns unexpected exceptions into problems and gives the framework's refusals a body. Nothing
/// is logged for a client that has gone.
/// </summary>
internal sealed partial class AnswerFrame(
    RequestDelegate next, RouterMetrics metrics, TimeProvider time, ILogger<AnswerFrame> logger)
{
    private const string NoRoute = "none";

    public async Task InvokeAsync(HttpContext context)
    {
        var startedAt = time.GetTimestamp();
        using var scope = logger.BeginScope(RequestId.Give(context));
        try
        {
            if (RequestForm.WhyRefused(context.Request) is { } why)
            {
                await context.RefuseAsync(why);
            }
            else
            {
                await next(context);
            }

            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null })
            {
                await context.RefuseAsync(Refusals.OfStatus(context.Response.StatusCode));
            }
        }
        catch (Exception exception) when (context.RequestAborted.IsCancellationRequested)
        {
            LogGone(exception);
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await context.RefuseAsync(Refusals.Malformed(exception.StatusCode));
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            LogBroken(exception, RouteOf(context));
            await context.RefuseAsync(Refusals.Broken);
        }

        metrics.Answered(RouteOf(context), context.Response.StatusCode, time.GetElapsedTime(startedAt).TotalSeconds);
    }

    /// <summary>The template, never the path: paths carry ids, and every label value is a time series.</summary>
    private static string RouteOf(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? NoRoute;

    [LoggerMessage(Level = LogLevel.Debug, Message = "The client went away before its answer")]
    private partial void LogGone(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A request to {Route} failed unexpectedly")]
    private partial void LogBroken(Exception exception, string route);
}
