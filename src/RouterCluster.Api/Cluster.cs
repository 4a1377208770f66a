using System.Text.Json.Serialization;

namespace RouterCluster.Api;

/// <summary>The cluster as the answering node sees it, with Akka addresses; null: there is no leader.</summary>
public sealed record ClusterBody(string Self, string? Leader, IReadOnlyList<MemberBody> Members);

/// <summary>A node, with the numbers of its books and the ids of its channels.</summary>
/// <param name="Status">As in Akka, or <c>unreachable</c>.</param>
/// <param name="Draining">It hands over what it owns, and takes nothing new.</param>
/// <param name="Lease">Null: the node has no row in a shared database, or none that is known to live.</param>
public sealed record MemberBody(
    string Address,
    string Status,
    IReadOnlyList<string> Roles,
    IReadOnlyList<int> Books,
    IReadOnlyList<string> Channels,
    bool Draining,
    LeaseBody? Lease)
{
    /// <summary>Null: storage is in files, the database does not answer, or the node has no row that is known to live.</summary>
    public ConnectionsBody? Connections { get; init; }

    /// <summary>Whether the node says that it is ready for its roles. Left out where it did not answer in time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Ready { get; init; }

    /// <summary>Why the node is not ready. Left out where it is, and where it did not answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NotReady { get; init; }
}

/// <summary>Connections of a node to PostgreSQL, as the database counts them, by what they are for.</summary>
/// <param name="Limit">How many it may have at most; null: of another node than the answering one.</param>
/// <param name="Journals">With that of the books' writer.</param>
public sealed record ConnectionsBody(int? Limit, int Open, int Journals, int Writes, int Reads, int Leases);

/// <summary>An operator drains a node or takes it back.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MemberChangeRequest(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null);

/// <summary>An operator lets the cluster go on without a node.</summary>
/// <param name="Force">Also when the node answers.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MemberDownRequest(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Force = false);

/// <summary>The row by which a node says that it lives.</summary>
/// <param name="Epoch">The how-manieth run of a node on this database.</param>
/// <param name="AgeMs">How long ago the answering node has seen the row renewed.</param>
/// <param name="Until">Until when it counts, by the answering node's clock.</param>
public sealed record LeaseBody(long Epoch, long AgeMs, DateTimeOffset Until);
