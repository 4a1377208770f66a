using System.Collections.Concurrent;
using System.Collections.Immutable;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Channels.Messages;

/// <summary>
/// This node's knowledge of every channel, written by its router and its books: addresses of lanes for the books, figures
/// for operators and metrics.
/// </summary>
public sealed class ChannelReports
{
    private readonly ConcurrentDictionary<ChannelId, ChannelReported> _reports = new();
    private readonly ConcurrentDictionary<ChannelId, ChannelHistory> _histories = new();
    private readonly ConcurrentDictionary<(int Book, ChannelId Channel), UnknownAttempts> _unknown = new();
    private volatile ImmutableDictionary<ChannelId, ChannelStanding> _standings = ImmutableDictionary<ChannelId, ChannelStanding>.Empty;

    public ChannelReported? ReportOf(ChannelId channel) => _reports.GetValueOrDefault(channel);

    public ChannelHistory? HistoryOf(ChannelId channel) => _histories.GetValueOrDefault(channel);

    public ChannelStanding? Standing(ChannelId channel) => _standings.GetValueOrDefault(channel);

    public UnknownAttempts Unknown(ChannelId channel)
    {
        var sum = new UnknownAttempts(channel, 0, 0, TimeSpan.Zero);
        foreach (var (key, known) in _unknown)
        {
            if (key.Channel == channel)
            {
                sum = new UnknownAttempts(
                    channel, sum.Count + known.Count, sum.Amount + known.Amount, known.Oldest > sum.Oldest ? known.Oldest : sum.Oldest);
            }
        }

        return sum;
    }

    internal void Write(ChannelReported reported) => _reports[reported.Report.Channel] = reported;

    internal void Write(ChannelHistory history) => _histories[history.Channel] = history;

    internal void Write(ImmutableDictionary<ChannelId, ChannelStanding> standings) => _standings = standings;

    internal void Write(int book, IReadOnlyList<UnknownAttempts> unknown)
    {
        foreach (var key in _unknown.Keys)
        {
            if (key.Book == book && !unknown.Any(known => known.Channel == key.Channel))
            {
                _unknown.TryRemove(key, out _);
            }
        }

        foreach (var known in unknown)
        {
            _unknown[(book, known.Channel)] = known;
        }
    }
}
