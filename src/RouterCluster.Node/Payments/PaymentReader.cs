using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Payments;

/// <summary>Reads a new payment from its JSON and names every wrong field.</summary>
internal static partial class PaymentReader
{
    public const long MostMinor = 10_000_000_000_000;
    public const int MostSeconds = 86_400;
    public const int MostMetadata = 20;

    private static readonly string[] Names =
        ["order_no", "product", "amount", "currency", "account", "notify_url", "metadata", "expires_in"];

    private static readonly string[] AccountNames = ["number", "holder", "bank", "id_no", "phone"];

    public static readonly TextRule Product = TextRule.OneOf(
        $"must be one of: {string.Join(", ", ProductNames.All)}", [.. ProductNames.All],
        text => ProductNames.Parse(text) is not null);

    public static readonly TextRule Currency = TextRule.OneOf(
        "must be a currency of ISO 4217 in capital letters, such as CNY", CurrencyCodes.All, CurrencyCodes.Exists);

    public static readonly TextRule Number = TextRule.Letters(
        6, 34, "letters and digits", "A-Za-z0-9", char.IsAsciiLetterOrDigit);

    public static readonly TextRule Holder = TextRule.Free(100);
    public static readonly TextRule IdNo = TextRule.Free(32);
    public static readonly TextRule MetadataKey = TextRule.Free(40);
    public static readonly TextRule MetadataValue = TextRule.Free(500, least: 0);

    public static readonly TextRule Phone = new(
        "must be 5 to 20 digits, the first of which may be +",
        text => text.Length is >= 5 and <= 20 && !text.AsSpan(text[0] == '+' ? 1 : 0).ContainsAnyExceptInRange('0', '9'))
    {
        Shape = new TextShape(5, 20, @"^\+?[0-9]+$"),
    };

    public static readonly TextRule NotifyUrl = new(
        $"must be an absolute http or https URL of at most {LongestUrl} characters, without blanks and without a user", IsUrl)
    {
        Shape = new TextShape(1, LongestUrl, UrlPattern, Format: "uri"),
    };

    private const int LongestUrl = 2048;
    private const string UrlPattern =
        @"^[Hh][Tt][Tt][Pp][Ss]?://[^\s\\/?#@\u0000-\u001f\u007f-\u009f]+([/?#][^\s\\\u0000-\u001f\u007f-\u009f]*)?$";

    public static TextRule OrderNo { get; } = TextRule.Slug("A-Z a-z 0-9 - _");

    public static PaymentDraft? Read(JsonElement json, PaymentReading rules, FieldErrors errors)
    {
        var fields = new ObjectFields(json, "", Names, errors);
        var orderNo = fields.Text("order_no", OrderNo, isRequired: true);
        var product = ProductNames.Parse(fields.Text("product", Product, isRequired: true));
        var amount = fields.Whole("amount", 1, MostMinor, isRequired: true);
        var currency = fields.Text("currency", Currency, isRequired: true);
        var account = ReadAccount(fields, rules.Bank, errors);
        var notifyUrl = fields.Text("notify_url", NotifyUrl, isRequired: false);
        var metadata = ReadMetadata(fields, errors);
        var expiresIn = fields.Whole("expires_in", 1, MostSeconds, isRequired: false);
        if (notifyUrl is not null && !rules.MaySign)
        {
            errors.Add("notify_url", "needs a notify-secret, which is not configured for this merchant");
        }

        return errors.Any
            ? null
            : new PaymentDraft(
                orderNo!, product!.Value, new Money(amount!.Value, new Currency(currency!)), account!, notifyUrl, metadata,
                (int?)expiresIn);
    }

    private static AccountDetails? ReadAccount(ObjectFields payment, TextRule bankRule, FieldErrors errors)
    {
        if (payment.Section("account", isRequired: true) is not { } json)
        {
            return null;
        }

        var fields = new ObjectFields(json, "account.", AccountNames, errors);
        var number = fields.Text("number", Number, isRequired: true);
        var holder = fields.Text("holder", Holder, isRequired: false);
        var bank = fields.Text("bank", bankRule, isRequired: false);
        var idNo = fields.Text("id_no", IdNo, isRequired: false);
        var phone = fields.Text("phone", Phone, isRequired: false);
        return number is null ? null : new AccountDetails(number, holder, bank, idNo, phone);
    }

    private static ImmutableSortedDictionary<string, string> ReadMetadata(ObjectFields payment, FieldErrors errors)
    {
        if (payment.Section("metadata", isRequired: false) is not { } json)
        {
            return ImmutableSortedDictionary<string, string>.Empty;
        }

        var pairs = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var count = 0;
        foreach (var property in json.EnumerateObject())
        {
            count++;
            ReadPair(property, pairs, errors);
        }

        if (count > MostMetadata)
        {
            errors.Add("metadata", $"must have at most {MostMetadata} keys");
        }

        return pairs.ToImmutable();
    }

    private static void ReadPair(JsonProperty property, IDictionary<string, string> pairs, FieldErrors errors)
    {
        var key = ObjectFields.NameOf(property);
        var path = $"metadata.{FieldErrors.Shown(key ?? "")}";
        var value = ObjectFields.TextOf(property.Value);
        if (key is null || !MetadataKey.Fits(key))
        {
            errors.Add(path, $"as a key {MetadataKey.WhyNot(key ?? "")}");
        }
        else if (value is null || !MetadataValue.Fits(value))
        {
            errors.Add(path, MetadataValue.WhyNot(value ?? ""));
        }
        else if (!pairs.TryAdd(key, value))
        {
            errors.Add(path, "stands more than once");
        }
    }

    /// <summary>
    /// The platform's parser accepts blanks, backslashes and a missing "//", and changes the URL. A merchant's endpoint
    /// is called exactly as written, or not at all.
    /// </summary>
    private static bool IsUrl(string text) =>
        text.Length <= LongestUrl
        && UrlForm.IsMatch(text)
        && Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Host.Length > 0
        && url.UserInfo.Length == 0;

    [GeneratedRegex(UrlPattern, RegexOptions.CultureInvariant)]
    private static partial Regex UrlForm { get; }
}
