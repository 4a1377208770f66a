using System.Buffers;
using System.Globalization;
using System.Net.Mime;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace RouterCluster.Node.Platform.Http;

/// <summary>Reads a request's body as one JSON object, up to the limit.</summary>
internal static class JsonBody
{
    public const int Limit = 64 * 1024;
    private const string Body = "body";
    private static readonly string[] NoNames = [];
    private static readonly byte[] NoFields = [.. "{}"u8];

    /// <param name="read">Turns the object into a value and notes errors; null only when there are errors.</param>
    /// <param name="isRequired">False: a request without a body reads as one with an empty object.</param>
    public static async ValueTask<(T? Value, Refusal? Refusal)> ReadAsync<TState, T>(
        HttpRequest request, TState state, Func<JsonElement, TState, FieldErrors, T?> read, bool isRequired = true)
        where T : class
    {
        if (!isRequired && request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return Parse(NoFields, state, read);
        }

        if (!IsJson(request.ContentType) && !(request.ContentLength > Limit))
        {
            return (null, Refusals.Invalid("content-type", "must be application/json, in UTF-8"));
        }

        if (await BoundedBody.ReadAsync(request, Limit, request.HttpContext.RequestAborted) is not { } body)
        {
            return (null, Refusals.TooLarge(Limit));
        }

        var outcome = Parse(body.IsSingleSegment ? body.First : body.ToArray(), state, read);
        request.BodyReader.AdvanceTo(body.End);
        return outcome;
    }

    /// <summary>For a request that needs no body: an empty object may come all the same.</summary>
    public static async ValueTask<Refusal?> WhyNotEmptyAsync(HttpRequest request) =>
        (await ReadAsync(request, NoNames, ReadNothing, isRequired: false)).Refusal;

    private static FieldErrors ReadNothing(JsonElement json, string[] names, FieldErrors errors)
    {
        _ = new ObjectFields(json, "", names, errors);
        return errors;
    }

    private static (T? Value, Refusal? Refusal) Parse<TState, T>(
        ReadOnlyMemory<byte> bytes, TState state, Func<JsonElement, TState, FieldErrors, T?> read)
        where T : class
    {
        if (!Utf8.IsValid(bytes.Span))
        {
            return (null, Refusals.Invalid(Body, "must be UTF-8"));
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return (null, Refusals.Invalid(Body, "must be a JSON object"));
            }

            var errors = new FieldErrors();
            var value = read(document.RootElement, state, errors);
            return errors.Any ? (null, Refusals.Invalid(errors.All)) : (value, null);
        }
        catch (JsonException broken)
        {
            return (null, Refusals.Invalid(Body, $"must be a JSON object{PlaceOf(broken)}"));
        }
    }

    /// <summary>
    /// Line and byte count from 1, as in editors. The parser's own message repeats its input and is not shown.
    /// </summary>
    private static string PlaceOf(JsonException broken) =>
        broken is { LineNumber: { } line, BytePositionInLine: { } position }
            ? string.Create(CultureInfo.InvariantCulture, $"; line {line + 1}, byte {position + 1} is no JSON")
            : "";

    private static bool IsJson(string? contentType)
    {
        if (contentType == MediaTypeNames.Application.Json)
        {
            return true;
        }

        return MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
                || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));
    }
}
