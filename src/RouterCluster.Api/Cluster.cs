namespace RouterCluster.Api;

/// <summary>The cluster as the answering node sees it, with Akka addresses; null: there is no leader.</summary>
public sealed record ClusterBody(string Self, string? Leader, IReadOnlyList<MemberBody> Members);

/// <summary>A node, with the numbers of its books and the ids of its channels.</summary>
public sealed record MemberBody(
    string Address,
    string Status,
    IReadOnlyList<string> Roles,
    IReadOnlyList<int> Books,
    IReadOnlyList<string> Channels);
