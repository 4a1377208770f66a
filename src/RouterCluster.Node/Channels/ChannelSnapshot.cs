using System.Collections.Immutable;
using RouterCluster.Domain.Channels;

namespace RouterCluster.Node.Channels;

/// <summary>A channel at a moment, so that its recovery need not begin with its first event.</summary>
/// <param name="Changes">Operators' changes, the last ones, in the order in which they were made.</param>
public sealed record ChannelSnapshot(ChannelState State, ImmutableList<OperatorChange> Changes)
{
    /// <summary>None in a snapshot of a version that did not keep them.</summary>
    public OverrideMarks Marks { get; init; } = OverrideMarks.None;
}
