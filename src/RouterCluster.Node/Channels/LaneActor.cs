using System.Collections.Immutable;
using System.Diagnostics;
using Akka.Actor;
using Akka.Event;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Orders;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Telemetry.Spans;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Channels;

/// <param name="Books">Receive outcomes.</param>
public sealed record LaneContext(RouterClock Clock, ICanTell Books, RouterMetrics Metrics, TimeSpan ReportInterval)
{
    /// <summary>The channel's calls on this node, over all its entities.</summary>
    public CallsOut Calls { get; init; } = new();

    /// <summary>By a book that is not moving itself. What it has not taken until then goes to the lane's successor.</summary>
    public TimeSpan ReportsAreTakenWithin { get; init; } = TimeSpan.FromMilliseconds(300);

    public ChannelSilences Silences { get; init; } = new();

    public PaymentSpans Spans { get; init; } = PaymentSpans.Off;

    /// <summary>Shared by the node, so that a channel that restarts with its storage logs its trouble once.</summary>
    public Troubles Troubles { get; init; } = new();
}

/// <summary>
/// One lane of one channel. Carries an <see cref="OrderLane{TOrder}"/>: orders come in, calls go out, and ends of calls
/// come back as messages. No handler waits for a call.
/// </summary>
public sealed class LaneActor<TOrder> : ReceiveActor, IWithTimers
    where TOrder : class
{
    private readonly ChannelId _channel;
    private readonly ILaneWork<TOrder> _work;
    private readonly LaneContext _context;
    private readonly OrderLane<TOrder> _lane;
    private readonly ResiliencePipelineSource _pipeline;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly SampledLines _lines = new();
    private readonly LaneSpans<TOrder> _spans;
    private readonly SignatureWatch _signatures;
    private readonly CancellationTokenSource _stopped = new();
    private readonly string _name;
    private bool _hasSuccessor;

    public LaneActor(ChannelId channel, ILaneWork<TOrder> work, LaneStart start, LaneContext context)
    {
        _channel = channel;
        _work = work;
        _context = context;
        _lane = new OrderLane<TOrder>(work.Orders, start, context.Clock.Monotonic);
        _pipeline = new ResiliencePipelineSource(context.Clock.Provider);
        _name = work.Orders.Lane.Name();
        _signatures = new SignatureWatch(channel, _name, _log);
        _spans = new LaneSpans<TOrder>(context.Spans, context.Metrics, channel, work.Orders);
        Receive<TOrder>(order => _lane.Offer(order, _context.Clock.Now));
        Receive<CallEnded>(OnCallEnded);
        Receive<ReportTaken>(taken => _lane.Taken(taken.Payment, taken.AttemptNo));
        Receive<OrderHeard>(heard => _lane.Noticed(heard.OrderNo, heard.Product, heard.Outcome, Now));
        Receive<WithdrawOrder>(withdraw =>
        {
            _work.Withdraw(withdraw.OrderNo);
            _lane.Withdraw(withdraw.OrderNo, _context.Clock.Now);
        });
        Receive<Wake>(_ => _lane.Advance(_context.Clock.Now));
        Receive<Tell>(_ => _lane.Tell(_context.Clock.Now));
        Receive<ConfigureLane>(change => _lane.Configure(change.Configuration, _context.Clock.Now));
        Receive<StopLane>(stop =>
        {
            _hasSuccessor = stop.HasSuccessor;
            _lane.Stop(_context.Clock.Now);
        });
        Receive<AdoptReports>(adopt => _lane.Adopt(adopt.Reports, Now));
        Receive<HandOver>(_ => Context.Parent.Tell(new ReportsLeft(_lane.HandOver())));
    }

    public static Props Props(ChannelId channel, ILaneWork<TOrder> work, LaneStart start, LaneContext context) =>
        Akka.Actor.Props.Create(() => new LaneActor<TOrder>(channel, work, start, context));

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _context.Clock.Monotonic;

    /// <summary>After any message the lane may have calls to start or refusals to report.</summary>
    protected override bool AroundReceive(Receive receive, object message)
    {
        var handled = base.AroundReceive(receive, message);
        CarryOut();
        return handled;
    }

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Tell), Tell.Instance, _context.ReportInterval);

    /// <summary>Calls outlive the actor; their orders are asked about by query.</summary>
    protected override void PostStop()
    {
        _stopped.Cancel();
        _context.Silences.Forget(_channel);
    }

    private void CarryOut()
    {
        foreach (var effect in _lane.TakeEffects())
        {
            switch (effect)
            {
                case OrderLaneEffect<TOrder>.Send send:
                    Call(send);
                    break;
                case OrderLaneEffect<TOrder>.TellQueued queued:
                    _context.Books.Tell(new OrderInQueue(queued.Payment, queued.AttemptNo, queued.IsInQueue), Self);
                    break;
                case OrderLaneEffect<TOrder>.TellBook told:
                    _context.Books.Tell(new ReportToBook(told.Report), Self);
                    break;
                case OrderLaneEffect<TOrder>.TellChannel told:
                    LogBreaker(told.News);
                    Context.Parent.Tell(new LaneReported(_work.Orders.Lane, told.News));
                    break;
                default:
                    throw new UnreachableException();
            }
        }

        if (_lane.NextWake(Now) is { } wake)
        {
            var pause = wake - Now;
            Timers.StartSingleTimer(nameof(Wake), Wake.Instance, pause > TimeSpan.Zero ? pause : TimeSpan.Zero);
        }

        if (_lane.IsDone)
        {
            Context.Stop(Self);
        }
        else if (_lane.HasEnded && _hasSuccessor && !Timers.IsTimerActive(nameof(HandOver)))
        {
            Timers.StartSingleTimer(nameof(HandOver), HandOver.Instance, _context.ReportsAreTakenWithin);
        }
    }

    private void Call(OrderLaneEffect<TOrder>.Send send)
    {
        var (order, permit) = send;
        var startedAt = Now;
        _spans.Sent(order, send.Waited);
        CallAsync(order).PipeTo(
            Self, Self,
            end => new CallEnded(order, permit, end, startedAt),
            cause => new CallEnded(order, permit, Broken(cause), startedAt));
    }

    private async Task<CallEnd> CallAsync(TOrder order)
    {
        var linger = _lane.Settings.Linger;
        _context.Calls.Begin();
        try
        {
            var end = await _pipeline.For(_lane.Settings.Timeout).ExecuteAsync(
                static async (state, token) => await state.Work.CallAsync(state.Order, token).ConfigureAwait(false),
                (Work: _work, Order: order), _stopped.Token).ConfigureAwait(false);
            linger = end.ConnectionMayLinger ? linger : TimeSpan.Zero;
            return end;
        }
        finally
        {
            _context.Calls.End(linger, Now);
        }
    }

    /// <summary>An exception in the router says nothing about how far the order got.</summary>
    private CallEnd Broken(Exception cause)
    {
        _log.Error(cause, "Channel {Channel}: a call of the {Lane} lane broke", _channel, _name);
        return new CallEnd(Outcome.Unknown("internal_error"), ConnectionMayLinger: true);
    }

    private void OnCallEnded(CallEnded ended)
    {
        var now = _context.Clock.Now;
        var outcome = ended.End.Outcome;
        _spans.Ended(ended.Order, outcome, now.Monotonic - ended.StartedAt);
        _signatures.Heard(outcome.Code, now.Monotonic);
        _context.Silences.Ended(_channel, _work.Orders.Verdict(outcome), now.Monotonic);
        LogIfUnreachable(outcome);
        _lane.Ended(ended.Order, ended.Permit, ended.End, ended.StartedAt, now);
    }

    /// <summary>Probes are not logged: a breaker starts them again and again while the channel fails.</summary>
    private void LogBreaker(LaneNews news)
    {
        if (news is LaneNews.BreakerTurned { Memory.State: not BreakerState.HalfOpen and var state }
            && _lines.Allows($"breaker {state}", Now, out var leftOut))
        {
            _log.Warning(
                "Channel {Channel}: the {Lane} lane's breaker is {Breaker} ({LeftOut} such lines left out)",
                _channel, _name, state, leftOut);
        }
    }

    private void LogIfUnreachable(Outcome outcome)
    {
        if (outcome.Code == CallCodes.NotConnected && _lines.Allows("unreachable", Now, out var leftOut))
        {
            _log.Warning(
                "Channel {Channel} cannot be reached by its {Lane} lane: {Reason} ({LeftOut} such lines left out)",
                _channel, _name, outcome.Message, leftOut);
        }
    }

    private sealed record CallEnded(TOrder Order, Permit Permit, CallEnd End, TimeSpan StartedAt)
        : INoSerializationVerificationNeeded;

    private sealed record Wake : INoSerializationVerificationNeeded
    {
        public static readonly Wake Instance = new();
    }

    private sealed record HandOver : INoSerializationVerificationNeeded
    {
        public static readonly HandOver Instance = new();
    }

    private sealed record Tell : INoSerializationVerificationNeeded
    {
        public static readonly Tell Instance = new();
    }
}

internal sealed record LaneReported(ChannelLane Lane, LaneNews News) : INoSerializationVerificationNeeded;

internal sealed record ConfigureLane(LaneConfiguration Configuration) : INoSerializationVerificationNeeded;

/// <param name="HasSuccessor">Another node will own the channel, and repeats the reports that books have not taken.</param>
internal sealed record StopLane(bool HasSuccessor) : INoSerializationVerificationNeeded;

/// <summary>A lane's calls have ended, and books did not take these reports in time.</summary>
internal sealed record ReportsLeft(ImmutableArray<AttemptReport> Reports) : INoSerializationVerificationNeeded;
