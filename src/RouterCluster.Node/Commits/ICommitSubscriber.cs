using RouterCluster.Domain.Books;

namespace RouterCluster.Node.Commits;

/// <summary>
/// Hears of every event of this node's books when it is stored, on a thread of its own: in the order of each payment, and at
/// most once. What a crash of the node, or a full queue, keeps from it is not told again.
/// </summary>
public interface ICommitSubscriber
{
    /// <summary>Stands in logs and metrics.</summary>
    string Name { get; }

    void Happened(CommittedEvent committed);
}
