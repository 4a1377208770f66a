using System.Text.Json;
using System.Text.Json.Nodes;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Descriptions;

/// <summary>
/// Holds every answer that any test gets against the document: its status, its code, and the form of its body have to be among
/// those that the document promises for the endpoint.
/// </summary>
internal static class ApiContract
{
    private static readonly Lazy<Task<JsonNode>> Document = new(async () =>
    {
        await using var node = await TestNode.StartAsync();
        using var client = new HttpClient();
        return JsonNode.Parse(await client.GetStringAsync(new Uri(node.Address, "/openapi/v1.json")))!;
    });

    public static async Task HoldAsync(HttpMethod method, Uri address, Answer answer)
    {
        var document = await Document.Value;
        var known = document["paths"]!.AsObject()
            .Where(path => Fits(path.Key, address.AbsolutePath) && path.Value![method.Method.ToLowerInvariant()] is not null)
            .OrderBy(path => path.Key.Count(letter => letter == '{')).FirstOrDefault();
        // A request that the web server itself cannot read gets an empty 400, before any endpoint is known.
        if (known.Value is null || answer.Status == 405 || (answer.Status == 400 && answer.Text.Length == 0))
        {
            return;
        }

        Assert.True(answer.Message.Headers.Contains("Request-Id"), $"{method} {known.Key} answered without naming the request");
        var response = known.Value[method.Method.ToLowerInvariant()]!["responses"]![$"{answer.Status}"];
        var content = response?["content"];
        var type = answer.Message.Content.Headers.ContentType?.MediaType;
        var isPromised = content is null
            ? response is not null && answer.Text.Length == 0
            : content[type ?? ""] is not null;
        Assert.True(isPromised, $"{method} {known.Key} answered {answer.Status} {type}, which its description does not have");
        if (answer.Json is { } json)
        {
            using var parsed = JsonDocument.Parse(json.ToJsonString());
            var faults = new JsonSchemaCheck(document).Faults(content![type!]!["schema"]!, parsed.RootElement);
            Assert.True(faults.Count == 0, $"{method} {known.Key} {answer.Status}: {string.Join("; ", faults)} in {answer.Text}");
        }
    }

    private static bool Fits(string template, string path)
    {
        var (parts, given) = (template.Split('/'), path.Split('/'));
        return parts.Length == given.Length
            && parts.Zip(given, (part, own) => (part, own)).All(pair => pair.part.StartsWith('{') || pair.part == pair.own);
    }
}
