using System.Collections.Frozen;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Routing.Policies;

/// <summary>
/// Keeps promised minimums: a channel behind its pace of the month comes first while it works as well as the best, within a
/// tolerance. The pace is a straight line, so that no promise is left to the last days.
/// </summary>
public sealed class VolumeCommitments(
    string name, FrozenDictionary<ChannelId, long> minimums, double tolerance, IRoutingPolicy fallback) : IRoutingPolicy
{
    private readonly Dictionary<ChannelId, double> _behind = [];

    public string Name => name;

    /// <summary>When the month began, and the share of it that is over, 0–1.</summary>
    /// <param name="dayOffset">Added to UTC before a day begins.</param>
    public static (DateTimeOffset Start, double Passed) MonthAt(DateTimeOffset utc, TimeSpan dayOffset)
    {
        var local = utc.UtcDateTime + dayOffset;
        var first = new DateTime(local.Year, local.Month, 1);
        return (new DateTimeOffset(first - dayOffset, TimeSpan.Zero), (local - first) / (first.AddMonths(1) - first));
    }

    /// <summary>Called now and then; choices between two calls are added here.</summary>
    /// <param name="volumes">Minor units.</param>
    /// <param name="monthPassed">Share of the month, 0–1.</param>
    public void Tell(IReadOnlyDictionary<ChannelId, long> volumes, double monthPassed)
    {
        foreach (var (channel, minimum) in minimums)
        {
            _behind[channel] = (minimum * monthPassed) - volumes.GetValueOrDefault(channel);
        }
    }

    /// <param name="scores">For channels behind: 1 + the missing share of the minimum. For others: the fallback's.</param>
    public int Choose(in RouteQuestion question, ReadOnlySpan<Candidate> candidates, Span<double> scores)
    {
        var chosen = fallback.Choose(question, candidates, scores);
        var best = Choice.BestOf(candidates);
        var (most, missing) = (-1, 0.0);
        for (var i = 0; i < candidates.Length; i++)
        {
            var part = Missing(candidates[i].Channel);
            if (part > 0 && Choice.IsSound(candidates[i], best, tolerance))
            {
                scores[i] = 1 + part;
                (most, missing) = part > missing ? (i, part) : (most, missing);
            }
        }

        var place = most < 0 ? chosen : Choice.Probe(question, candidates) ?? most;
        if (_behind.TryGetValue(candidates[place].Channel, out var behind))
        {
            _behind[candidates[place].Channel] = behind - question.Amount;
        }

        return place;
    }

    private double Missing(ChannelId channel) =>
        minimums.GetValueOrDefault(channel) is var minimum and > 0 ? _behind.GetValueOrDefault(channel) / minimum : 0;
}
