using Google.Protobuf;
using RouterCluster.Actors.Payments.Codec.Stored;
using RouterCluster.Actors.Storage;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Routing;

namespace RouterCluster.Actors.Payments.Codec;

/// <summary>Why a channel was chosen. Stored with every attempt, so it is kept short; nothing is ever decided upon it.</summary>
internal static class ReasonsCodec
{
    public const int MaxBytes = 200;
    private const int MaxPolicy = 60;

    // The three best, and the chosen one where it is none of them.
    private const int MaxCandidates = 4;
    private const int TagAndLength = 2;

    public static StoredReasons ToStored(RouteReasons reasons)
    {
        var policy = reasons.Policy.Length <= MaxPolicy ? reasons.Policy : reasons.Policy[..MaxPolicy];
        var stored = new StoredReasons { Policy = policy, Draw = reasons.Draw };
        var left = MaxBytes - stored.CalculateSize();
        foreach (var (channel, score) in reasons.Candidates.Take(MaxCandidates))
        {
            var candidate = new StoredScore { Channel = channel.Value, Score = (float)score };
            if (!Fits(candidate, ref left))
            {
                return stored;
            }

            stored.Candidates.Add(candidate);
        }

        foreach (var (channel, reason) in reasons.Excluded)
        {
            var exclusion = new StoredExclusion { Channel = channel.Value, Reason = (int)reason };
            if (!Fits(exclusion, ref left))
            {
                return stored;
            }

            stored.Excluded.Add(exclusion);
        }

        return stored;
    }

    public static RouteReasons ToReasons(StoredReasons stored) => new(
        stored.Policy,
        stored.Draw,
        [.. stored.Candidates.Select(one => new ScoredChannel(new ChannelId(one.Channel), one.Score))],
        [.. stored.Excluded.Select(one => new ExcludedChannel(new ChannelId(one.Channel), one.Reason.ToKnown<Exclusion>()))]);

    private static bool Fits(IMessage part, ref int left)
    {
        left -= part.CalculateSize() + TagAndLength;
        return left >= 0;
    }
}
