using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Node.Platform.Telemetry;

/// <summary>Counts by lane and code how calls ended, to be read when metrics are scraped.</summary>
internal sealed class AnswerCodes
{
    /// <summary>Codes per lane; a protocol has about twenty, and the router's own failures are as many.</summary>
    private const int CodesOfLane = 40;

    private static readonly FrozenSet<string> Always = FrozenSet.Create(Outcome.BadSignature);

    private readonly ConcurrentDictionary<(ChannelId Channel, string Lane), CodeCounts> _counts = new();

    public AnswerCodes(Meter meter) => meter.CreateObservableCounter(
        "router_answers_total", Totals, null, "Calls to channels by the code that they ended with, rare ones as other.");

    public void Count(ChannelId channel, string lane, string code)
    {
        var counts = _counts.GetOrAdd((channel, lane), static _ => new CodeCounts(CodesOfLane, Always));
        lock (counts)
        {
            counts.Count(code);
        }
    }

    private IEnumerable<Measurement<long>> Totals()
    {
        var totals = new List<Measurement<long>>();
        foreach (var ((channel, lane), counts) in _counts)
        {
            lock (counts)
            {
                totals.AddRange(counts.Totals().Select(total => new Measurement<long>(
                    total.Count, new("channel", channel.Value), new("lane", lane), new("code", total.Code))));
            }
        }

        return totals;
    }
}
