using System.Collections.Immutable;
using Akka.Actor;
using Akka.Hosting;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Channels;

/// <summary>The operators' view of channels: read from this node's reports, changed through the entities.</summary>
public sealed class ChannelControl(
    IReadOnlyList<ChannelSettings> channels, ChannelReports reports, LocalChannels local, IRequiredActor<IChannelMessage> region,
    RouterClock clock)
    : IChannels
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public IReadOnlyList<ChannelStatus> All() =>
        [.. channels.Select(channel => Status(channel, reports.ReportOf(channel.Id)?.Report, reports.HistoryOf(channel.Id)))];

    public IReadOnlyList<(ChannelId Channel, OperatorChange Change)> Changes() => [.. channels
        .SelectMany(channel => (reports.HistoryOf(channel.Id)?.Changes ?? []).Select(change => (channel.Id, change)))
        .OrderByDescending(made => made.change.At)];

    public async Task<ChannelChangeResult> ChangeAsync(ChannelId channel, ChannelChange change, CancellationToken cancellation)
    {
        try
        {
            var answer = await region.ActorRef.Ask<IChannelNews>(new ChangeChannel(channel, change), Patience, cancellation)
                .ConfigureAwait(false);
            return answer switch
            {
                ChannelChangeRefused refused => new ChannelChangeResult.Refused(refused.Why),
                ChannelChangeDone done when channels.FirstOrDefault(known => known.Id == channel) is { } configured =>
                    new ChannelChangeResult.Done(Status(configured, done.Report, HistoryOf(channel, done))),
                _ => new ChannelChangeResult.NoAnswer(),
            };
        }
        catch (AskTimeoutException)
        {
            return new ChannelChangeResult.NoAnswer();
        }
    }

    private static ChannelHistory HistoryOf(ChannelId channel, ChannelChangeDone done) =>
        new(channel, done.Changed is { } changed ? [changed] : [], done.Overrides)
        {
            Switches = done.Switches, Exclusions = done.Exclusions, Planned = done.Planned,
        };

    /// <param name="history">Its last change is shown, and what it says is overridden.</param>
    private ChannelStatus Status(ChannelSettings channel, ChannelReport? report, ChannelHistory? history)
    {
        var standing = reports.Standing(channel.Id);
        var unknown = reports.Unknown(channel.Id);
        var isSilent = report is null || standing is { Lifecycle: ChannelLifecycle.NoOwner };
        var lifecycle = isSilent ? ChannelLifecycle.NoOwner : report!.Lifecycle;
        var announced = report?.ClosedUntil > clock.Utc ? report.ClosedUntil : null;
        var maintenance = new[] { announced, MaintenanceUntil(channel, report) }.Max();
        ImmutableArray<ChannelOverride> switches = history?.Switches ?? [];
        return new ChannelStatus(
            channel.Id,
            lifecycle,
            report?.Weight ?? channel.Weight,
            report?.Submit ?? Untold(channel.Submit),
            report?.Query ?? Untold(channel.Query),
            standing?.SuccessRate, standing?.TrafficShare ?? 0, unknown.Count, unknown.Amount, unknown.Oldest, history?.Last)
        {
            IsOwnedHere = report is not null && local.Has(channel.Id),
            WaitsForLastOwner = report?.NoOwnerSince is not null,
            NoOwnerFor = NoOwnerFor(standing, report),
            MaintenanceUntil = maintenance,
            AnnouncedUntil = announced,
            Planned = history?.Planned ?? [],
            Closed = Closing(lifecycle, maintenance, report?.PausedUntil, switches),
            Overrides = history?.Overrides ?? [],
            Switches = switches,
            Exclusions = history?.Exclusions ?? [],
            Products = standing?.Products ?? ImmutableDictionary<Product, ProductStanding>.Empty,
        };
    }

    /// <summary>As long as the owner or the router knows, whoever has seen more of it.</summary>
    private TimeSpan? NoOwnerFor(ChannelStanding? standing, ChannelReport? report)
    {
        if (report is null)
        {
            return standing?.NoOwnerFor ?? TimeSpan.Zero;
        }

        var waits = clock.Utc - report.NoOwnerSince;
        return standing?.NoOwnerFor is { } seen && !(waits > seen) ? seen : waits;
    }

    /// <summary>The reason that lasts longest.</summary>
    private ChannelClosing? Closing(
        ChannelLifecycle lifecycle, DateTimeOffset? maintenance, DateTimeOffset? pausedUntil,
        ImmutableArray<ChannelOverride> switches)
    {
        if (lifecycle != ChannelLifecycle.Active)
        {
            var closed = switches.FirstOrDefault(one => one.Key == OverrideKeys.Lifecycle && one.Value == (int)lifecycle);
            return new ChannelClosing(ClosingReason.Lifecycle, closed?.Mark?.End?.At);
        }

        var isPaused = pausedUntil > clock.Utc;
        if (maintenance is { } end && !(isPaused && pausedUntil > end))
        {
            return new ChannelClosing(ClosingReason.Maintenance, end);
        }

        return isPaused ? new ChannelClosing(ClosingReason.Throttled, pausedUntil) : null;
    }

    /// <summary>As configured or planned.</summary>
    private DateTimeOffset? MaintenanceUntil(ChannelSettings channel, ChannelReport? report)
    {
        var planned = (report?.Planned ?? []).Where(one => one.Plan.Bank is null).Select(one => one.Plan.Window);
        return MaintenanceWindow.LastEnd([.. channel.Maintenance, .. planned], clock.Utc);
    }

    private static LaneReport Untold(LaneSettings lane) =>
        new(BreakerState.Closed, 0, lane.Concurrency, 0, lane.Queue, lane.RatePerSecond, 0, 0, 0);
}
