using System.Collections.Immutable;
using RouterCluster.Domain.Channels;

namespace RouterCluster.Domain.Downtimes;

/// <summary>Times in order, with a gap between each two.</summary>
public sealed class Times
{
    public static readonly Times Never = new([]);

    public static readonly Times Always = new([new MaintenanceTime(DateTimeOffset.MinValue, DateTimeOffset.MaxValue)]);

    private Times(ImmutableArray<MaintenanceTime> all) => All = all;

    public ImmutableArray<MaintenanceTime> All { get; }

    public bool IsEmpty => All.IsEmpty;

    /// <summary>Times that meet or overlap become one.</summary>
    public static Times Of(IEnumerable<MaintenanceTime> times)
    {
        var joined = ImmutableArray.CreateBuilder<MaintenanceTime>();
        foreach (var time in times.Where(time => time.From < time.Until).OrderBy(time => time.From))
        {
            if (joined.Count > 0 && time.From <= joined[^1].Until)
            {
                joined[^1] = joined[^1] with { Until = Later(joined[^1].Until, time.Until) };
            }
            else
            {
                joined.Add(time);
            }
        }

        return new Times(joined.ToImmutable());
    }

    public bool Has(DateTimeOffset at) => All.Any(time => time.From <= at && at < time.Until);

    public Times And(Times other)
    {
        var both = ImmutableArray.CreateBuilder<MaintenanceTime>();
        var (mine, theirs) = (0, 0);
        while (mine < All.Length && theirs < other.All.Length)
        {
            var (one, two) = (All[mine], other.All[theirs]);
            var shared = new MaintenanceTime(Later(one.From, two.From), one.Until < two.Until ? one.Until : two.Until);
            if (shared.From < shared.Until)
            {
                both.Add(shared);
            }

            _ = one.Until < two.Until ? mine++ : theirs++;
        }

        return new Times(both.ToImmutable());
    }

    public Times Without(Times other) => And(other.Not());

    private Times Not()
    {
        var gaps = ImmutableArray.CreateBuilder<MaintenanceTime>();
        var from = DateTimeOffset.MinValue;
        foreach (var time in All)
        {
            gaps.Add(new MaintenanceTime(from, time.From));
            from = time.Until;
        }

        gaps.Add(new MaintenanceTime(from, DateTimeOffset.MaxValue));
        return new Times([.. gaps.Where(gap => gap.From < gap.Until)]);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset two) => one > two ? one : two;
}
