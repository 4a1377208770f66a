using Microsoft.Extensions.Primitives;
using RouterCluster.Node.Platform.Telemetry;

namespace RouterCluster.Node.Platform.Http;

/// <summary>
/// Names a request in its answer, in problems and in the log: as the client named it, or else by its connection and its number
/// on that.
/// </summary>
internal sealed record RequestId(string Value) : ILogScope
{
    public const string Header = "Request-Id";

    private const string OtherHeader = "X-Request-Id";

    public string Name => nameof(RequestId);

    public override string ToString() => Value;

    /// <summary>Names the request. To be called once, before anything is answered.</summary>
    public static RequestId Give(HttpContext context)
    {
        var headers = context.Request.Headers;
        var id = new RequestId(Own(headers[Header]) ?? Own(headers[OtherHeader]) ?? context.TraceIdentifier.Replace(':', '-'));
        context.Features.Set(id);
        context.Response.Headers[Header] = id.Value;
        return id;
    }

    public static RequestId? Of(HttpContext context) => context.Features.Get<RequestId>();

    /// <summary>Null where the client has sent none, several, or one that could write into the log what it likes.</summary>
    private static string? Own(StringValues sent) =>
        sent is [{ } only] && TextRule.Id.Fits(only) ? only : null;
}
