using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Routing;

/// <summary>All channels' maintenance: configured, announced, planned by operators. Mutable, with one owner.</summary>
public sealed class MaintenanceCalendar(IReadOnlyDictionary<ChannelId, ImmutableArray<MaintenanceWindow>> windows)
{
    private readonly Dictionary<ChannelId, DateTimeOffset> _closedUntil = [];
    private readonly Dictionary<ChannelId, ImmutableArray<NumberedPlan>> _planned = [];
    private IReadOnlyDictionary<ChannelId, ImmutableArray<MaintenanceWindow>> _windows = windows;

    public void Configure(IReadOnlyDictionary<ChannelId, ImmutableArray<MaintenanceWindow>> next) => _windows = next;

    /// <returns>Whether it changes anything.</returns>
    public bool Hear(ChannelReport report)
    {
        var isAnnounced = Announce(report.Channel, report.ClosedUntil);
        return Plan(report.Channel, report.Planned) || isAnnounced;
    }

    /// <returns>Whether it changes anything; null takes an announcement back.</returns>
    public bool Announce(ChannelId channel, DateTimeOffset? until)
    {
        if (until is not { } end)
        {
            return _closedUntil.Remove(channel);
        }

        var isNew = !_closedUntil.TryGetValue(channel, out var known) || known != end;
        _closedUntil[channel] = end;
        return isNew;
    }

    public IReadOnlyDictionary<ChannelId, MaintenanceEnds> At(DateTimeOffset now)
    {
        var ends = new Dictionary<ChannelId, MaintenanceEnds>();
        foreach (var (channel, times) in _windows)
        {
            Close(channel, null, MaintenanceWindow.LastEnd(times, now));
        }

        foreach (var (channel, until) in _closedUntil)
        {
            Close(channel, null, now < until ? until : null);
        }

        foreach (var (channel, plans) in _planned)
        {
            foreach (var (_, plan) in plans)
            {
                Close(channel, plan.Bank, plan.Window.EndOf(now));
            }
        }

        return ends;

        void Close(ChannelId channel, string? bank, DateTimeOffset? until)
        {
            if (until is { } end)
            {
                ends[channel] = ends.GetValueOrDefault(channel, MaintenanceEnds.None).With(bank, end);
            }
        }
    }

    /// <summary>A number always means the same times.</summary>
    private bool Plan(ChannelId channel, ImmutableArray<NumberedPlan> plans)
    {
        var known = _planned.GetValueOrDefault(channel, []);
        if (known == plans || known.Select(one => one.No).SequenceEqual(plans.Select(one => one.No)))
        {
            return false;
        }

        if (plans.IsEmpty)
        {
            _planned.Remove(channel);
        }
        else
        {
            _planned[channel] = plans;
        }

        return true;
    }
}
