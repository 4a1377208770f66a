namespace RouterCluster.Cluster.Tests.Chaos;

/// <param name="MakeAsync">Gives what undoes it.</param>
/// <param name="Lasts">Until it is undone.</param>
internal sealed record Fault(string Name, TimeSpan Lasts, Func<ThreeNodes, Task<Func<Task>>> MakeAsync)
{
    /// <summary>Too slow for a usual run, or much like another one.</summary>
    public bool IsForLongRuns { get; init; }
}
