namespace RouterCluster.Node.Platform.Http;

/// <summary>
/// Faults of a request that a proxy in front of the router may understand differently, so that one of the two sees a
/// second request in the body of the first (<see href="https://www.rfc-editor.org/rfc/rfc9112#section-11.2">RFC 9112,
/// request smuggling</see>).
/// </summary>
internal static class RequestForm
{
    /// <summary>The web server keeps the length of a request with both framings in this header.</summary>
    private const string OverriddenLength = "X-Content-Length";

    private const string Chunked = "chunked";
    private const string Identity = "identity";
    private const char Nul = '\0';

    /// <summary>Null when the request has no such fault.</summary>
    public static Refusal? WhyRefused(HttpRequest request)
    {
        var headers = request.Headers;
        if (headers.TransferEncoding.Count > 0 && !IsPlainlyChunked(request))
        {
            return Refusals.Framing("transfer-encoding", "must be chunked alone, in HTTP/1.1");
        }

        if (headers.ContainsKey(OverriddenLength))
        {
            return Refusals.Framing("content-length", "must not stand beside transfer-encoding");
        }

        if (headers.ContentEncoding.Count > 0 && headers.ContentEncoding is not [Identity])
        {
            return Refusals.Framing("content-encoding", "must not be there: bodies are taken as they are");
        }

        return HoldsNul(request) is { } name ? Refusals.Invalid(name, "must not hold a NUL character") : null;
    }

    private static bool IsPlainlyChunked(HttpRequest request) =>
        request.Headers.TransferEncoding is [{ } only] && only.Equals(Chunked, StringComparison.OrdinalIgnoreCase)
        && HttpProtocol.IsHttp11(request.Protocol);

    /// <summary>PostgreSQL stores no NUL in a text, and no value of the router has one.</summary>
    private static string? HoldsNul(HttpRequest request)
    {
        if (request.Path.Value?.Contains(Nul) == true)
        {
            return "path";
        }

        if (request.QueryString.Value is not { Length: > 0 } query || !query.Contains("%00", StringComparison.Ordinal))
        {
            return null;
        }

        foreach (var (name, values) in request.Query)
        {
            if (name.Contains(Nul) || values.Any(value => value?.Contains(Nul) == true))
            {
                return FieldErrors.Shown(name);
            }
        }

        return null;
    }
}
