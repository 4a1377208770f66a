using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Descriptions;

/// <summary>
/// What a schema allows the code takes, and what it refuses the code refuses: at the border of every limit that the document
/// states, found by walking the document, so that a limit that is added is looked at too.
/// </summary>
public sealed class BorderTests : IAsyncLifetime
{
    private static readonly string[] Strange =
    [
        "null", "true", "0", "-1", "1", "1.5", "1.0", "1e3", "\"\"", "\" \"", "\"x\"", "\"12000\"", "[]", "{}", "\"a\\nb\"",
        "\"a\\u0007b\"", "\"a\\u0085b\"", "\"\\u5f20\\u4e09\"", "\"XXX\"", "\"*\"", "\"6222020000000001\"", "\"Withhold\"",
        "\"https://a.b\"",
        "\"http://a b/\"", "\"https:\\\\\\\\a.b\"", "\"https://u@a.b/\"", "\"ftp://a.b/\"", "\" https://a.b/\"",
    ];

    private TestNode _node = null!;
    private JsonNode _document = null!;
    private JsonSchemaCheck _check = null!;

    public async Task InitializeAsync()
    {
        _node = await TestNode.StartAsync("""
            router.merchants.shop { notify-secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }
            router.merchants.demo.keys = [ { token = demo-key } ]
            router.channels.alpha.banks = ["ICBC", "01020000"]
            """);
        _document = (await _node.GetAsync("/openapi/v1.json", null)).Json!;
        _check = new JsonSchemaCheck(_document);
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Theory]
    [InlineData("POST", "/v1/payments", "shop-key")]
    [InlineData("POST", "/admin/v1/channels/{id}/disable", "t-admin")]
    [InlineData("PATCH", "/admin/v1/channels/{id}", "t-admin")]
    [InlineData("POST", "/admin/v1/channels/{id}/exclusions", "t-admin")]
    [InlineData("POST", "/admin/v1/cases/{id}/proposals", "t-operator")]
    [InlineData("POST", "/admin/v1/cases/bulk-proposals", "t-operator")]
    [InlineData("POST", "/decide-gateway", "demo-key")]
    [InlineData("POST", "/update-gateway-score", "demo-key")]
    public async Task Schema_and_code_agree_at_every_border(string method, string path, string key)
    {
        var body = BodyOf(method, path);
        var schema = Resolved(body["schema"]!);
        var example = body["example"]!;
        var parameters = OperationOf(method, path)["parameters"]?.AsArray();
        var address = path.Replace("{id}", (string?)parameters?[0]!["example"], StringComparison.Ordinal);
        var wrong = new List<string>();
        var (allowed, refused) = (0, 0);
        // Whose key it is no schema can know.
        foreach (var (field, at) in Fields(schema, []).Where(field => field.Path is not ["merchantId"]))
        {
            foreach (var value in Values(at))
            {
                var text = With(example, field, value);
                var fits = _check.Faults(schema, JsonDocument.Parse(text).RootElement).Count == 0;
                var answer = await _node.SendAsync(new HttpMethod(method), address, key, text);
                _ = fits ? allowed++ : refused++;
                if (fits != (answer.Code != "invalid"))
                {
                    wrong.Add($"{string.Join('.', field)} = {value}: schema {fits}, code {answer.Status} {answer.Text}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(allowed > 3 && refused > 10, $"{allowed} allowed, {refused} refused");
    }

    [Theory]
    [InlineData("PATCH", "/admin/v1/channels/{id}", "{}")]
    [InlineData("PATCH", "/admin/v1/channels/{id}", "{\"reason\":\"none\"}")]
    [InlineData("PATCH", "/admin/v1/channels/{id}", "{\"weight\":null}")]
    [InlineData("POST", "/admin/v1/cases/bulk-proposals", "{}")]
    [InlineData("POST", "/v1/payments", "{}")]
    public async Task Schema_and_code_agree_on_what_may_be_left_out(string method, string path, string text)
    {
        var schema = BodyOf(method, path)["schema"]!;
        var key = path.StartsWith("/admin", StringComparison.Ordinal) ? "t-admin" : "shop-key";
        var address = path.Replace("{id}", "alpha", StringComparison.Ordinal);

        var fits = _check.Faults(schema, JsonDocument.Parse(text).RootElement).Count == 0;
        var answer = await _node.SendAsync(new HttpMethod(method), address, key, text);

        Assert.Equal(fits, answer.Code != "invalid");
    }

    [Theory]
    [InlineData("amount", "0")]
    [InlineData("amount", "\"12000\"")]
    [InlineData("currency", "\"XXX\"")]
    [InlineData("order_no", "\"12345678901234567890123456789012345678901234567890123456789012345\"")]
    [InlineData("colour", "\"red\"")]
    public void What_the_code_refuses_the_schema_of_a_payment_refuses(string field, string value)
    {
        var body = BodyOf("POST", "/v1/payments");

        Assert.Empty(_check.Faults(body["schema"]!, JsonDocument.Parse(body["example"]!.ToJsonString()).RootElement));
        var text = With(body["example"]!, [field], value);
        Assert.NotEmpty(_check.Faults(body["schema"]!, JsonDocument.Parse(text).RootElement));
    }

    private JsonNode OperationOf(string method, string path) => _document["paths"]![path]![method.ToLowerInvariant()]!;

    private JsonNode BodyOf(string method, string path) =>
        OperationOf(method, path)["requestBody"]!["content"]!["application/json"]!;

    private JsonNode Resolved(JsonNode schema) => schema["$ref"] is { } reference
        ? _document["components"]!["schemas"]![((string)reference!).Split('/')[^1]]!
        : schema;

    /// <summary>Every field at every depth, and one that nobody knows.</summary>
    private static IEnumerable<(string[] Path, JsonNode Schema)> Fields(JsonNode schema, string[] path)
    {
        foreach (var (name, field) in schema["properties"]?.AsObject() ?? [])
        {
            yield return ([.. path, name], field!);
            foreach (var deeper in field!["properties"] is null ? [] : Fields(field, [.. path, name]))
            {
                yield return deeper;
            }
        }

        yield return ([.. path, "colour"], new JsonObject());
    }

    private static IEnumerable<string> Values(JsonNode schema)
    {
        var letter = ((string?)schema["pattern"])?.Contains("0-9a-f", StringComparison.Ordinal) == true ? 'a' : '7';
        foreach (var border in new[] { schema["minLength"], schema["maxLength"] }.OfType<JsonNode>().Select(node => (int)node))
        {
            for (var length = Math.Max(0, border - 1); length <= border + 1; length++)
            {
                yield return $"\"{new string(letter, length)}\"";
                yield return $"\"{string.Concat(Enumerable.Repeat("\U0001F600", length))}\"";
            }
        }

        foreach (var border in new[] { schema["minimum"], schema["maximum"], schema["exclusiveMinimum"] }.OfType<JsonNode>()
            .Select(node => (decimal)node))
        {
            foreach (var step in new[] { -1, 0, 1 })
            {
                yield return (border + step).ToString(CultureInfo.InvariantCulture);
            }
        }

        foreach (var word in schema["enum"]?.AsArray().Take(5).OfType<JsonNode>() ?? [])
        {
            yield return word.ToJsonString();
        }

        foreach (var value in Strange)
        {
            yield return value;
        }
    }

    private static string With(JsonNode example, string[] path, string value)
    {
        var body = example.DeepClone();
        var at = body.AsObject();
        foreach (var name in path[..^1])
        {
            at[name] ??= new JsonObject();
            at = at[name]!.AsObject();
        }

        at[path[^1]] = "\u0001here";
        return body.ToJsonString().Replace("\"\\u0001here\"", value, StringComparison.Ordinal);
    }
}
