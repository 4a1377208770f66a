using System.Collections.Immutable;

namespace RouterCluster.Domain.Channels;

/// <summary>A part of a channel that an operator has switched off.</summary>
/// <param name="No">From 1, and never used again by the channel.</param>
public sealed record ChannelExclusion(int No, ExclusionScope Scope, DateTimeOffset At, string By, string Reason)
{
    /// <summary>Null: it stays until somebody takes it back.</summary>
    public DateTimeOffset? EndsAt { get; init; }
}

/// <summary>The parts of a channel that operators have switched off, in the order of their numbers.</summary>
public sealed record ChannelExclusions(ImmutableArray<ChannelExclusion> All, int LastNo)
{
    /// <summary>Every report to routers carries them, ten a second.</summary>
    public const int Most = 50;

    public static readonly ChannelExclusions None = new([], 0);

    /// <summary>Null: none of them ends by itself.</summary>
    public DateTimeOffset? NextEnd => All.Min(one => one.EndsAt);

    public ImmutableArray<ExclusionScope> Scopes => [.. All.Select(one => one.Scope)];

    public ImmutableArray<NumberedScope> Numbered => [.. All.Select(one => new NumberedScope(one.No, one.Scope))];

    public ChangeRefusal? RefusalOf(ChannelChange change)
    {
        if (change.Include > LastNo)
        {
            return ChangeRefusal.NoSuchExclusion;
        }

        return change.Exclude is { } scope && All.Length >= Most && Find(scope) is null ? ChangeRefusal.TooManyExclusions : null;
    }

    /// <summary>Somebody has taken the exclusion back before.</summary>
    public bool IsDone(ChannelChange change) => change.Include is { } no && All.All(one => one.No != no);

    /// <summary>The same part is excluded once: the later reason and end are in force.</summary>
    public ChannelChange WithNumber(ChannelChange change) =>
        change.Exclude is { } scope ? change with { ExcludeNo = Find(scope)?.No ?? LastNo + 1 } : change;

    public ChannelExclusions Apply(ChannelAdjusted adjusted)
    {
        var change = adjusted.Change;
        var left = All.Where(one => one.No != change.Include && one.No != change.ExcludeNo);
        if (change.Exclude is not { } scope)
        {
            return this with { All = [.. left] };
        }

        var added = new ChannelExclusion(change.ExcludeNo, scope, adjusted.At, change.By, change.Reason)
        {
            EndsAt = adjusted.At + change.For,
        };
        return new ChannelExclusions([.. left.Append(added).OrderBy(one => one.No)], Math.Max(LastNo, added.No));
    }

    /// <summary>The change that takes back an exclusion whose time is over; null: there is none.</summary>
    public ChannelChange? EndedAt(DateTimeOffset now) => All.FirstOrDefault(one => one.EndsAt <= now) is { } over
        ? new ChannelChange(ChannelChange.Router, $"the time that {over.By} set is over") { Include = over.No }
        : null;

    private ChannelExclusion? Find(ExclusionScope scope) => All.FirstOrDefault(one => one.Scope == scope);
}
