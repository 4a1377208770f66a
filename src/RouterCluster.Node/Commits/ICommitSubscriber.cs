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

    /// <summary>False: the events of the moment are of no use to it, and nothing is woken for them.</summary>
    bool Listens => true;

    void Happened(CommittedEvent committed);
}
