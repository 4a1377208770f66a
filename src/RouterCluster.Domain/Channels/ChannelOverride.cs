using System.Collections.Immutable;
using System.Diagnostics;

namespace RouterCluster.Domain.Channels;

/// <summary>The settings of a channel that operators can override. The numbers are stored: never re-used.</summary>
[Flags]
public enum OverrideKeys
{
    None = 0,
    SubmitConcurrency = 1,
    SubmitRatePerSecond = 2,
    QueryConcurrency = 4,
    QueryRatePerSecond = 8,
    Weight = 16,
}

/// <summary>In force instead of the configured value, until somebody takes it back.</summary>
/// <param name="Mark">Null for an override from before marks were kept.</param>
public sealed record ChannelOverride(OverrideKeys Key, double Value, OverrideMark? Mark);

public sealed record OverrideMark(DateTimeOffset At, string By);

public sealed record OverrideMarks(ImmutableSortedDictionary<OverrideKeys, OverrideMark> ByKey)
{
    public static readonly OverrideMarks None = new(ImmutableSortedDictionary<OverrideKeys, OverrideMark>.Empty);

    public OverrideMarks Apply(ChannelAdjusted adjusted)
    {
        var change = adjusted.Change;
        var left = ByKey.RemoveRange(ByKey.Keys.Where(key => change.Resets.HasFlag(key)));
        var set = OverrideNames.All.Where(key => change.ValueOf(key) is not null);
        return new OverrideMarks(left.SetItems(
            set.Select(key => KeyValuePair.Create(key, new OverrideMark(adjusted.At, change.By)))));
    }

    /// <summary>Marks for overrides from before marks were kept: the last change that names the setting made it.</summary>
    public OverrideMarks CompletedFrom(IEnumerable<OperatorChange> changes)
    {
        var marks = ByKey;
        foreach (var key in OverrideNames.All.Where(key => !ByKey.ContainsKey(key)))
        {
            var made = changes.LastOrDefault(change => change.What.Split(", ").Any(
                part => part.StartsWith($"{key.Name()}=", StringComparison.Ordinal)));
            marks = made is null ? marks : marks.SetItem(key, new OverrideMark(made.At, made.By));
        }

        return new OverrideMarks(marks);
    }

    public ImmutableArray<ChannelOverride> Of(ChannelState state) =>
    [
        .. from key in OverrideNames.All
           let value = state.Override(key)
           where value is not null
           select new ChannelOverride(key, value.Value, ByKey.GetValueOrDefault(key)),
    ];
}

public static class OverrideNames
{
    public static readonly ImmutableArray<OverrideKeys> All =
    [
        OverrideKeys.SubmitConcurrency, OverrideKeys.SubmitRatePerSecond, OverrideKeys.QueryConcurrency,
        OverrideKeys.QueryRatePerSecond, OverrideKeys.Weight,
    ];

    public static string Name(this OverrideKeys key) => key switch
    {
        OverrideKeys.SubmitConcurrency => "submit.concurrency",
        OverrideKeys.SubmitRatePerSecond => "submit.rate_per_second",
        OverrideKeys.QueryConcurrency => "query.concurrency",
        OverrideKeys.QueryRatePerSecond => "query.rate_per_second",
        OverrideKeys.Weight => "weight",
        OverrideKeys.None => throw new UnreachableException("No setting has no name."),
    };
}
