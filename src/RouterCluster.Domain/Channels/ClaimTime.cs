namespace RouterCluster.Domain.Channels;

/// <summary>Both clocks of a node's machine, leaps and all: a process or a machine that stood still must notice.</summary>
public readonly record struct ClaimTime(DateTimeOffset Utc, TimeSpan Monotonic);
