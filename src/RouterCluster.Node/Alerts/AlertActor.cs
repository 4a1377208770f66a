using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Alerts.Delivery;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Routing;

namespace RouterCluster.Node.Alerts;

/// <param name="Lines">The channels of each merchant's product, as configured now.</param>
internal sealed record AlertContext(
    AlertSettings Settings, string Environment, TimeSpan DayOffset, Func<IEnumerable<RouteLine>> Lines, IChannels Channels,
    OpenCases Cases, SucceededVolumes Volumes, AlertStore Store, UsualVolumeStore Usual, AlertStandings Standings,
    Troubles Troubles, RouterClock Clock);

/// <summary>
/// Evaluates the alerts, on one node of the cluster at a time. Changes are stored first and delivered then; but where storage
/// takes nothing they are delivered all the same, because people must hear of that too.
/// </summary>
internal sealed class AlertActor : ReceiveActor, IWithTimers
{
    private const string Storage = "storage of alerts";

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReadMutesEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReadAmountsEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeepUnsent = TimeSpan.FromDays(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StorePatience = TimeSpan.FromSeconds(3);

    /// <summary>Without stored alerts for so long, as without storage, the list begins empty.</summary>
    private static readonly TimeSpan RecoverPatience = TimeSpan.FromSeconds(10);

    private readonly AlertContext _context;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly AlertList _list;
    private readonly AlertAnnouncements _announcements = new();
    private readonly ClusterFigures _figures;
    private readonly AlertTargets _targets;
    private readonly AlertSaving _saving;
    private readonly TimeSpan _startedAt;
    private IReadOnlyDictionary<ChannelId, long> _amounts = ImmutableDictionary<ChannelId, long>.Empty;
    private bool _isRecovered;

    public AlertActor(AlertContext context)
    {
        _context = context;
        _startedAt = context.Clock.Monotonic;
        _list = context.Settings.Policy.NewList();
        _figures = new ClusterFigures(context.Lines);
        _targets = new AlertTargets(context, Context);
        _saving = new AlertSaving(context.Clock.Utc.ToUnixTimeMilliseconds());
        Receive<Look>(_ => OnLook());
        Receive<Refresh>(_ => OnRefresh());
        Receive<ReportNodeFigures>(figures => _figures.Take(figures, Now));
        Receive<TargetAnswered>(OnAnswered);
        Receive<Saved>(OnSaved);
        ReceiveStorage();
        ReceiveMembers();
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _context.Clock.Monotonic;

    public static Props Props(AlertContext context) => Akka.Actor.Props.Create(() => new AlertActor(context));

    protected override void PreStart()
    {
        _cluster.Subscribe(
            Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent),
            typeof(ClusterEvent.IReachabilityEvent));
        Timers.StartPeriodicTimer(nameof(Look), Look.Instance, LookEvery);
        Timers.StartPeriodicTimer(nameof(Refresh), Refresh.Instance, RefreshEvery);
        Timers.StartPeriodicTimer(nameof(ReadMutes), ReadMutes.Instance, ReadMutesEvery);
        Timers.StartPeriodicTimer(nameof(Prune), Prune.Instance, PruneEvery);
        if (_context.Settings.Policy.MostAmount is not null)
        {
            Timers.StartPeriodicTimer(nameof(ReadAmounts), ReadAmounts.Instance, TimeSpan.Zero, ReadAmountsEvery);
        }

        Self.Tell(Recover.Instance);
    }

    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        _context.Standings.Write(null);
    }

    private void ReceiveStorage()
    {
        Receive<Recover>(_ => Read(ReadStoredAsync, stored => stored));
        Receive<UsualSaved>(saved => _figures.Volumes.Saved(saved.Volumes));
        Receive<Recovered>(OnRecovered);
        Receive<ReadMutes>(_ => Read(
            token => _context.Store.MutesAsync(_context.Clock.Utc, token), mutes => new MutesRead(mutes)));
        Receive<MutesRead>(read => OnMutes(read.Mutes));
        Receive<ReadAmounts>(_ => Read(
            token => _context.Volumes(StartOfDay(_context.Clock.Utc), token), amounts => new AmountsRead(amounts)));
        Receive<AmountsRead>(read => _amounts = read.Amounts);
        Receive<Prune>(_ => Write(token => _context.Store.PruneAsync(
            _context.Clock.Utc - _context.Settings.KeepResolved, _context.Clock.Utc - KeepUnsent, token)));
        Receive<Written>(_ => { });
        Receive<StorageFailed>(failed =>
        {
            _log.Debug("Alerts cannot be read at the moment: {0}", failed.Cause.GetBaseException().Message);
            if (!_isRecovered)
            {
                Timers.StartSingleTimer(nameof(Recover), Recover.Instance, RetryAfter);
            }
        });
    }

    private void ReceiveMembers()
    {
        Receive<ClusterEvent.MemberRemoved>(removed =>
        {
            if (removed.PreviousStatus == MemberStatus.Down)
            {
                _figures.Lost(removed.Member.Address.ToString(), Now);
            }
            else
            {
                _figures.Left(removed.Member.Address.ToString());
            }
        });
        Receive<ClusterEvent.UnreachableMember>(gone => _figures.Lost(gone.Member.Address.ToString(), Now));
        Receive<ClusterEvent.ReachableMember>(back => _figures.Returned(back.Member.Address.ToString()));
        Receive<ClusterEvent.MemberUp>(up => _figures.Returned(up.Member.Address.ToString()));
        Receive<ClusterEvent.IMemberEvent>(_ => { });
    }

    private void OnLook()
    {
        if (!_isRecovered && Now - _startedAt < RecoverPatience)
        {
            return;
        }

        var at = _context.Clock.Utc;
        var changes = _list.Look(_figures.Read(at, Now, new LocalFigures(
            _context.Channels.All(),
            [.. _cluster.State.Members.Where(member => member.Status == MemberStatus.Up)
                .Select(member => member.Address.ToString())],
            _context.Cases.Figures, _targets.Figures(Now), _amounts)));
        _context.Standings.Write(_list.Alerts);
        foreach (var change in changes.Where(change => change.Kind != AlertChangeKind.Changed))
        {
            Log(change);
        }

        var announced = _announcements.Look(_list.Alerts, changes, at);
        _saving.Add(
            [.. changes.Select(change => change.Alert), .. announced.Select(one => one.Alert)],
            [.. announced.SelectMany(one => _targets.MessagesOf(one, at))]);
        Save();
    }

    /// <summary>Figures of active alerts move all the time; people who look see those of the last seconds.</summary>
    private void OnRefresh()
    {
        _saving.Refresh(_list.Alerts);
        _targets.Show(_list.Alerts, [], isNews: false, _context.Clock.Utc);
        SaveUsual();
    }

    /// <summary>Repeated until it succeeds: volumes stay unsaved until then.</summary>
    private void SaveUsual()
    {
        var unsaved = _figures.Volumes.Unsaved;
        if (unsaved.Count > 0)
        {
            Read(token => _context.Usual.SaveAsync(unsaved, token), _ => new UsualSaved(unsaved));
        }
    }

    private async Task<Recovered> ReadStoredAsync(CancellationToken cancellation) => new(
        await _context.Store.ReadAsync(cancellation).ConfigureAwait(false),
        await _context.Usual.ReadAsync(cancellation).ConfigureAwait(false));

    private void Save()
    {
        if (_saving.Begin(_announcements.IsAnnounced, Now) is { } batch)
        {
            Limited(token => _context.Store.SaveAsync(batch.Alerts, batch.Rows, token)).PipeTo(
                Self, Self, _ => new Saved(batch, null), cause => new Saved(batch, cause));
        }
    }

    private void LogStorage(Exception? failure)
    {
        if (failure?.GetBaseException().Message is { } why)
        {
            if (_context.Troubles.Begin(Storage, why))
            {
                _log.Warning("Alerts cannot be stored: {Why}", why);
            }
        }
        else if (_context.Troubles.End(Storage))
        {
            _log.Info("Alerts are stored again");
        }
    }

    private void OnSaved(Saved saved)
    {
        LogStorage(saved.Failure);
        _saving.End(saved.Batch, isStored: saved.Failure is null, retryAt: Now + RetryAfter);
        if (saved.Batch.HasNews)
        {
            var resolved = saved.Batch.News.Where(alert => alert.ResolvedAt is not null).DistinctBy(alert => alert.Id);
            _targets.Show(_list.Alerts, [.. resolved], isNews: true, _context.Clock.Utc);
            _targets.Tell(saved.Batch.Messages);
        }
    }

    private void OnAnswered(TargetAnswered answered)
    {
        _context.Standings.Delivered(answered.Target, isTaken: answered.Fault is null);
        if (_targets.Answered(answered, Now))
        {
            _log.Warning("Alerts do not reach {Target}: {Fault}", answered.Target, answered.Fault);
        }

        _saving.Sent(answered.Messages);
        if (answered.Messages.Length > 0)
        {
            Write(token => _context.Store.SentAsync(answered.Messages, token));
        }
    }

    /// <summary>Alerts that were found before the stored ones could be read give way to these: people may know them.</summary>
    private void OnRecovered(Recovered recovered)
    {
        if (_isRecovered)
        {
            return;
        }

        _isRecovered = true;
        _list.Recover(recovered.Stored.Active);
        _figures.Volumes.Recover(recovered.Usual);
        _announcements.Recover(recovered.Stored.Announced);
        _targets.Tell([.. recovered.Stored.Unsent]);
        _targets.Show(_list.Alerts, [], isNews: true, _context.Clock.Utc);
        _log.Info("This node evaluates the alerts; {Count} are active", recovered.Stored.Active.Count);
    }

    private void OnMutes(IReadOnlyDictionary<string, AlertMute> mutes)
    {
        var isNews = false;
        foreach (var alert in _list.Alerts.Where(alert => alert.Mute != mutes.GetValueOrDefault(alert.Id)))
        {
            _list.Mute(alert.Id, mutes.GetValueOrDefault(alert.Id));
            isNews = true;
        }

        if (isNews)
        {
            _targets.Show(_list.Alerts, [], isNews, _context.Clock.Utc);
        }
    }

    private DateTimeOffset StartOfDay(DateTimeOffset now) =>
        new DateTimeOffset((now + _context.DayOffset).UtcDateTime.Date, TimeSpan.Zero) - _context.DayOffset;

    private void Read<T>(Func<CancellationToken, Task<T>> read, Func<T, object> answer) => Limited(async token =>
        answer(await read(token).ConfigureAwait(false))).PipeTo(Self, Self, read => read, cause => new StorageFailed(cause));

    /// <summary>A write that fails is made up for by the next one.</summary>
    private void Write(Func<CancellationToken, Task> write) => Limited(async token =>
    {
        await write(token).ConfigureAwait(false);
        return Written.Instance;
    }).PipeTo(Self, Self, written => written, cause => new StorageFailed(cause));

    /// <summary>Ends at the limit, also where the driver does not.</summary>
    private async Task<T> Limited<T>(Func<CancellationToken, Task<T>> work)
    {
        using var limit = new CancellationTokenSource(StorePatience, _context.Clock.Provider);
        return await work(limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
    }

    private void Log(AlertChange change)
    {
        var alert = change.Alert;
        if (change.Kind == AlertChangeKind.Raised)
        {
            _log.Warning("Alert {Rule} of {Subject}: {Message}", alert.Rule.Name(), alert.Subject, alert.Message);
        }
        else
        {
            _log.Info("Alert {Rule} of {Subject} is over", alert.Rule.Name(), alert.Subject);
        }
    }

    private sealed record Look : INoSerializationVerificationNeeded
    {
        public static readonly Look Instance = new();
    }

    private sealed record Refresh : INoSerializationVerificationNeeded
    {
        public static readonly Refresh Instance = new();
    }

    private sealed record Recover : INoSerializationVerificationNeeded
    {
        public static readonly Recover Instance = new();
    }

    private sealed record Recovered(StoredAlerts Stored, IReadOnlyList<UsualVolume> Usual) : INoSerializationVerificationNeeded;

    private sealed record UsualSaved(IReadOnlyList<UsualVolume> Volumes) : INoSerializationVerificationNeeded;

    private sealed record ReadMutes : INoSerializationVerificationNeeded
    {
        public static readonly ReadMutes Instance = new();
    }

    private sealed record MutesRead(IReadOnlyDictionary<string, AlertMute> Mutes) : INoSerializationVerificationNeeded;

    private sealed record ReadAmounts : INoSerializationVerificationNeeded
    {
        public static readonly ReadAmounts Instance = new();
    }

    private sealed record AmountsRead(IReadOnlyDictionary<ChannelId, long> Amounts) : INoSerializationVerificationNeeded;

    private sealed record Prune : INoSerializationVerificationNeeded
    {
        public static readonly Prune Instance = new();
    }

    private sealed record Saved(AlertBatch Batch, Exception? Failure) : INoSerializationVerificationNeeded;

    private sealed record Written : INoSerializationVerificationNeeded
    {
        public static readonly Written Instance = new();
    }

    private sealed record StorageFailed(Exception Cause) : INoSerializationVerificationNeeded;
}
