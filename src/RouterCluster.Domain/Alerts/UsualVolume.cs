using System.Collections.Immutable;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Alerts;

/// <summary>How many payments of one product were taken in one quarter of an hour of the week, in the last weeks.</summary>
/// <param name="Last">The quarter that was learnt last, counted from 1970 UTC. It says which one of the week this is.</param>
/// <param name="Weeks">The oldest first; at most <see cref="MostWeeks"/>.</param>
public sealed record UsualVolume(Product Product, long Last, ImmutableArray<int> Weeks)
{
    public const int MostWeeks = 4;
    public const int QuartersOfWeek = 7 * 24 * 4;

    /// <summary>0 to 671.</summary>
    public int Quarter => QuarterOfWeek(Last);

    /// <summary>The median: one holiday or one campaign does not move it.</summary>
    public double Usual
    {
        get
        {
            var sorted = Weeks.Sort();
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0;
        }
    }

    public static int QuarterOfWeek(long quarter) => (int)(quarter % QuartersOfWeek);

    public UsualVolume Learn(long quarter, int taken) => quarter <= Last ? this : this with
    {
        Last = quarter, Weeks = [.. Weeks.Skip(Math.Max(0, Weeks.Length + 1 - MostWeeks)), taken],
    };
}
