using System.Text.Json.Nodes;

namespace RouterCluster.Benchmarks.Operator;

/// <param name="Says">The question or the action, in words.</param>
/// <param name="Arguments">Of <c>routerctl</c>; the number counts the rounds from zero.</param>
internal sealed record DrillCommand(string Says, Func<DrillScene, int, string[]> Arguments)
{
    /// <summary>It ends with 1 where it finds something wrong, and with 0 otherwise; all others end with 0.</summary>
    public bool MayFind { get; init; }

    /// <summary>Fewer rows make the drill fail.</summary>
    public int LeastRows { get; init; } = 1;

    /// <summary>What later commands need of its answer.</summary>
    public Action<DrillScene, JsonNode?> Learn { get; init; } = (_, _) => { };
}
