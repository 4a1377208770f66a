using System.Text.Json;

namespace RouterCluster.Simulator.Wire;

/// <summary>A submit's body. An invalid one keeps the readable fields, which are echoed.</summary>
internal readonly record struct Submit(
    bool IsValid, string OrderNo, long Amount, string Currency, string Account, string? NotifyUrl)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static Submit Unreadable => new(false, "", 0, "CNY", "", null);

    public static Submit Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : Unreadable;
        }
        catch (JsonException)
        {
            return Unreadable;
        }
    }

    public static bool IsOrderNo(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_'))
            {
                return false;
            }
        }

        return text.Length is >= 1 and <= 64;
    }

    private static Submit Read(JsonElement root)
    {
        var orderNo = Text(root, "order_no");
        var currency = Text(root, "currency");
        var product = Text(root, "product");
        var account = root.TryGetProperty("account", out var details) && details.ValueKind == JsonValueKind.Object
            ? Text(details, "number")
            : null;
        var amount = root.TryGetProperty("amount", out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var whole) ? whole : 0;
        var isNotifyUrlText = !root.TryGetProperty("notify_url", out var url)
            || url.ValueKind is JsonValueKind.String or JsonValueKind.Null;

        var isValid = IsOrderNo(orderNo) && amount > 0 && currency is { Length: 3 } && isNotifyUrlText
            && !string.IsNullOrEmpty(product) && !string.IsNullOrEmpty(account);
        return new Submit(isValid, orderNo ?? "", amount, currency ?? "CNY", account ?? "", Text(root, "notify_url"));
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
