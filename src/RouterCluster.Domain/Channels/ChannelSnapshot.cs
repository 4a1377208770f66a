using System.Collections.Immutable;

namespace RouterCluster.Domain.Channels;

/// <summary>A channel at a moment, so that its recovery need not begin with its first event.</summary>
/// <param name="Changes">Operators' changes, the last ones, in the order in which they were made.</param>
public sealed record ChannelSnapshot(ChannelState State, ImmutableList<OperatorChange> Changes)
{
    public const int ChangesKept = 100;

    public static readonly ChannelSnapshot Initial = new(ChannelState.Initial, []);

    /// <summary>None in a snapshot of a version that did not keep them.</summary>
    public OverrideMarks Marks { get; init; } = OverrideMarks.None;

    /// <summary>Operators' values that are in force instead of the configured ones.</summary>
    public ImmutableArray<ChannelOverride> Overrides => Marks.Of(State);

    public ChannelSnapshot Apply(ChannelEvent @event)
    {
        var state = State.Apply(@event);
        if (@event is not ChannelAdjusted adjusted || state.Changed is not { } changed)
        {
            return this with { State = state };
        }

        var changes = Changes.Add(changed);
        return new ChannelSnapshot(state, changes.Count > ChangesKept ? changes.RemoveAt(0) : changes)
        {
            Marks = Marks.Apply(adjusted),
        };
    }
}
