using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace RouterCluster.Node.Platform.Descriptions;

/// <summary>A request's body: its schema's name, and an example that the demo accepts.</summary>
internal sealed record RequestBody(string Name, OpenApiSchema Schema, JsonNode Example)
{
    public bool IsRequired { get; init; } = true;

    public static JsonNode Parse(string json) => JsonNode.Parse(json)!;
}
