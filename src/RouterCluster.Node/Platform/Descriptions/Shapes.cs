using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Platform.Descriptions;

/// <summary>
/// Schemas of requests, made from the rules that read them. JSON Schema cannot say that a whole number is written without
/// fraction and exponent.
/// </summary>
internal static class Shapes
{
    public static OpenApiSchema Text(TextRule rule, string? says = null)
    {
        var shape = rule.Shape;
        return new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = says,
            MinLength = shape.Least,
            MaxLength = shape.Most,
            Pattern = shape.Pattern,
            Format = shape.Format,
            Enum = shape.Words is { } words ? [.. words.Select(word => (JsonNode)JsonValue.Create(word))] : null,
        };
    }

    public static OpenApiSchema Words(IEnumerable<string> words, string? says = null) =>
        Text(TextRule.OneOf("", [.. words], static _ => true), says);

    public static OpenApiSchema Plain(int least, int most, string? says = null) => new()
    {
        Type = JsonSchemaType.String, MinLength = least, MaxLength = most, Description = says,
    };

    public static OpenApiSchema Whole(long least, long most, string? says = null) => new()
    {
        Type = JsonSchemaType.Integer,
        Format = most > int.MaxValue ? "int64" : "int32",
        Minimum = least.ToString(CultureInfo.InvariantCulture),
        Maximum = most.ToString(CultureInfo.InvariantCulture),
        Description = says,
    };

    public static OpenApiSchema Positive(double most) => new()
    {
        Type = JsonSchemaType.Number,
        Format = "double",
        ExclusiveMinimum = "0",
        Maximum = most.ToString(CultureInfo.InvariantCulture),
    };

    public static OpenApiSchema Flag(string? says = null) => new() { Type = JsonSchemaType.Boolean, Description = says };

    /// <summary>Null counts as a field that is left out.</summary>
    public static OpenApiSchema OrNull(this OpenApiSchema schema)
    {
        schema.Type |= JsonSchemaType.Null;
        schema.Enum?.Add(JsonNullSentinel.JsonNull);
        return schema;
    }

    /// <param name="required">Names of required fields.</param>
    public static OpenApiSchema Object(string says, string[] required, Dictionary<string, IOpenApiSchema> fields) => new()
    {
        Type = JsonSchemaType.Object,
        Description = says,
        Required = required.Length > 0 ? required.ToHashSet(StringComparer.Ordinal) : null,
        Properties = fields,
        AdditionalPropertiesAllowed = false,
    };

    /// <summary>Requires at least one of the fields.</summary>
    public static OpenApiSchema Some(this OpenApiSchema schema, bool isNullAValue, params string[] names)
    {
        schema.AnyOf =
        [
            .. names.Select(name => new OpenApiSchema
            {
                Required = new HashSet<string>(StringComparer.Ordinal) { name },
                Properties = isNullAValue ? null : new Dictionary<string, IOpenApiSchema>
                {
                    [name] = new OpenApiSchema { Type = schema.Properties![name].Type & ~JsonSchemaType.Null },
                },
            }),
        ];
        return schema;
    }
}
