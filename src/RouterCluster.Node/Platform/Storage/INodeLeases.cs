namespace RouterCluster.Node.Platform.Storage;

/// <summary>What the rows in which nodes say that they live tell this node of itself and of the others.</summary>
public interface INodeLeases
{
    /// <summary>Of this run of this node.</summary>
    string Incarnation { get; }

    /// <summary>How long a renewal lasts.</summary>
    TimeSpan Lasts { get; }

    /// <summary>Asked last before bytes leave.</summary>
    bool MaySend { get; }

    /// <summary>
    /// How long, at least, the node of that incarnation has certainly not been able to send, by this node's monotonic clock: it
    /// has released its row, or has been fenced after its row stayed unrenewed for as long as a renewal lasts. A row that is not
    /// there counts from this node's first look for it.
    /// </summary>
    /// <remarks>Whoever asks wants to take over: an incarnation is fenced only after somebody has asked for it.</remarks>
    /// <returns>Null: it may still send. An answer is final: that incarnation never sends again.</returns>
    TimeSpan? SilentFor(string incarnation);
}
