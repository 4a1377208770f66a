using Google.Protobuf;
using Google.Protobuf.Collections;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments.Codec.Stored;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Payments.Codec;

/// <summary>
/// The reasons of a route choice. Stored with every attempt, so they are kept short; nothing is decided by them.
/// </summary>
internal static class ReasonsCodec
{
    public const int MaxBytes = 200;
    private const int MaxPolicy = 60;

    // The three best, and the chosen one if it is not among them.
    private const int MaxCandidates = 4;
    private const int TagAndLength = 2;

    // Bytes of more_candidates and of one entry of more_excluded, which count to 16,383.
    private const int MaxCountOfCandidates = 3;
    private const int MaxCount = 7;

    public static StoredReasons ToStored(RouteReasons reasons)
    {
        var policy = reasons.Policy.Length <= MaxPolicy ? reasons.Policy : reasons.Policy[..MaxPolicy];
        var stored = new StoredReasons { Policy = policy, Draw = reasons.Draw };
        var left = MaxBytes - stored.CalculateSize() - MaxCountOfCandidates;
        left -= AddCandidates(stored, reasons, left - MaxCount * ReasonsIn(reasons));
        AddExcluded(stored, reasons, left);
        return stored;
    }

    /// <summary>All of them, for a refusal that is worded from them and not stored.</summary>
    public static StoredReasons ToWire(RouteReasons reasons) => new()
    {
        Policy = reasons.Policy,
        Draw = reasons.Draw,
        Candidates =
        {
            reasons.Candidates.Select(one => new StoredScore { Channel = one.Channel.Value, Score = (float)one.Score }),
        },
        Excluded =
        {
            reasons.Excluded.Select(ToStored),
        },
        MoreCandidates = reasons.MoreCandidates,
        MoreExcluded =
        {
            reasons.MoreExcluded.Select(
                more => new StoredExclusionCount { Reason = (int)more.Reason, Channels = more.Channels }),
        },
    };

    public static RouteReasons ToReasons(StoredReasons stored) => new(
        stored.Policy,
        stored.Draw,
        [.. stored.Candidates.Select(one => new ScoredChannel(ChannelId.Unchecked(one.Channel), one.Score))],
        [.. stored.Excluded.Select(
            one => new ExcludedChannel(ChannelId.Unchecked(one.Channel), one.Reason.ToKnown<Exclusion>(), one.No)
            {
                Until = one.HasUntil ? one.Until.ToTime() : null,
            })])
    {
        MoreCandidates = stored.MoreCandidates,
        MoreExcluded = [.. stored.MoreExcluded.Select(one => new ExcludedCount(one.Reason.ToKnown<Exclusion>(), one.Channels))],
    };

    /// <returns>The bytes that the candidates take.</returns>
    private static int AddCandidates(StoredReasons stored, RouteReasons reasons, int left)
    {
        var taken = 0;
        foreach (var (channel, score) in reasons.Candidates.Take(MaxCandidates))
        {
            var candidate = new StoredScore { Channel = channel.Value, Score = (float)score };
            if (taken + SizeOf(candidate) > left)
            {
                break;
            }

            stored.Candidates.Add(candidate);
            taken += SizeOf(candidate);
        }

        stored.MoreCandidates = reasons.MoreCandidates + reasons.Candidates.Length - stored.Candidates.Count;
        return taken;
    }

    /// <summary>Names as many as fit beside the counts of the others.</summary>
    private static void AddExcluded(StoredReasons stored, RouteReasons reasons, int left)
    {
        stored.MoreExcluded.Add(reasons.MoreExcluded.Select(
            more => new StoredExclusionCount { Reason = (int)more.Reason, Channels = more.Channels }));
        foreach (var exclusion in reasons.Excluded.Select(ToStored))
        {
            left -= SizeOf(exclusion);
            stored.Excluded.Add(exclusion);
        }

        left -= stored.MoreExcluded.Sum(SizeOf);
        while (left < 0 && stored.Excluded is [.., var last])
        {
            stored.Excluded.RemoveAt(stored.Excluded.Count - 1);
            left += SizeOf(last) - Count(stored.MoreExcluded, last.Reason);
        }
    }

    /// <returns>The bytes that the count takes.</returns>
    private static int Count(RepeatedField<StoredExclusionCount> counts, int reason)
    {
        if (counts.FirstOrDefault(one => one.Reason == reason) is not { } count)
        {
            counts.Add(count = new StoredExclusionCount { Reason = reason });
        }

        var before = count.Channels == 0 ? 0 : SizeOf(count);
        count.Channels++;
        return SizeOf(count) - before;
    }

    private static int ReasonsIn(RouteReasons reasons) => reasons.Excluded.Select(excluded => excluded.Reason)
        .Concat(reasons.MoreExcluded.Select(more => more.Reason)).Distinct().Count();

    private static StoredExclusion ToStored(ExcludedChannel excluded)
    {
        var stored = new StoredExclusion
        {
            Channel = excluded.Channel.Value, Reason = (int)excluded.Reason, No = excluded.ExclusionNo,
        };
        if (excluded.Until.ToStored() is { } until)
        {
            stored.Until = until;
        }

        return stored;
    }

    private static int SizeOf(IMessage part) => part.CalculateSize() + TagAndLength;
}
