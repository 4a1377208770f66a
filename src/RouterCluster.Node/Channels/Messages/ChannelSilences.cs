using System.Collections.Concurrent;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Channels.Messages;

/// <summary>Which of the channels that this node owns have not answered lately. Times are monotonic.</summary>
public sealed class ChannelSilences
{
    private readonly ConcurrentDictionary<ChannelId, UnansweredCalls> _silent = new();

    public IReadOnlyList<(ChannelId Channel, UnansweredCalls Calls)> All() =>
        [.. _silent.Select(one => (one.Key, one.Value)).Where(one => one.Value.Count > 0)];

    internal void Ended(ChannelId channel, CallVerdict verdict, TimeSpan now) => _silent.AddOrUpdate(
        channel,
        static (_, end) => default(UnansweredCalls).After(end.Verdict, end.Now),
        static (_, known, end) => known.After(end.Verdict, end.Now),
        (Verdict: verdict, Now: now));

    /// <summary>Another node owns the channel now, or nobody does.</summary>
    internal void Forget(ChannelId channel) => _silent.TryRemove(channel, out _);
}
