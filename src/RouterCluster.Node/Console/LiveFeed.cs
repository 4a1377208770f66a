using System.Data.Common;
using RouterCluster.Api;
using RouterCluster.Node.Alerts;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Health;

namespace RouterCluster.Node.Console;

/// <summary>
/// Looks once a second, for all open consoles together, at what they show. While nobody watches, it only remembers success
/// rates.
/// </summary>
internal sealed class LiveFeed(
    IReadOnlyList<ChannelSettings> settings, IChannels channels, IClusterView cluster, ICaseList cases, IAuditLog audit,
    IAlerts alerts, AlertSettings alertSettings, LiveOutcomes outcomes, TimeProvider time)
    : BackgroundService
{
    public const string Channels = "channels";
    public const string Outcomes = "outcomes";
    private const int Shown = 50;
    private const int LongLookEveryTicks = 2;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1);
    private int _watchers;
    private long _lookedAt;

    public LiveState State { get; } = new();

    public SuccessHistory History { get; } = new();

    /// <summary>Counts one more open stream; false when there are as many as may be.</summary>
    public bool TryWatch(int most)
    {
        if (Interlocked.Increment(ref _watchers) <= most)
        {
            return true;
        }

        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _watchers);

    /// <summary>Looks at once, unless somebody has just looked.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_lookedAt == 0 || time.GetElapsedTime(_lookedAt) >= Every)
            {
                LookAtChannels();
                LookAtOutcomes();
                await LookAtClusterAsync(cancellation);
                await LookAtStorageAsync(cancellation);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _turn.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        for (long tick = 0; await timer.WaitForNextTickAsync(stoppingToken); tick++)
        {
            if (tick % (long)(SuccessHistory.Every / Every) == 0)
            {
                History.Add(channels.All());
            }

            if (Volatile.Read(ref _watchers) > 0)
            {
                await LookAsync(isLong: tick % LongLookEveryTicks == 0, stoppingToken);
            }
        }
    }

    private async Task LookAsync(bool isLong, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            LookAtChannels();
            LookAtOutcomes();
            if (isLong)
            {
                await LookAtClusterAsync(cancellation);
                await LookAtStorageAsync(cancellation);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private void LookAtChannels()
    {
        _lookedAt = time.GetTimestamp();
        State.Write(
            Channels,
            from status in channels.All()
            join configured in settings on status.Channel equals configured.Id
            select (status.Channel.Value, status.ToBody(configured)),
            ApiJson.Default.ChannelBody, isWhole: true);
    }

    private void LookAtOutcomes()
    {
        if (outcomes.Listens)
        {
            State.Write(
                Outcomes, settings.Select(channel => (channel.Id.Value, outcomes.Of(channel.Id))),
                ConsoleJson.Default.OutcomesBody, isWhole: true);
        }
    }

    private async Task LookAtClusterAsync(CancellationToken cancellation) =>
        State.Write("cluster", await cluster.GetAsync(cancellation), ApiJson.Default.ClusterBody);

    private async Task LookAtStorageAsync(CancellationToken cancellation)
    {
        var isAway = false;
        try
        {
            State.Write("cases", await cases.GetAsync(null, Shown, cancellation), ApiJson.Default.CaseList);
            State.Write("alerts", await ActiveAlertsAsync(cancellation), ApiJson.Default.AlertList);
            State.Write("audit", await audit.GetAsync(null, Shown, cancellation), ApiJson.Default.AuditList);
        }
        catch (DbException)
        {
            isAway = true;
        }

        State.Write("storage", new StorageBody(isAway), ConsoleJson.Default.StorageBody);
    }

    private async Task<ListBody<AlertBody>> ActiveAlertsAsync(CancellationToken cancellation)
    {
        var page = await alerts.ListAsync(null, Shown, null, cancellation);
        return new([.. page.Items.Select(alert => alert.ToBody(alertSettings, time.GetUtcNow()))], page.Next);
    }
}
