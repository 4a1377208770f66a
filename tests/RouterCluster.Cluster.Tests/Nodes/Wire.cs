using System.Text.Json;

namespace RouterCluster.Cluster.Tests.Nodes;

/// <summary>The contract's JSON. These tests have types of their own, so that a mistake in the product's shows.</summary>
internal static class Wire
{
    public static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
