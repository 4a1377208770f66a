using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Counters;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Commits;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Counters;

/// <summary>What this node's books have stored, summed up until it is written to Redis.</summary>
internal sealed class LiveCounters : ICommitSubscriber
{
    private readonly Lock _gate = new();
    private readonly PendingCounts _pending;
    private readonly PaymentCounts _counts;

    public LiveCounters(RedisSettings settings, NodeSettings node, IReadOnlyList<ChannelSettings> channels)
    {
        var banks = channels.SelectMany(channel => channel.Terms.Banks).Where(bank => bank != ChannelTerms.AnyBank);
        var names = new CountedNames(settings.Banks, settings.Codes, banks);
        _pending = new PendingCounts(settings.Pending, node.DayOffset);
        _counts = new PaymentCounts(_pending, names, node.DayOffset);
    }

    public string Name => "counters";

    /// <summary>Numbers that wait.</summary>
    public int Pending
    {
        get
        {
            lock (_gate)
            {
                return _pending.Count;
            }
        }
    }

    public long Lost
    {
        get
        {
            lock (_gate)
            {
                return _pending.Lost;
            }
        }
    }

    public void Happened(CommittedEvent committed)
    {
        lock (_gate)
        {
            _counts.Count(committed);
        }
    }

    public List<CounterIncrement> Take()
    {
        lock (_gate)
        {
            return _pending.Take();
        }
    }
}
