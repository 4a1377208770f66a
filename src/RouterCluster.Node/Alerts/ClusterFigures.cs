using System.Collections.Immutable;
using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Routing;

namespace RouterCluster.Node.Alerts;

/// <summary>Sources that the evaluating node reads itself at each look.</summary>
/// <param name="Members">Addresses of the nodes that should report.</param>
internal sealed record LocalFigures(
    IReadOnlyList<ChannelStatus> Channels, IReadOnlyCollection<string> Members, CaseFigures? Cases,
    ImmutableArray<TargetFigures> Targets, IReadOnlyDictionary<ChannelId, long> Amounts);

/// <summary>The figures of all nodes, put together for the rules. Times are monotonic.</summary>
internal sealed class ClusterFigures(Func<IEnumerable<RouteLine>> lines)
{
    /// <summary>A node that reports less often is not counted on: nothing is resolved without it.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    /// <summary>A node that never comes back is forgotten: somebody has replaced it.</summary>
    private static readonly TimeSpan LostFor = TimeSpan.FromMinutes(10);

    private readonly Dictionary<ChannelId, ChannelTally> _tallies = [];
    private readonly ForeignTally _foreign = new();
    private readonly List<TakenPayments> _taken = [];
    private readonly Dictionary<ChannelId, TimeSpan> _noOwnerSince = [];
    private readonly Dictionary<string, (ReportNodeFigures Figures, TimeSpan At)> _reports = [];
    private readonly Dictionary<string, TimeSpan> _lost = [];

    public VolumeTally Volumes { get; } = new();

    public void Take(ReportNodeFigures figures, TimeSpan now)
    {
        _reports[figures.Address] = (figures, now);
        _taken.AddRange(figures.Taken);
        foreach (var ended in figures.Ended)
        {
            if (!_tallies.TryGetValue(ended.Channel, out var tally))
            {
                _tallies[ended.Channel] = tally = new ChannelTally();
            }

            tally.Count(ended, now);
        }

        foreach (var requests in figures.Foreign)
        {
            _foreign.Count(requests, now);
        }
    }

    /// <summary>The node ended or cannot be reached, and nobody told it to leave.</summary>
    public void Lost(string address, TimeSpan now)
    {
        _lost[address] = now;
        _reports.Remove(address);
    }

    public void Returned(string address) => _lost.Remove(address);

    public void Left(string address)
    {
        _lost.Remove(address);
        _reports.Remove(address);
    }

    public AlertFigures Read(DateTimeOffset at, TimeSpan now, LocalFigures local)
    {
        foreach (var address in _lost.Where(lost => now - lost.Value > LostFor).Select(lost => lost.Key).ToList())
        {
            _lost.Remove(address);
        }

        var (unknown, silences) = (Unknown(), Silences());
        var channels = local.Channels
            .Select(status => FiguresOf(status, unknown.GetValueOrDefault(status.Channel), now, local) with
            {
                Silence = silences.GetValueOrDefault(status.Channel),
            })
            .ToImmutableArray();
        var areComplete = local.Members.All(member => HasReported(member, now));
        var usable = channels.Where(channel => channel.IsUsable).Select(channel => channel.Channel).ToHashSet();
        return new AlertFigures(at)
        {
            Channels = channels,
            Lines = [.. lines().Select(line => new LineFigures(
                line.Merchant, line.Product, line.Channels, [.. line.Channels.Where(usable.Contains)]))],
            Nodes = Nodes(),
            Foreign = _foreign.Read(now),
            Webhooks = [.. _reports.Values.SelectMany(report => report.Figures.Webhooks)],
            Targets = local.Targets,
            Cases = local.Cases,
            Volumes = ReadVolumes(at, areComplete),
            AreComplete = areComplete,
        };
    }

    private ImmutableArray<VolumeFigures> ReadVolumes(DateTimeOffset at, bool areComplete)
    {
        foreach (var taken in _taken)
        {
            Volumes.Count(taken, at);
        }

        _taken.Clear();
        return Volumes.Read(at, areComplete);
    }

    private bool HasReported(string member, TimeSpan now) =>
        _reports.TryGetValue(member, out var report) && now - report.At <= Silence;

    private ImmutableArray<NodeFigures> Nodes() =>
    [
        .. _lost.Keys.Select(address => new NodeFigures(address, IsLost: true, null, null)),
        .. _reports.Where(report => !_lost.ContainsKey(report.Key)).Select(report => new NodeFigures(
            report.Key, IsLost: false, report.Value.Figures.CommitP99, report.Value.Figures.StorageProblem)
        {
            Certificates = report.Value.Figures.Certificates,
        }),
    ];

    private ChannelFigures FiguresOf(ChannelStatus status, UnknownFigures unknown, TimeSpan now, LocalFigures local)
    {
        var figures = new ChannelFigures(status.Channel, LifecycleOf(status), unknown)
        {
            Outages = status.Products.Where(product => product.Value.Outage is not null)
                .ToImmutableDictionary(product => product.Key, product => product.Value.Outage!.Value),
            IsSubmitBreakerOpen = status.Submit.Breaker == BreakerState.Open,
            IsInMaintenance = status.MaintenanceUntil is not null || status.Closed?.Why == ClosingReason.Maintenance,
            NoOwnerFor = NoOwnerFor(status, now),
            InFlight = status.Submit.InFlight,
            Budget = status.Submit.Budget,
            Waiting = status.Submit.Queue,
            AmountToday = local.Amounts.GetValueOrDefault(status.Channel),
            Overrides =
            [
                .. status.Switches.Concat(status.Overrides).Select(FiguresOf).OfType<OverrideFigures>(),
                .. status.Exclusions.Where(one => one.EndsAt is null)
                    .Select(one => new OverrideFigures($"excluded {one.Scope}", one.By, one.At)),
            ],
        };
        return _tallies.TryGetValue(status.Channel, out var tally) ? tally.Fill(figures, now) : figures;
    }

    /// <summary>Null: it ends by itself, or nobody knows since when it is in force.</summary>
    private static OverrideFigures? FiguresOf(ChannelOverride one) => one.Mark is { End: null } mark
        ? new OverrideFigures($"{one.Key.Name()} {one.Key.Text(one.Value)}", mark.By, mark.At)
        : null;

    /// <summary>To isolate a channel and to disable it are the same to those who look for trouble: an operator did it.</summary>
    private static ChannelLifecycle LifecycleOf(ChannelStatus status) =>
        status.Submit.Breaker == BreakerState.Isolated ? ChannelLifecycle.Disabled : status.Lifecycle;

    private TimeSpan NoOwnerFor(ChannelStatus status, TimeSpan now)
    {
        if (status.Lifecycle != ChannelLifecycle.NoOwner)
        {
            _noOwnerSince.Remove(status.Channel);
            return TimeSpan.Zero;
        }

        _noOwnerSince.TryAdd(status.Channel, now);
        return now - _noOwnerSince[status.Channel];
    }

    /// <summary>A node that has just lost the channel may still report it.</summary>
    private Dictionary<ChannelId, SilenceFigures> Silences() => _reports.Values
        .SelectMany(report => report.Figures.Silent)
        .GroupBy(silent => silent.Channel, silent => silent.Figures)
        .ToDictionary(all => all.Key, all => all.MaxBy(silence => silence.Calls));

    /// <summary>By channel, of all nodes; channels without such attempts are left out.</summary>
    private Dictionary<ChannelId, UnknownFigures> Unknown() => _reports.Values
        .SelectMany(report => report.Figures.Unknown)
        .GroupBy(unknown => unknown.Channel, unknown => unknown.Figures)
        .ToDictionary(all => all.Key, all => new UnknownFigures(
            all.Sum(one => one.Count), all.Sum(one => one.Amount), all.Max(one => one.Oldest)));
}
