using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;
using RouterCluster.Api;

namespace RouterCluster.Node.Platform.Http;

/// <summary>Writes an answer with one buffer, its length known, in one write.</summary>
internal static class Reply
{
    private const string Json = "application/json; charset=utf-8";
    private const string ProblemJson = "application/problem+json; charset=utf-8";

    public static Task JsonAsync<T>(this HttpContext context, int status, T body, JsonTypeInfo<T> type) =>
        WriteAsync(context, status, Json, JsonSerializer.SerializeToUtf8Bytes(body, type));

    public static Task RefuseAsync(this HttpContext context, Refusal refusal)
    {
        var headers = context.Response.Headers;
        if (refusal.RetryAfterSeconds is { } seconds)
        {
            headers.RetryAfter = seconds;
        }

        if (refusal == Refusals.Unauthorized)
        {
            headers.WWWAuthenticate = "Bearer";
        }

        if (refusal.Closes)
        {
            headers[HeaderNames.Connection] = "close";
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(refusal.ToBody(RequestId.Of(context)?.Value), ApiJson.Default.ProblemBody);
        return WriteAsync(context, refusal.Status, ProblemJson, body);
    }

    public static Task WriteAsync(HttpContext context, int status, string contentType, byte[] body)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        return response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
