namespace RouterCluster.Api;

/// <summary>One page; <paramref name="Next"/> is the cursor of the following page, null on the last.</summary>
public sealed record ListBody<T>(IReadOnlyList<T> Items, string? Next);
