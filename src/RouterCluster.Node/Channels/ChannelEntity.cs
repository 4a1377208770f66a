using System.Diagnostics;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Claims;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Channels;

/// <summary>
/// Carries a <see cref="Channel"/>: owns its two lanes, stores its events, and sends its reports to the routers. Orders
/// and queries go to the lanes directly.
/// </summary>
public sealed class ChannelEntity : UntypedPersistentActor, IWithTimers, IChannelOwner
{
    public const string IdPrefix = "channel-";
    public const string JournalPlugin = "akka.persistence.journal.channels";
    public const string SnapshotPlugin = "akka.persistence.snapshot-store.channels";

    // A channel that fails for weeks moves its breakers all the time; recovery must not read all these events.
    private const int EventsPerSnapshot = 1_000;

    private readonly ChannelContext _context;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HashSet<IActorRef> _routers = [];
    private readonly ChannelLines _lines;
    private readonly Channel _channel;
    private readonly ChannelOwnership _ownership;
    private ChannelSettings _settings;
    private IChannelProtocol? _protocol;
    private bool _isLeaving;
    private IActorRef _submit = ActorRefs.Nobody;
    private IActorRef _query = ActorRefs.Nobody;

    public ChannelEntity(ChannelSettings settings, ChannelContext context)
    {
        _settings = settings;
        _context = context;
        _lines = new ChannelLines(settings.Id, context.Lanes.Clock, _log);
        _channel = new Channel(settings.Configuration, Utc.ToUnixTimeMilliseconds());
        _ownership = new ChannelOwnership(settings, context.Claims, context.Lanes, this, _log);
        JournalPluginId = JournalPlugin;
        SnapshotPluginId = SnapshotPlugin;
    }

    public override string PersistenceId => $"{IdPrefix}{_settings.Id}";

    public ITimerScheduler Timers { get; set; } = null!;

    IActorRef IChannelOwner.Self => Self;

    /// <summary>Of the routers some are on other nodes.</summary>
    private bool HasSuccessor => _routers.Any(router => router.Path.Address.HasGlobalScope);

    private DateTimeOffset Utc => _context.Lanes.Clock.Utc;

    public static Props Props(ChannelSettings settings, ChannelContext context) =>
        Akka.Actor.Props.Create(() => new ChannelEntity(settings, context));

    public static string SubjectOf(ChannelId channel) => $"channel {channel}";

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: ChannelSnapshot snapshot }:
                _channel.Recover(snapshot);
                break;
            case ChannelEvent @event:
                _channel.Recover(@event);
                break;
            case RecoveryCompleted:
                _lines.Overridden(_channel.Deviations, _settings.Configuration);
                StartLanes();
                break;
        }
    }

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case LaneReported told:
                _channel.FromLane(told.Lane, told.News, Utc);
                CarryOut();
                break;
            case SubscribeToReports subscribe:
                Subscribe(subscribe.LastChange);
                break;
            case ChangeChannel change:
                _channel.Change(change.Change, Sender, Utc);
                CarryOut();
                break;
            case LookAtTimes:
                EndOverdue();
                break;
            case Terminated gone when gone.ActorRef.Equals(_submit) || gone.ActorRef.Equals(_query):
                OnLaneStopped(gone.ActorRef);
                break;
            case Terminated gone:
                _routers.Remove(gone.ActorRef);
                break;
            case ConfigurationTaken:
                TakeConfiguration();
                break;
            case StopChannel:
                Leave();
                break;
            case AdoptReports adopt:
                _submit.Forward(adopt);
                break;
            case ReportsLeft left:
                _context.Region().Tell(new AdoptReports(_settings.Id, left.Reports));
                break;
            case StopLanes:
                Drain();
                break;
            case GiveUpDraining:
                _ownership.Leave();
                break;
            case SaveSnapshotSuccess saved:
                DeleteSnapshots(new SnapshotSelectionCriteria(saved.Metadata.SequenceNr - 1));
                break;
            case SaveSnapshotFailure failure:
                _log.Warning(failure.Cause, "Channel {Channel} could not save a snapshot", _settings.Id);
                break;
            default:
                if (!_ownership.Handle(message))
                {
                    Unhandled(message);
                }

                break;
        }
    }

    void IChannelOwner.MaySendNow()
    {
        _channel.Open();
        CarryOut();
    }

    void IChannelOwner.Drain() => Drain();

    void IChannelOwner.Stop() => Context.Stop(Self);

    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        Stops($"its journal could not be read ({reason.GetBaseException().Message})");

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Stops($"its state could not be written ({cause.GetBaseException().Message})");

    /// <summary>A lane that broke has lost the operators' settings: channel and lanes begin anew from storage.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Escalate);

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(ConfigurationTaken));
        base.PreStart();
    }

    protected override void PostStop()
    {
        _context.Local.Closed(_settings.Id, Self);
        Context.System.EventStream.Unsubscribe(Self);
        _ownership.End();
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

    /// <summary>
    /// Where the whole node stops, its books have fallen quiet before. Books of other nodes may have chosen the channel a moment
    /// ago: a lane that has gone would lose their orders, and nobody would know for long whether they were sent.
    /// </summary>
    private void Leave()
    {
        _channel.Leave(Utc);
        CarryOut();
        if (HasSuccessor)
        {
            Timers.StartSingleTimer(nameof(StopLanes), StopLanes.Instance, _context.OrdersArriveWithin);
        }
        else
        {
            Drain();
        }
    }

    /// <summary>
    /// Limits change in place. Another connection, or calls that last longer than the claim tells a successor to wait, need an
    /// owner that begins anew: running calls end first, and the routers wake it.
    /// </summary>
    private void TakeConfiguration()
    {
        if (_isLeaving || _context.Configured is not { } configured)
        {
            return;
        }

        var next = configured(_settings.Id);
        if (next is null || !next.ConnectsLike(_settings) || next.LongestCall > _settings.LongestCall)
        {
            var what = next is null ? "leaves: it is not configured any more" : "begins anew with another configuration";
            _log.Info("Channel {Channel} {What}", _settings.Id, what);
            Leave();
        }
        else if (!ReferenceEquals(next, _settings))
        {
            _settings = next;
            _channel.Reconfigure(next.Configuration);
            _lines.Overridden(_channel.Deviations, _settings.Configuration);
            CarryOut();
        }
    }

    private void Drain()
    {
        _isLeaving = true;
        var stop = new StopLane(HasSuccessor);
        _submit.Tell(stop);
        _query.Tell(stop);
        Timers.StartSingleTimer(nameof(GiveUpDraining), GiveUpDraining.Instance, _context.DrainTimeout);
    }

    private void StartLanes()
    {
        if (_context.Lanes.Troubles.End(SubjectOf(_settings.Id)))
        {
            _log.Info("Channel {Channel} is back", _settings.Id);
        }

        _context.Local.Opened(_settings.Id, Self);
        var protocol = _protocol = _context.ProtocolOf(_settings);
        var submit = new SubmitWork(
            protocol, _context.Vault, _context.Lanes.Clock, $"{_context.PublicUrl}/v1/channels/{_settings.Id}/notify",
            _ownership.MaySend);
        _submit = StartLane(submit);
        _query = StartLane(new QueryWork(protocol, _ownership.MaySend));
        _channel.Wait(Utc);
        CarryOut();
        LookAtTimes.Plan(Timers, _channel.NextEnd);
        _ownership.Take();
    }

    private IActorRef StartLane<TOrder>(ILaneWork<TOrder> work)
        where TOrder : class
    {
        var lane = work.Orders.Lane;
        return Context.Watch(Context.ActorOf(
            LaneActor<TOrder>.Props(
                _settings.Id, work, _channel.StartOf(lane, Utc), _context.Lanes with { Calls = _ownership.Calls }),
            lane.Name()));
    }

    private void Subscribe(DateTimeOffset? lastChange)
    {
        if (_routers.Add(Sender))
        {
            Context.Watch(Sender);
            _channel.RouterJoined();
            CarryOut();
        }

        var history = History();
        if (history.Last?.At != lastChange)
        {
            Sender.Tell(history);
        }
    }

    private ChannelHistory History()
    {
        var snapshot = _channel.Snapshot;
        return new ChannelHistory(_settings.Id, snapshot.Changes, snapshot.Overrides)
        {
            Switches = snapshot.Switches, Exclusions = snapshot.Exclusions.All, Planned = snapshot.Planned.All,
        };
    }

    private void CarryOut()
    {
        foreach (var effect in _channel.TakeEffects())
        {
            CarryOut(effect);
        }
    }

    private void CarryOut(ChannelEffect effect)
    {
        switch (effect)
        {
            case ChannelEffect.Store store:
                _lines.Announced(store.Event);
                PersistAsync(store.Event, _ => SnapshotIfDue());
                break;
            case ChannelEffect.StoreFirst change:
                Persist(change.Event, _ => OnStored(change));
                break;
            case ChannelEffect.Configure configure:
                _submit.Tell(new ConfigureLane(configure.Submit));
                _query.Tell(new ConfigureLane(configure.Query));
                break;
            case ChannelEffect.ReportToRouters report:
                TellRouters(new ChannelReported(report.Report, _submit, _query));
                break;
            case ChannelEffect.AnswerOperator answer:
                Answer((IActorRef)answer.Asker, answer.Report);
                break;
            case ChannelEffect.RefuseOperator refuse:
                ((IActorRef)refuse.Asker).Tell(new ChannelChangeRefused(refuse.Why));
                break;
            case ChannelEffect.ThrottleTurned turned:
                _lines.Throttled(turned.Throttle, Utc);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Answer(IActorRef asker, ChannelReport report)
    {
        var snapshot = _channel.Snapshot;
        asker.Tell(new ChannelChangeDone(report, snapshot.Changes.LastOrDefault())
        {
            Overrides = snapshot.Overrides, Switches = snapshot.Switches, Exclusions = snapshot.Exclusions.All,
            Planned = snapshot.Planned.All,
        });
    }

    private void OnStored(ChannelEffect.StoreFirst change)
    {
        _channel.Stored(change);
        SnapshotIfDue();
        var history = History();
        _log.Info("Channel {Channel}: {What} by {By}", _settings.Id, history.Last?.What, change.Event.Change.By);
        TellRouters(history);
        CarryOut();
        LookAtTimes.Plan(Timers, _channel.NextEnd);
    }

    /// <summary>A clock that is not reliable ends nothing.</summary>
    private void EndOverdue()
    {
        if (!_isLeaving && _context.Lanes.Clock.Agrees)
        {
            _channel.EndOverdue(Utc);
            CarryOut();
        }
    }

    private void SnapshotIfDue()
    {
        if (LastSequenceNr % EventsPerSnapshot == 0)
        {
            SaveSnapshot(_channel.Snapshot);
        }
    }

    private void TellRouters(IChannelNews news)
    {
        foreach (var router in _routers)
        {
            router.Tell(news);
        }
    }

    private void OnLaneStopped(IActorRef lane)
    {
        _submit = lane.Equals(_submit) ? ActorRefs.Nobody : _submit;
        _query = lane.Equals(_query) ? ActorRefs.Nobody : _query;
        if (_submit.IsNobody() && _query.IsNobody())
        {
            _ownership.Leave();
        }
    }

    private sealed record StopLanes : INoSerializationVerificationNeeded
    {
        public static readonly StopLanes Instance = new();
    }

    private sealed record GiveUpDraining : INoSerializationVerificationNeeded
    {
        public static readonly GiveUpDraining Instance = new();
    }
}
