using System.Collections.Immutable;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Alerts;

/// <summary>How many payments of one product were taken in one quarter of an hour of the week, in the last weeks.</summary>
/// <param name="Last">The quarter that was learnt last, counted from 1970 UTC. It says which one of the week this is.</param>
/// <param name="Weeks">The oldest first; at most <see cref="MostWeeks"/> and the one after them.</param>
public sealed record UsualVolume(Product Product, long Last, ImmutableArray<int> Weeks)
{
    public const int MostWeeks = 4;
    public const int QuartersOfWeek = 7 * 24 * 4;

    /// <summary>0 to 671.</summary>
    public int Quarter => QuarterOfWeek(Last);

    /// <summary>
    /// What is usual in this quarter by earlier weeks: one that has just been learnt must not be compared with itself. It is
    /// their median, which one holiday or one campaign does not move. Null: no earlier week is known.
    /// </summary>
    public (double Number, int Weeks)? Before(long quarter)
    {
        var earlier = quarter > Last ? Weeks : Weeks.RemoveAt(Weeks.Length - 1);
        var sorted = earlier.RemoveRange(0, Math.Max(0, earlier.Length - MostWeeks)).Sort();
        return sorted.IsEmpty
            ? null
            : ((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0, sorted.Length);
    }

    public static int QuarterOfWeek(long quarter) => (int)(quarter % QuartersOfWeek);

    public UsualVolume Learn(long quarter, int taken) => quarter <= Last ? this : this with
    {
        Last = quarter, Weeks = [.. Weeks.Skip(Weeks.Length - MostWeeks), taken],
    };
}
