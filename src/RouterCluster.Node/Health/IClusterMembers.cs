using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Health;

/// <param name="IsForced">Also when the node answers.</param>
internal sealed record MemberChange(MemberMove Move, string By, string Reason, bool IsForced);

public enum MemberMove
{
    /// <summary>The node hands over what it owns, takes nothing new, and goes on running.</summary>
    Drain,

    /// <summary>A draining node takes its share again.</summary>
    Rejoin,

    /// <summary>The cluster goes on without the node.</summary>
    Down,
}

/// <summary>Operators' changes of the cluster's nodes.</summary>
internal interface IClusterMembers
{
    /// <param name="member">The address, with or without what stands before the host.</param>
    /// <returns>Null: done, and in the audit trail.</returns>
    /// <exception cref="System.Data.Common.DbException">The audit trail cannot be written; nothing was done.</exception>
    Task<Refusal?> ChangeAsync(string member, MemberChange change, CancellationToken cancellation);
}
