namespace RouterCluster.Api;

/// <summary>One page; <paramref name="Next"/> is the cursor of the following one, null on the last.</summary>
public sealed record ListBody<T>(IReadOnlyList<T> Items, string? Next);
