using System.Collections.Immutable;

namespace RouterCluster.Domain.Channels;

/// <summary>Who made each override and since when, and when those end that were made for a time.</summary>
public sealed record OverrideMarks(ImmutableSortedDictionary<OverrideKeys, OverrideMark> ByKey)
{
    public static readonly OverrideMarks None = new(ImmutableSortedDictionary<OverrideKeys, OverrideMark>.Empty);

    /// <summary>Null: no override ends by itself.</summary>
    public DateTimeOffset? NextEnd => ByKey.Values.Min(mark => mark.End?.At);

    private static IEnumerable<OverrideKeys> Keys => OverrideNames.All.Concat(OverrideNames.Switches);

    /// <param name="before">The channel before the change.</param>
    public OverrideMarks Apply(ChannelAdjusted adjusted, ChannelState before)
    {
        var change = adjusted.Change;
        var marks = ByKey.RemoveRange(ByKey.Keys.Where(key => change.Resets.HasFlag(key)));
        foreach (var key in Keys)
        {
            if (change.Ended.HasFlag(key))
            {
                marks = ByKey.GetValueOrDefault(key)?.End?.Mark is { } former ? marks.SetItem(key, former) : marks.Remove(key);
            }
            else if (change.ValueOf(key) is { } value)
            {
                marks = IsUsual(key, value) ? marks.Remove(key) : marks.SetItem(key, MarkOf(key, adjusted, before));
            }
        }

        return new OverrideMarks(marks);
    }

    /// <summary>The change that takes back whatever was set for a time that is over; null: there is none.</summary>
    public ChannelChange? EndedAt(DateTimeOffset now)
    {
        var over = ByKey.Where(mark => mark.Value.End?.At <= now).ToList();
        var people = string.Join(" and ", over.Select(mark => mark.Value.By).Distinct());
        return over.Count == 0
            ? null
            : over.Aggregate(
                new ChannelChange(ChannelChange.Router, $"the time that {people} set is over"),
                (change, mark) => change.Restoring(mark.Key, mark.Value.End!.Value));
    }

    /// <summary>Marks for overrides from before marks were kept: the last change that names the setting made it.</summary>
    public OverrideMarks CompletedFrom(IEnumerable<OperatorChange> changes)
    {
        var marks = ByKey;
        foreach (var key in Keys.Where(key => !ByKey.ContainsKey(key)))
        {
            var made = changes.LastOrDefault(change => change.What.Split(", ").Any(part => Sets(part, key)));
            marks = made is null ? marks : marks.SetItem(key, new OverrideMark(made.At, made.By));
        }

        return new OverrideMarks(marks);
    }

    public ImmutableArray<ChannelOverride> Of(ChannelState state) => Of(state, OverrideNames.All);

    public ImmutableArray<ChannelOverride> SwitchesOf(ChannelState state) => Of(state, OverrideNames.Switches);

    private ImmutableArray<ChannelOverride> Of(ChannelState state, ImmutableArray<OverrideKeys> keys) =>
    [
        .. from key in keys
           let value = state.Override(key)
           where value is not null
           select new ChannelOverride(key, value.Value, ByKey.GetValueOrDefault(key)),
    ];

    private static bool IsUsual(OverrideKeys key, double value) => key switch
    {
        OverrideKeys.Lifecycle => value == (int)ChannelLifecycle.Active,
        OverrideKeys.Isolated => value == 0,
        _ => false,
    };

    private static bool Sets(string part, OverrideKeys key) => key switch
    {
        OverrideKeys.Lifecycle => part is "disabled" or "draining",
        OverrideKeys.Isolated => part == "isolated",
        _ => part.StartsWith($"{key.Name()}=", StringComparison.Ordinal),
    };

    /// <summary>After several changes for a time, what stood before the first of them comes back.</summary>
    private OverrideMark MarkOf(OverrideKeys key, ChannelAdjusted adjusted, ChannelState before)
    {
        var mark = new OverrideMark(adjusted.At, adjusted.Change.By);
        if (adjusted.Change.For is not { } time)
        {
            return mark;
        }

        var replaced = ByKey.GetValueOrDefault(key);
        var end = replaced?.End ?? new OverrideEnd(default, before.Override(key), replaced);
        return mark with { End = end with { At = adjusted.At + time } };
    }
}
