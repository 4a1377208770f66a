using Akka.Actor;
using Akka.Event;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Telemetry.Spans;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Webhooks;

/// <param name="Seed">For the random part of pauses.</param>
public sealed record WebhookContext(
    WebhookOutbox Outbox, WebhookBacklogs Backlogs, RouterMetrics Metrics, RouterClock Clock, NotificationPolicy Policy,
    TimeSpan Poll, WebhookRetention Retention, int Seed)
{
    public PaymentSpans Spans { get; init; } = PaymentSpans.Off;
}

/// <summary>
/// One merchant's webhooks, on one node of the cluster at a time. Carries a <see cref="NotificationLane"/>: reads pages,
/// makes calls and records their ends in the table, which has the whole state. A merchant that hangs delays only its own
/// lane.
/// </summary>
public sealed class WebhookLaneEntity : ReceiveActor, IWithTimers
{
    private readonly MerchantId _merchant;
    private readonly IWebhookSender _sender;
    private readonly WebhookContext _context;
    private readonly NotificationLane _lane;
    private readonly Random _random;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopped = new();
    private bool _isCounting;
    private bool _isStopping;

    public WebhookLaneEntity(MerchantId merchant, IWebhookSender sender, WebhookContext context)
    {
        _merchant = merchant;
        _sender = sender;
        _context = context;
        _lane = new NotificationLane(context.Policy);
        _random = new Random(context.Seed);
        Receive<WakeWebhooks>(_ => _lane.RowsChanged(Now));
        Receive<PageRead>(read => _lane.PageRead(read.Page, Now));
        Receive<SendEnded>(OnSendEnded);
        Receive<Recorded>(_ => _lane.Recorded(Now));
        Receive<StorageFailed>(OnStorageFailed);
        Receive<Wake>(_ => _lane.Advance(Now));
        Receive<Count>(_ => CountBacklog());
        Receive<Counted>(OnCounted);
        Receive<Prune>(_ => PruneDelivered());
        Receive<Pruned>(OnPruned);
        Receive<StopWebhooks>(_ =>
        {
            _isStopping = true;
            _lane.Stop(Now);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private DateTimeOffset Now => _context.Clock.Utc;

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(Count), Count.Instance, TimeSpan.Zero, _context.Poll);
        Timers.StartSingleTimer(nameof(Prune), Prune.Instance, _context.Retention.PruneEvery);
        _lane.Advance(Now);
        CarryOut();
    }

    /// <summary>Calls that are cut short are not recorded; the next owner sends the webhooks again.</summary>
    protected override void PostStop()
    {
        _context.Backlogs.Forget(_merchant);
        _stopped.Cancel();
        _sender.Dispose();
    }

    /// <summary>After any message the lane may have something to read, send or record.</summary>
    protected override bool AroundReceive(Receive receive, object message)
    {
        var handled = base.AroundReceive(receive, message);
        CarryOut();
        return handled;
    }

    private void CarryOut()
    {
        foreach (var output in _lane.TakeOutputs())
        {
            switch (output)
            {
                case NotificationOutput.Read read:
                    _context.Outbox.ReadDueAsync(_merchant, Now, read.Query, _stopped.Token).PipeTo(
                        Self, Self, page => new PageRead(page), cause => new StorageFailed(IsRead: true, cause));
                    break;
                case NotificationOutput.Send send:
                    var startedAt = _context.Clock.Monotonic;
                    _sender.SendAsync(send.Notification, _stopped.Token).PipeTo(
                        Self, Self,
                        outcome => new SendEnded(send.Notification, outcome, startedAt, null),
                        cause => new SendEnded(
                            send.Notification, DeliveryOutcome.Unanswered("internal_error"), startedAt, cause));
                    break;
                case NotificationOutput.Record record:
                    _context.Outbox.RecordAsync(_merchant, record.Deliveries, record.Gone, _stopped.Token).PipeTo(
                        Self, Self, () => Recorded.Instance, cause => new StorageFailed(IsRead: false, cause));
                    break;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }

        if (_lane.NextWake(Now) is { } wake)
        {
            var pause = wake - Now;
            Timers.StartSingleTimer(nameof(Wake), Wake.Instance, pause > TimeSpan.Zero ? pause : TimeSpan.Zero);
        }

        if (_isStopping && _lane.IsIdle)
        {
            Context.Stop(Self);
        }
    }

    private void OnSendEnded(SendEnded ended)
    {
        if (ended.Cause is not null)
        {
            _log.Error(ended.Cause, "Notification {Notification} to {Merchant} broke", ended.Notification.Id, _merchant);
        }

        var record = _lane.Sent(ended.Notification, ended.Outcome, Now, _random.NextDouble());
        _context.Metrics.WebhookEnded(_merchant, record.State);
        _context.Spans.WebhookEnded(ended.Notification, ended.Outcome, _context.Clock.Monotonic - ended.StartedAt);
        if (record.State == NotificationState.Held)
        {
            _log.Warning("{Merchant}: {Url} is gone; its webhooks are held until an operator enables them",
                _merchant, ended.Notification.Url);
        }
        else if (record.State == NotificationState.Failed)
        {
            _log.Warning("Notification {Notification} to {Merchant} is given up after {Attempts} attempts",
                record.Id, _merchant, record.Attempts);
        }
    }

    private void OnStorageFailed(StorageFailed failed)
    {
        if (!_stopped.IsCancellationRequested)
        {
            _log.Warning(failed.Cause, "{Merchant}: webhooks cannot reach their table", _merchant);
        }

        _lane.StorageFailed(failed.IsRead, Now);
    }

    private void CountBacklog()
    {
        if (!_isCounting)
        {
            _isCounting = true;
            _context.Outbox.BacklogAsync(_merchant, _stopped.Token).PipeTo(
                Self, Self, backlog => new Counted(backlog), _ => new Counted(null));
        }
    }

    /// <summary>A figure that cannot be read now is read the next time; the failure is logged elsewhere.</summary>
    private void OnCounted(Counted counted)
    {
        _isCounting = false;
        if (counted.Backlog is { } backlog)
        {
            _context.Backlogs.Write(_merchant, backlog);
        }
    }

    private void PruneDelivered() =>
        _context.Outbox.PruneAsync(_merchant, Now - _context.Retention.KeepDelivered, _context.Policy.Page, _stopped.Token)
            .PipeTo(Self, Self, count => new Pruned(count), _ => new Pruned(0));

    /// <summary>A full page means that there are more; between pages payments have the database.</summary>
    private void OnPruned(Pruned pruned) => Timers.StartSingleTimer(
        nameof(Prune), Prune.Instance,
        pruned.Count < _context.Policy.Page ? _context.Retention.PruneEvery : _context.Policy.StoragePause);

    private sealed record PageRead(DuePage Page) : INoSerializationVerificationNeeded;

    private sealed record SendEnded(DueNotification Notification, DeliveryOutcome Outcome, TimeSpan StartedAt, Exception? Cause)
        : INoSerializationVerificationNeeded;

    private sealed record Recorded : INoSerializationVerificationNeeded
    {
        public static readonly Recorded Instance = new();
    }

    private sealed record StorageFailed(bool IsRead, Exception Cause) : INoSerializationVerificationNeeded;

    private sealed record Counted(WebhookBacklog? Backlog) : INoSerializationVerificationNeeded;

    private sealed record Pruned(int Count) : INoSerializationVerificationNeeded;

    private sealed record Prune : INoSerializationVerificationNeeded
    {
        public static readonly Prune Instance = new();
    }

    private sealed record Wake : INoSerializationVerificationNeeded
    {
        public static readonly Wake Instance = new();
    }

    private sealed record Count : INoSerializationVerificationNeeded
    {
        public static readonly Count Instance = new();
    }
}
