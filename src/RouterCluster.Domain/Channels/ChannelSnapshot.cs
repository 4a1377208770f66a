using System.Collections.Immutable;

namespace RouterCluster.Domain.Channels;

/// <param name="Changes">The last changes by operators, oldest first.</param>
public sealed record ChannelSnapshot(ChannelState State, ImmutableList<OperatorChange> Changes)
{
    public const int ChangesKept = 100;

    public static readonly ChannelSnapshot Initial = new(ChannelState.Initial, []);

    /// <summary>Empty in snapshots of versions that did not keep marks.</summary>
    public OverrideMarks Marks { get; init; } = OverrideMarks.None;

    /// <summary>Empty in snapshots of versions that did not have exclusions.</summary>
    public ChannelExclusions Exclusions { get; init; } = ChannelExclusions.None;

    /// <summary>Empty in snapshots of versions in which operators could plan no maintenance.</summary>
    public PlannedMaintenances Planned { get; init; } = PlannedMaintenances.None;

    /// <summary>Null: nothing that operators have set ends by itself.</summary>
    public DateTimeOffset? NextEnd => new[] { Marks.NextEnd, Exclusions.NextEnd, Planned.NextEnd }.Min();

    public ImmutableArray<ChannelOverride> Overrides => Marks.Of(State);

    /// <summary>What has taken the channel out of traffic.</summary>
    public ImmutableArray<ChannelOverride> Switches => Marks.SwitchesOf(State);

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
            Marks = Marks.Apply(adjusted, State),
            Exclusions = Exclusions.Apply(adjusted),
            Planned = Planned.Apply(adjusted),
        };
    }

    /// <summary>The change that takes back something whose time is over; null: there is none.</summary>
    public ChannelChange? EndedAt(DateTimeOffset now) =>
        Marks.EndedAt(now) ?? Exclusions.EndedAt(now) ?? Planned.EndedAt(now);
}
