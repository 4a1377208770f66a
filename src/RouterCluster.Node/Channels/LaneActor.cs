using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Channels;

/// <summary>What the lanes of a node share.</summary>
/// <param name="Books">The books' shard region, to which outcomes are addressed.</param>
public sealed record LaneContext(RouterClock Clock, IActorRef Books, RouterMetrics Metrics, TimeSpan ReportInterval)
{
    /// <summary>Whether this node may send orders at all: false while another one may own its storage.</summary>
    public Func<bool> MaySend { get; init; } = static () => true;

    /// <summary>The node's, so that a channel that comes and goes with its storage says so once.</summary>
    public Troubles Troubles { get; init; } = new();
}

/// <summary>
/// One lane of one channel, with a mailbox of its own. Carries a <see cref="Lane{TCall}"/>: orders in, calls out, the
/// calls' ends back as messages. A handler never waits for a call.
/// </summary>
public sealed class LaneActor<TOrder> : ReceiveActor, IWithTimers
    where TOrder : class
{
    private readonly ChannelId _channel;
    private readonly ILaneWork<TOrder> _work;
    private readonly LaneContext _context;
    private readonly Lane<TOrder> _lane;
    private readonly ResiliencePipelineSource _pipeline;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly List<LaneSignal> _signals = [];
    private readonly SampledLines _lines = new();
    private readonly UntakenReports _untaken;
    private readonly SignatureWatch _signatures;
    private readonly CancellationTokenSource _stopped = new();
    private long _version;
    private bool _isStopping;

    /// <param name="paused">How much longer the channel wants to be left alone, as it said to this lane's predecessor.</param>
    public LaneActor(
        ChannelId channel, ILaneWork<TOrder> work, LaneSettings settings, BreakerMemory breaker, TimeSpan paused, LaneContext context)
    {
        _channel = channel;
        _work = work;
        _context = context;
        _lane = new Lane<TOrder>(settings, breaker, context.Clock.Monotonic);
        _lane.Pause(paused, context.Clock.Monotonic);
        _pipeline = new ResiliencePipelineSource(context.Clock.Provider);
        _untaken = new UntakenReports(context.Books);
        _signatures = new SignatureWatch(channel, work.Name, _log);
        Settings = settings;
        Receive<TOrder>(Offer);
        Receive<CallEnded>(OnCallEnded);
        Receive<ReportTaken>(taken => _untaken.Taken(taken.Report));
        Receive<OrderHeard>(heard =>
            _signals.Add(LaneSignal.Truth(heard.OrderNo, heard.Product, heard.Outcome) with { At = Now }));
        Receive<WithdrawOrder>(withdraw =>
        {
            _work.Withdraw(withdraw.OrderNo);
            _lane.Withdraw(order => _work.OrderNo(order) == withdraw.OrderNo, Now);
        });
        Receive<Wake>(_ => _lane.Advance(Now));
        Receive<Tell>(_ => OnTell());
        Receive<ConfigureLane>(OnConfigure);
        Receive<StopLane>(_ =>
        {
            _isStopping = true;
            _lane.SetIntake(Intake.Stopping, Now);
        });
    }

    public static Props Props(
        ChannelId channel, ILaneWork<TOrder> work, LaneSettings settings, BreakerMemory breaker, TimeSpan paused,
        LaneContext context) =>
        Akka.Actor.Props.Create(() => new LaneActor<TOrder>(channel, work, settings, breaker, paused, context));

    public ITimerScheduler Timers { get; set; } = null!;

    private LaneSettings Settings { get; set; }

    private TimeSpan Now => _context.Clock.Monotonic;

    /// <summary>Every message may have made the lane start, refuse or change something.</summary>
    protected override bool AroundReceive(Receive receive, object message)
    {
        var handled = base.AroundReceive(receive, message);
        CarryOut();
        return handled;
    }

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Tell), Tell.Instance, _context.ReportInterval);

    /// <summary>The calls outlive the actor; what they would say is asked about by query.</summary>
    protected override void PostStop() => _stopped.Cancel();

    private void Offer(TOrder order)
    {
        var patience = _work.Patience(order, _context.Clock.Utc);
        var deadline = patience is { } limit && limit < Settings.QueueDeadline ? limit : Settings.QueueDeadline;
        _lane.Offer(order, _work.Merchant(order), Now + deadline, Now);
    }

    private void CarryOut()
    {
        foreach (var output in _lane.TakeOutputs())
        {
            switch (output)
            {
                case LaneOutput<TOrder>.Start start:
                    if (start.HasWaited)
                    {
                        SayInQueue(start.Call, false);
                    }

                    Call(start.Call, start.Permit);
                    break;
                case LaneOutput<TOrder>.Waits waits:
                    SayInQueue(waits.Call, true);
                    break;
                case LaneOutput<TOrder>.Refused refused:
                    ReportToBook(refused.Call, refused.Refusal.AsOutcome());
                    break;
                case LaneOutput<TOrder>.BreakerChanged changed:
                    LogBreaker(changed.Memory.State);
                    Context.Parent.Tell(new LaneBreakerMoved(_work.Name, changed.Memory));
                    OnTell();
                    break;
                case LaneOutput<TOrder>.Closed closed:
                    Context.Parent.Tell(new LaneHeardClosed(_context.Clock.Utc + closed.For));
                    break;
            }
        }

        if (_lane.NextWake(Now) is { } wake)
        {
            var pause = wake - Now;
            Timers.StartSingleTimer(nameof(Wake), Wake.Instance, pause > TimeSpan.Zero ? pause : TimeSpan.Zero);
        }

        // What a book has not stored yet is told again until it has: a lane that is gone can tell nothing.
        if (_isStopping && _lane.IsIdle && _untaken.IsEmpty)
        {
            Context.Stop(Self);
        }
    }

    private void Call(TOrder order, Permit permit)
    {
        var startedAt = Now;
        Note(order, null);
        CallAsync(order).PipeTo(
            Self, Self,
            end => new CallEnded(order, permit, end, startedAt),
            cause => new CallEnded(order, permit, Broken(cause), startedAt));
    }

    private void SayInQueue(TOrder order, bool isInQueue)
    {
        if (_work.InQueue(order, isInQueue) is { } said)
        {
            _context.Books.Tell(said);
        }
    }

    private async Task<CallEnd> CallAsync(TOrder order) => await _pipeline.For(Settings.Timeout).ExecuteAsync(
        static async (state, token) => await state.Work.CallAsync(state.Order, token).ConfigureAwait(false),
        (Work: _work, Order: order), _stopped.Token).ConfigureAwait(false);

    /// <summary>An exception of ours says nothing of how far the order got.</summary>
    private CallEnd Broken(Exception cause)
    {
        _log.Error(cause, "Channel {Channel}: a call of the {Lane} lane broke", _channel, _work.Name);
        return new CallEnd(Outcome.Unknown("internal_error"), ConnectionMayLinger: true);
    }

    private void OnCallEnded(CallEnded ended)
    {
        var elapsed = Now - ended.StartedAt;
        var outcome = ended.End.Outcome;
        var news = new CallNews(
            ended.End.Pause, _work.Part(ended.Order), ended.End.ClosedUntil - _context.Clock.Utc);
        _lane.Complete(
            ended.Permit, _work.Verdict(outcome), ended.End.ConnectionMayLinger, elapsed.TotalMilliseconds, Now, news);
        _context.Metrics.CallEnded(_channel, _work.Name, outcome.Code, elapsed.TotalSeconds);
        _signatures.Heard(outcome.Code, Now);
        LogIfUnreachable(outcome);
        if (ended.End.Pause is { } pause)
        {
            Context.Parent.Tell(new LaneHeardPause(_work.Name, _context.Clock.Utc + pause));
        }

        Note(ended.Order, outcome);
        ReportToBook(ended.Order, outcome);
    }

    /// <summary>That it probes is no news: it says so each time anew while the channel is away.</summary>
    private void LogBreaker(BreakerState state)
    {
        if (state != BreakerState.HalfOpen && _lines.Allows($"breaker {state}", Now, out var leftOut))
        {
            _log.Warning(
                "Channel {Channel}: the {Lane} lane's breaker is {Breaker} ({LeftOut} such lines left out)",
                _channel, _work.Name, state, leftOut);
        }
    }

    private void LogIfUnreachable(Outcome outcome)
    {
        if (outcome.Code == CallCodes.NotConnected && _lines.Allows("unreachable", Now, out var leftOut))
        {
            _log.Warning(
                "Channel {Channel} cannot be reached by its {Lane} lane: {Reason} ({LeftOut} such lines left out)",
                _channel, _work.Name, outcome.Message, leftOut);
        }
    }

    private void Note(TOrder order, Outcome? outcome)
    {
        if (_work.Signal(order, outcome) is { } signal)
        {
            _signals.Add(signal with { At = Now });
        }
    }

    private void ReportToBook(TOrder order, Outcome outcome)
    {
        var report = _work.Report(order, outcome);
        _untaken.Keep(report, Now);
        _context.Books.Tell(new ReportToBook(report));
    }

    private void OnTell()
    {
        _untaken.SendAgain(Now);
        var signals = ImmutableArray.CreateBuilder<LaneSignal>(_signals.Count);
        foreach (var signal in _signals)
        {
            signals.Add(signal with { Signal = signal.Signal with { Age = Now - signal.At } });
        }

        Context.Parent.Tell(new LaneTold(_work.Name, _version, _lane.Report(Now), signals.MoveToImmutable()));
        _signals.Clear();
    }

    private void OnConfigure(ConfigureLane change)
    {
        Settings = change.Settings;
        _version = change.Version;
        _lane.Configure(change.Settings, Now);
        _lane.SetIntake(change.Intake, Now);
        _lane.Isolate(change.Isolated, Now);
        if (change.Resumes)
        {
            _lane.Resume(Now);
        }

        OnTell();
    }

    private sealed record CallEnded(TOrder Order, Permit Permit, CallEnd End, TimeSpan StartedAt) : INoSerializationVerificationNeeded;

    private sealed record Wake : INoSerializationVerificationNeeded
    {
        public static readonly Wake Instance = new();
    }

    private sealed record Tell : INoSerializationVerificationNeeded
    {
        public static readonly Tell Instance = new();
    }
}

/// <summary>A lane's state and what began and ended since the last one, for its channel.</summary>
/// <param name="Version">The last <see cref="ConfigureLane"/> that is in force.</param>
internal sealed record LaneTold(string Lane, long Version, LaneReport Report, ImmutableArray<LaneSignal> Signals)
    : INoSerializationVerificationNeeded;

internal sealed record LaneBreakerMoved(string Lane, BreakerMemory Memory) : INoSerializationVerificationNeeded;

/// <summary>The channel has answered that it takes no orders until then.</summary>
internal sealed record LaneHeardClosed(DateTimeOffset Until) : INoSerializationVerificationNeeded;

/// <summary>The channel has refused a call as one too many, and asks to be left alone until then.</summary>
internal sealed record LaneHeardPause(string Lane, DateTimeOffset Until) : INoSerializationVerificationNeeded;

/// <param name="Resumes">Forget what the channel has said of being closed or too busy.</param>
internal sealed record ConfigureLane(long Version, LaneSettings Settings, Intake Intake, bool Isolated, bool Resumes)
    : INoSerializationVerificationNeeded;

internal sealed record StopLane : INoSerializationVerificationNeeded
{
    public static readonly StopLane Instance = new();
}
