using RouterCluster.Domain.Books;

namespace RouterCluster.Node.Commits;

/// <summary>
/// Receives every stored event of this node's books, on a thread of its own: in the order of each payment, and at most
/// once. Events that a crash or a full queue loses are not repeated.
/// </summary>
public interface ICommitSubscriber
{
    /// <summary>For logs and metrics.</summary>
    string Name { get; }

    void Happened(CommittedEvent committed);
}
