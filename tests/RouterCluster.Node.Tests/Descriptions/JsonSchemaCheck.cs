using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RouterCluster.Node.Tests.Descriptions;

/// <summary>
/// As much of JSON Schema 2020-12 as the document uses; a keyword that is not known here fails, so that none is passed over.
/// Whole numbers are as the API has them: without fraction and exponent.
/// </summary>
internal sealed class JsonSchemaCheck(JsonNode document)
{
    private static readonly string[] Notes = ["description", "default", "example", "format", "title"];

    /// <summary>What is wrong with the value; empty when it fits.</summary>
    public List<string> Faults(JsonNode schema, JsonElement value)
    {
        var faults = new List<string>();
        Check(schema, value, "$", faults);
        return faults;
    }

    private void Check(JsonNode schema, JsonElement value, string path, List<string> faults)
    {
        foreach (var (keyword, rule) in schema.AsObject())
        {
            if (!Notes.Contains(keyword) && !Holds(keyword, rule!, schema, value, path, faults))
            {
                faults.Add($"{path}: {keyword} {rule!.ToJsonString()}");
            }
        }
    }

    private bool Holds(string keyword, JsonNode rule, JsonNode schema, JsonElement value, string path, List<string> faults)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        switch (keyword)
        {
            case "$ref":
                Check(Resolve((string)rule!), value, path, faults);
                return true;
            case "allOf":
                rule.AsArray().ToList().ForEach(part => Check(part!, value, path, faults));
                return true;
            case "anyOf":
                return rule.AsArray().Any(part => Faults(part!, value).Count == 0);
            case "oneOf":
                return rule.AsArray().Count(part => Faults(part!, value).Count == 0) == 1;
            case "type":
                return rule is JsonArray types ? types.Any(type => IsA((string)type!, value)) : IsA((string)rule!, value);
            case "enum":
                return rule.AsArray().Any(word => (word?.ToJsonString() ?? "null") == value.GetRawText());
            case "pattern":
                return text is null || Fits((string)rule!, text);
            case "minLength":
                return text is null || text.EnumerateRunes().Count() >= (int)rule;
            case "maxLength":
                return text is null || text.EnumerateRunes().Count() <= (int)rule;
            case "minimum":
                return value.ValueKind != JsonValueKind.Number || value.GetDecimal() >= (decimal)rule;
            case "exclusiveMinimum":
                return value.ValueKind != JsonValueKind.Number || value.GetDecimal() > (decimal)rule;
            case "maximum":
                return value.ValueKind != JsonValueKind.Number || value.GetDecimal() <= (decimal)rule;
            default:
                return HoldsOfMany(keyword, rule, schema, value, path, faults);
        }
    }

    private bool HoldsOfMany(string keyword, JsonNode rule, JsonNode schema, JsonElement value, string path, List<string> faults)
    {
        var items = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : null;
        JsonProperty[] fields = value.ValueKind == JsonValueKind.Object ? [.. value.EnumerateObject()] : [];
        switch (keyword)
        {
            case "required":
                return value.ValueKind != JsonValueKind.Object
                    || rule.AsArray().All(name => fields.Any(field => field.Name == (string)name!));
            case "properties":
                fields.Where(field => rule[field.Name] is not null).ToList()
                    .ForEach(field => Check(rule[field.Name]!, field.Value, $"{path}.{field.Name}", faults));
                return true;
            case "patternProperties":
                fields.ToList().ForEach(field => rule.AsObject().Where(pattern => Fits(pattern.Key, field.Name)).ToList()
                    .ForEach(pattern => Check(pattern.Value!, field.Value, $"{path}.{field.Name}", faults)));
                return true;
            case "additionalProperties":
                return HoldsOfRest(rule, schema, fields, path, faults);
            case "maxProperties":
                return fields.Length <= (int)rule;
            case "items":
                items?.ToList().ForEach(item => Check(rule, item, $"{path}[]", faults));
                return true;
            case "minItems":
                return items is null || items.Length >= (int)rule;
            case "maxItems":
                return items is null || items.Length <= (int)rule;
            case "uniqueItems":
                return items is null || items.Select(item => item.GetRawText()).Distinct().Count() == items.Length;
            default:
                throw new NotSupportedException($"{path}: {keyword}");
        }
    }

    private bool HoldsOfRest(JsonNode rule, JsonNode schema, JsonProperty[] fields, string path, List<string> faults)
    {
        var rest = fields.Where(field => schema["properties"]?[field.Name] is null
            && schema["patternProperties"]?.AsObject().Any(pattern => Fits(pattern.Key, field.Name)) != true).ToList();
        if (rule.GetValueKind() == JsonValueKind.False)
        {
            return rest.Count == 0;
        }

        if (rule is JsonObject)
        {
            rest.ForEach(field => Check(rule, field.Value, $"{path}.{field.Name}", faults));
        }

        return true;
    }

    private JsonNode Resolve(string reference) => reference.TrimStart('#', '/').Split('/')
        .Aggregate(document, (node, name) => node[name] ?? throw new InvalidOperationException($"{reference} leads nowhere"));

    /// <summary>The end of a pattern is the end of the text, as JavaScript has it, not the last line break before it.</summary>
    private static bool Fits(string pattern, string text) =>
        Regex.IsMatch(text, pattern.EndsWith('$') ? $"{pattern[..^1]}\\z" : pattern);

    private static bool IsA(string type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && !value.GetRawText().AsSpan().ContainsAny(".eE"),
        _ => throw new NotSupportedException(type),
    };
}
