namespace RouterCluster.Api;

/// <summary>The cluster as the answering node sees it; addresses are Akka addresses, no leader is null.</summary>
public sealed record ClusterBody(string Self, string? Leader, IReadOnlyList<MemberBody> Members);

/// <summary>A node, with the numbers of the books and the ids of the channels that it owns.</summary>
public sealed record MemberBody(
    string Address,
    string Status,
    IReadOnlyList<string> Roles,
    IReadOnlyList<int> Books,
    IReadOnlyList<string> Channels);
