namespace RouterCluster.Api;

/// <summary>
/// What the node found at that moment, with <c>failed</c> as status when any check failed. Storage, clock, certificates and
/// counters are the answering node's own; the other checks look at the whole cluster.
/// </summary>
public sealed record ChecksBody(string Node, DateTimeOffset At, string Status, IReadOnlyList<CheckBody> Checks)
{
    public const string Ok = "ok";
    public const string Failed = "failed";
}

/// <summary>One check: <c>ok</c> or <c>failed</c>, and why in one line.</summary>
public sealed record CheckBody(string Name, string Status, string Detail);
