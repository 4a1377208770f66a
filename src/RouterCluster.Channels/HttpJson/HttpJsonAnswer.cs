using System.Runtime.InteropServices;
using System.Text.Json;

namespace RouterCluster.Channels.HttpJson;

/// <summary>
/// Read strictly: a wrong type, a doubled property or an absurd length makes it unreadable. An odd message does not, as it
/// is for people only.
/// </summary>
/// <param name="Currency">Empty where the channel left it out, as it may for an order that it does not know.</param>
internal sealed record HttpJsonAnswer(
    string OrderNo, string? ChannelOrderNo, HttpJsonStatus Status, string Code, string? Message, long Amount, string Currency)
{
    private const int MaxName = 64;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Null when the body cannot be read.</summary>
    public static HttpJsonAnswer? Parse(ReadOnlyMemory<byte> raw)
    {
        var body = LenientText.WithoutMark(raw);
        return TryParse(body) ?? (LenientText.MendJson(body) is { } mended ? TryParse(mended) : null);
    }

    private static HttpJsonAnswer? TryParse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: the text is not Unicode.
            return null;
        }
    }

    private static HttpJsonAnswer? Read(JsonElement body) =>
        TryText(body, "order_no"u8, MaxName, out var orderNo) && orderNo is not null
        && TryText(body, "channel_order_no"u8, MaxName, out var channelOrderNo) && IsPlain(channelOrderNo)
        && TryText(body, "status"u8, MaxName, out var status)
        && TryText(body, "code"u8, MaxName, out var code) && code is not null
        && TryText(body, "currency"u8, MaxName, out var currency)
        && body.TryGetProperty("amount"u8, out var number) && number.ValueKind == JsonValueKind.Number
        && number.TryGetInt64(out var amount)
            ? new HttpJsonAnswer(orderNo, channelOrderNo, ParseStatus(status), code, TextForPeople(body), amount, currency ?? "")
            : null;

    /// <summary>False for a value that is neither missing, null nor a text within the limit.</summary>
    private static bool TryText(JsonElement body, ReadOnlySpan<byte> name, int limit, out string? text)
    {
        text = null;
        if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return text is not null && text.Length <= limit;
    }

    private static string? TextForPeople(JsonElement body)
    {
        if (!body.TryGetProperty("message"u8, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return LenientText.DecodeJsonString(JsonMarshal.GetRawUtf8Value(value)[1..^1]);
        }
    }

    private static bool IsPlain(string? reference) => reference is null || (reference.Length > 0 && !reference.Any(char.IsControl));

    private static HttpJsonStatus ParseStatus(string? status) => status switch
    {
        "succeeded" => HttpJsonStatus.Succeeded,
        "processing" => HttpJsonStatus.Processing,
        "failed" => HttpJsonStatus.Failed,
        "not_found" => HttpJsonStatus.NotFound,
        _ => HttpJsonStatus.Other,
    };
}
