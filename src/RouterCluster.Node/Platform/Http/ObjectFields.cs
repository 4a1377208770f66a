using System.Text.Json;

namespace RouterCluster.Node.Platform.Http;

/// <summary>
/// The fields of one JSON object. A typed reader would stop at the first wrong field; this one notes all errors, unknown
/// and repeated fields included.
/// </summary>
internal readonly struct ObjectFields
{
    private readonly string[] _names;
    private readonly string _path;
    private readonly JsonElement[] _values;
    private readonly FieldErrors _errors;

    /// <param name="path">Prefix of the names in errors: empty, or such as <c>account.</c>.</param>
    public ObjectFields(JsonElement json, string path, string[] names, FieldErrors errors)
    {
        (_names, _path, _errors) = (names, path, errors);
        _values = new JsonElement[names.Length];
        foreach (var property in json.EnumerateObject())
        {
            Take(property);
        }
    }

    /// <summary>Null counts as absent.</summary>
    public bool Has(string name) => Of(name).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public bool IsNull(string name) => Of(name).ValueKind == JsonValueKind.Null;

    /// <summary>The field's object; null when it is absent or of another type, which is noted as an error.</summary>
    public JsonElement? Section(string name, bool isRequired)
    {
        var value = Of(name);
        if (Has(name) && value.ValueKind != JsonValueKind.Object)
        {
            return Wrong<JsonElement?>(name, "must be an object");
        }

        if (Has(name))
        {
            return value;
        }

        return isRequired ? Wrong<JsonElement?>(name, "is required") : null;
    }

    public string? Text(string name, TextRule rule, bool isRequired)
    {
        if (!Has(name))
        {
            return isRequired ? Wrong<string>(name, "is required") : null;
        }

        var text = TextOf(Of(name));
        if (text is null)
        {
            return Wrong<string>(name, "must be text");
        }

        return rule.Fits(text) ? text : Wrong<string>(name, rule.WhyNot(text));
    }

    /// <summary>Empty when the field is absent.</summary>
    public IReadOnlyList<string> Texts(string name, TextRule rule, int most)
    {
        var value = Of(name);
        if (!Has(name))
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > most)
        {
            return Wrong<string[]>(name, $"must be a list of at most {most} texts") ?? [];
        }

        var texts = value.EnumerateArray().Select(TextOf).ToArray();
        return texts.All(text => text is not null && rule.Fits(text))
            ? [.. texts.OfType<string>()]
            : Wrong<string[]>(name, $"must be a list, of which each {rule.Says}") ?? [];
    }

    /// <summary>Digits without fraction or exponent: <c>1.0</c> and <c>1e3</c> are not whole amounts of money.</summary>
    public long? Whole(string name, long least, long most, bool isRequired)
    {
        if (!Has(name))
        {
            return isRequired ? Wrong<long?>(name, "is required") : null;
        }

        var value = Of(name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most
            ? number
            : Wrong<long?>(name, $"must be a whole number from {least} to {most}");
    }

    public double? Positive(string name, double most)
    {
        if (!Has(name))
        {
            return null;
        }

        var value = Of(name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number > 0 && number <= most
            ? number
            : Wrong<double?>(name, FormattableString.Invariant($"must be a number above 0, at most {most}"));
    }

    public bool? Flag(string name)
    {
        if (!Has(name))
        {
            return null;
        }

        var kind = Of(name).ValueKind;
        return kind is JsonValueKind.True or JsonValueKind.False
            ? kind == JsonValueKind.True
            : Wrong<bool?>(name, "must be true or false");
    }

    /// <summary>Null when the value is no text, or holds half a surrogate pair.</summary>
    public static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Null when the name holds half a surrogate pair.</summary>
    public static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private void Take(JsonProperty property)
    {
        var name = NameOf(property);
        var at = Array.IndexOf(_names, name);
        if (at < 0)
        {
            _errors.Add(_path + FieldErrors.Shown(name ?? ""), "is not a known field");
        }
        else if (_values[at].ValueKind != JsonValueKind.Undefined)
        {
            _errors.Add(_path + _names[at], "stands more than once");
        }
        else
        {
            _values[at] = property.Value;
        }
    }

    private JsonElement Of(string name) => _values[Array.IndexOf(_names, name)];

    private T? Wrong<T>(string name, string message)
    {
        _errors.Add(_path + name, message);
        return default;
    }
}
