using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Platform.Telemetry;

namespace RouterCluster.Node.Channels;

/// <summary>
/// One payment company's connection: owns its two lanes, remembers what operators decided and where its breakers stood,
/// and tells the routers how it is. Orders and queries go to the lanes directly, past this actor.
/// </summary>
public sealed class ChannelEntity : UntypedPersistentActor, IWithTimers
{
    public const string JournalPlugin = "akka.persistence.journal.channels";
    public const string SnapshotPlugin = "akka.persistence.snapshot-store.channels";

    private const string SubmitLane = "submit";
    private const string QueryLane = "query";
    private const int ChangesKept = 100;

    // A channel that is down for weeks moves its breakers all the time: recovery must not have to read all of that.
    private const int EventsPerSnapshot = 1_000;

    private static readonly TimeSpan ShortestStoredPause = TimeSpan.FromSeconds(5);

    // Room for a thousand submits in each millisecond that an owner lives, so that no two owners share a number.
    private const int NumberBits = 10;
    private const int SubmitsRemembered = 20_000;

    private readonly ChannelSettings _settings;
    private readonly ChannelContext _context;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HashSet<IActorRef> _routers = [];
    private readonly List<(long Version, IActorRef Asker)> _unanswered = [];
    private readonly long _epoch;
    private readonly SubmitNumbers _numbers;
    private readonly List<SubmitSignal> _late = [];
    private readonly SampledLines _lines = new();
    private ChannelState _state = ChannelState.Initial;
    private ImmutableList<OperatorChange> _changes = [];
    private OverrideMarks _marks = OverrideMarks.None;
    private IChannelProtocol? _protocol;
    private IActorRef _submit = ActorRefs.Nobody;
    private IActorRef _query = ActorRefs.Nobody;
    private LaneTold? _submitTold;
    private LaneTold? _queryTold;
    private DateTimeOffset? _submitPausedUntil;
    private long _sequence;
    private long _version;

    public ChannelEntity(ChannelSettings settings, ChannelContext context)
    {
        _settings = settings;
        _context = context;
        _epoch = context.Lanes.Clock.Utc.ToUnixTimeMilliseconds();
        _numbers = new SubmitNumbers(_epoch << NumberBits, SubmitsRemembered);
        JournalPluginId = JournalPlugin;
        SnapshotPluginId = SnapshotPlugin;
    }

    public override string PersistenceId => $"channel-{_settings.Id}";

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(ChannelSettings settings, ChannelContext context) =>
        Akka.Actor.Props.Create(() => new ChannelEntity(settings, context));

    /// <summary>Under which name the node's troubles know the channel.</summary>
    public static string SubjectOf(ChannelId channel) => $"channel {channel}";

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: ChannelSnapshot snapshot }:
                (_state, _changes) = (snapshot.State, snapshot.Changes);
                _marks = snapshot.Marks.CompletedFrom(snapshot.Changes);
                break;
            case ChannelEvent @event:
                Apply(@event);
                break;
            case RecoveryCompleted:
                WarnOfOverrides();
                StartLanes();
                break;
        }
    }

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case LaneTold { Lane: SubmitLane } told:
                LogThrottle(_submitTold?.Report.Throttle, told.Report.Throttle);
                _submitTold = told;
                _submitPausedUntil = _context.Lanes.Clock.Utc + told.Report.Throttle?.PausedFor;
                TellRouters([.. _numbers.Number(told.Signals), .. _late]);
                _late.Clear();
                AnswerOperators();
                break;
            case LaneTold told:
                _queryTold = told;
                _late.AddRange(_numbers.Number(told.Signals));
                AnswerOperators();
                break;
            case LaneBreakerMoved moved:
                Remember(moved);
                break;
            case LaneHeardClosed heard:
                Close(heard.Until);
                break;
            case LaneHeardPause heard:
                Pause(heard);
                break;
            case SubscribeToReports subscribe:
                if (_routers.Add(subscribe.Router))
                {
                    Context.Watch(subscribe.Router);
                    TellRouters([]);
                }

                break;
            case ChangeChannel change:
                Change(change);
                break;
            case Terminated gone when gone.ActorRef.Equals(_submit) || gone.ActorRef.Equals(_query):
                OnLaneStopped(gone.ActorRef);
                break;
            case Terminated gone:
                _routers.Remove(gone.ActorRef);
                break;
            case StopChannel:
                _submit.Tell(StopLane.Instance);
                _query.Tell(StopLane.Instance);
                Timers.StartSingleTimer(nameof(GiveUpDraining), GiveUpDraining.Instance, _context.DrainTimeout);
                break;
            case GiveUpDraining:
                Context.Stop(Self);
                break;
            case SaveSnapshotSuccess saved:
                DeleteSnapshots(new SnapshotSelectionCriteria(saved.Metadata.SequenceNr - 1));
                break;
            case SaveSnapshotFailure failure:
                _log.Warning(failure.Cause, "Channel {Channel} could not save a snapshot", _settings.Id);
                break;
        }
    }

    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        Stops($"its journal could not be read ({reason.GetBaseException().Message})");

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Stops($"its state could not be written ({cause.GetBaseException().Message})");

    /// <summary>A lane that broke has forgotten what operators decided: both begin anew from what is stored.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Escalate);

    protected override void PostStop()
    {
        (_protocol as IDisposable)?.Dispose();
        base.PostStop();
    }

    /// <summary>Logged once until the channel is back: it tries every second.</summary>
    private void Stops(string what)
    {
        if (_context.Lanes.Troubles.Begin(SubjectOf(_settings.Id), what))
        {
            _log.Error("Channel {Channel} stops and recovers from its journal: {What}", _settings.Id, what);
        }
    }

    private void StartLanes()
    {
        if (_context.Lanes.Troubles.End(SubjectOf(_settings.Id)))
        {
            _log.Info("Channel {Channel} is back", _settings.Id);
        }

        var protocol = _protocol = _context.ProtocolOf(_settings);
        var submit = new SubmitWork(
            protocol, _context.Vault, _context.Lanes.Clock, $"{_context.PublicUrl}/v1/channels/{_settings.Id}/notify",
            _context.Lanes.MaySend);
        var now = _context.Lanes.Clock.Utc;
        var paused = _state.PausedUntil is { } until && until > now ? until - now : TimeSpan.Zero;
        _submit = Context.Watch(Context.ActorOf(
            LaneActor<SubmitOrder>.Props(
                _settings.Id, submit, SubmitSettings, _state.SubmitBreaker.ToMemory(_state.Isolated, now), paused, _context.Lanes),
            SubmitLane));
        _query = Context.Watch(Context.ActorOf(
            LaneActor<QueryOrder>.Props(
                _settings.Id, new QueryWork(protocol), QuerySettings, _state.QueryBreaker.ToMemory(false, now), TimeSpan.Zero,
                _context.Lanes),
            QueryLane));
        Configure();
    }

    /// <summary>Whoever has edited the file has to learn that somebody's decision of long ago is still in force.</summary>
    private void WarnOfOverrides()
    {
        foreach (var (key, value, mark) in _marks.Of(_state).Where(row => row.Value != _settings.Configured(row.Key)))
        {
            _log.Warning(
                "Channel {Channel}: {Setting} is {Value}, set by {By} at {Since}; the configured {Configured} is not in force "
                + "until an operator resets it (routerctl channel reset)",
                _settings.Id, key.Name(), value, mark?.By ?? "an operator", $"{mark?.At:yyyy-MM-ddTHH:mm:ssZ}",
                _settings.Configured(key));
        }
    }

    private void Change(ChangeChannel command)
    {
        var change = command.Change;
        var asker = Sender;
        var adjusted = new ChannelAdjusted(_context.Lanes.Clock.Utc, change.By, change.Reason)
        {
            Lifecycle = change.Lifecycle,
            SubmitConcurrency = change.SubmitConcurrency,
            SubmitRatePerSecond = change.SubmitRatePerSecond,
            QueryConcurrency = change.QueryConcurrency,
            QueryRatePerSecond = change.QueryRatePerSecond,
            Weight = change.Weight,
            Isolated = change.Isolated,
            Resets = change.Resets,
        };
        Persist(adjusted, stored =>
        {
            Apply(stored);
            SnapshotIfDue();
            _log.Info("Channel {Channel}: {What} by {By}", _settings.Id, _state.Changed?.What, change.By);
            Configure(resumes: stored.Lifecycle == ChannelLifecycle.Active);
            _unanswered.Add((_version, asker));
        });
    }

    private void SnapshotIfDue()
    {
        if (LastSequenceNr % EventsPerSnapshot == 0)
        {
            SaveSnapshot(new ChannelSnapshot(_state, _changes) { Marks = _marks });
        }
    }

    private void Apply(ChannelEvent @event)
    {
        _state = _state.Apply(@event);
        if (@event is ChannelAdjusted adjusted && _state.Changed is { } changed)
        {
            _marks = _marks.Apply(adjusted);
            _changes = _changes.Add(changed);
            _changes = _changes.Count > ChangesKept ? _changes.RemoveAt(0) : _changes;
        }
    }

    private void Configure(bool resumes = false)
    {
        _version++;
        var intake = Lifecycle switch
        {
            ChannelLifecycle.Active => Intake.Open,
            ChannelLifecycle.Draining => Intake.Draining,
            ChannelLifecycle.Disabled or ChannelLifecycle.NoOwner or ChannelLifecycle.Retired => Intake.Closed,
        };
        _submit.Tell(new ConfigureLane(_version, SubmitSettings, intake, _state.Isolated, resumes));
        _query.Tell(new ConfigureLane(_version, QuerySettings, Intake.Open, false, resumes));
    }

    /// <summary>Where a breaker stands survives a restart; the traffic does not wait for it to be written.</summary>
    private void Remember(LaneBreakerMoved moved)
    {
        var now = _context.Lanes.Clock.Utc;
        var until = moved.Memory.State == BreakerState.Open ? now + moved.Memory.OpenFor : (DateTimeOffset?)null;
        var lane = moved.Lane == SubmitLane ? ChannelLane.Submit : ChannelLane.Query;
        var remembered = new BreakerMoved(now, lane, moved.Memory.State, until) { Openings = moved.Memory.Openings };
        Apply(remembered);
        PersistAsync(remembered, _ => SnapshotIfDue());
    }

    /// <summary>As with a breaker, the routers hear of it before it is written.</summary>
    private void Close(DateTimeOffset until)
    {
        if (_state.Hear(until, _context.Lanes.Clock.Utc, _settings.LongestMaintenance) is { } announced)
        {
            Apply(announced);
            LogSampled("maintenance", $"says that it is closed, until {announced.Until:u}");
            TellRouters([]);
            PersistAsync(announced, _ => SnapshotIfDue());
        }
    }

    /// <summary>A short pause is over before anybody could have restarted.</summary>
    private void Pause(LaneHeardPause heard)
    {
        if (heard.Lane == SubmitLane && _state.HearPause(heard.Until, _context.Lanes.Clock.Utc, _settings.Submit.LongestPause)
            is { } announced)
        {
            Apply(announced);
            if (announced.Until - announced.At >= ShortestStoredPause)
            {
                PersistAsync(announced, _ => SnapshotIfDue());
            }
        }
    }

    private void LogThrottle(ThrottleReport? before, ThrottleReport? now)
    {
        if (before is null != now is null)
        {
            var what = now is null ? "takes all orders again" : $"refuses orders as too many{UntilThen(now.PausedFor)}";
            LogSampled(now is null ? "not throttled" : "throttled", what);
        }
    }

    private string UntilThen(TimeSpan paused) =>
        paused > TimeSpan.Zero ? $" and gets none until {_context.Lanes.Clock.Utc + paused:u}" : "";

    private void LogSampled(string kind, string what)
    {
        if (_lines.Allows(kind, _context.Lanes.Clock.Monotonic, out var leftOut))
        {
            _log.Warning("Channel {Channel} {What} ({LeftOut} such lines left out)", _settings.Id, what, leftOut);
        }
    }

    private void TellRouters(ImmutableArray<SubmitSignal> signals)
    {
        if (_submitTold is not null && _queryTold is not null)
        {
            _sequence++;
            var told = new ChannelTold(Report(signals), _changes, _submit, _query) { Overrides = _marks.Of(_state) };
            foreach (var router in _routers)
            {
                router.Tell(told);
            }
        }
    }

    /// <summary>An operator is answered when both lanes work by the change.</summary>
    private void AnswerOperators()
    {
        if (_submitTold is null || _queryTold is null)
        {
            return;
        }

        var inForce = Math.Min(_submitTold.Version, _queryTold.Version);
        foreach (var (_, asker) in _unanswered.Where(waiting => waiting.Version <= inForce))
        {
            asker.Tell(new ChannelChangeDone(Report([]), _changes.LastOrDefault()) { Overrides = _marks.Of(_state) });
        }

        _unanswered.RemoveAll(waiting => waiting.Version <= inForce);
    }

    private void OnLaneStopped(IActorRef lane)
    {
        _submit = lane.Equals(_submit) ? ActorRefs.Nobody : _submit;
        _query = lane.Equals(_query) ? ActorRefs.Nobody : _query;
        if (_submit.IsNobody() && _query.IsNobody())
        {
            Context.Stop(Self);
        }
    }

    private ChannelReport Report(ImmutableArray<SubmitSignal> signals) => new(
        _settings.Id, _epoch, _sequence, Lifecycle, _state.Weight ?? _settings.Weight,
        _submitTold!.Report, _queryTold!.Report, signals)
    {
        ClosedUntil = _state.ClosedUntil,
        PausedUntil = _submitPausedUntil,
        FailingSince = _submitTold.Report.HasFailed ? _state.SubmitBreaker.FailingSince : null,
    };

    /// <summary>What operators decided of a channel waits behind its retirement.</summary>
    private ChannelLifecycle Lifecycle => _settings.Retired ? ChannelLifecycle.Retired : _state.Lifecycle;

    private LaneSettings SubmitSettings => With(_settings.Submit, _state.Submit);

    private LaneSettings QuerySettings => With(_settings.Query, _state.Query);

    private static LaneSettings With(LaneSettings configured, LaneOverrides overrides) => configured with
    {
        Concurrency = overrides.Concurrency ?? configured.Concurrency,
        RatePerSecond = overrides.RatePerSecond ?? configured.RatePerSecond,
    };

    private sealed record GiveUpDraining : INoSerializationVerificationNeeded
    {
        public static readonly GiveUpDraining Instance = new();
    }
}
