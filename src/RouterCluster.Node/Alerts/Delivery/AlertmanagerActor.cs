using System.Collections.Immutable;
using System.Text;
using Akka.Actor;
using RouterCluster.Domain.Alerts;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Alerts.Delivery;

/// <param name="Url">Of its API for alerts.</param>
internal sealed record AlertmanagerTarget(string Name, Uri Url, TimeSpan HeartbeatEvery, AlertmanagerBody Body)
{
    public static AlertmanagerTarget Of(Uri url, AlertSettings settings, string environment) => new(
        url.Authority, new Uri($"{url.AbsoluteUri.TrimEnd('/')}/api/v2/alerts"), settings.HeartbeatEvery,
        new AlertmanagerBody(settings, environment));
}

/// <summary>
/// Tells one Alertmanager of all active alerts at each change and each heartbeat, one call at a time. A resolved alert is
/// repeated until the Alertmanager has taken it.
/// </summary>
internal sealed class AlertmanagerActor : ReceiveActor, IWithTimers
{
    private const int MostResolved = 1000;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly AlertmanagerTarget _target;
    private readonly RouterClock _clock;
    private readonly AlertClient _client;
    private readonly CancellationTokenSource _stopped = new();
    private ImmutableArray<Alert> _active = [];
    private ImmutableList<Alert> _resolved = [];
    private bool _isBusy;
    private bool _isDue;

    public AlertmanagerActor(AlertmanagerTarget target, RouterClock clock)
    {
        (_target, _clock) = (target, clock);
        _client = new AlertClient(clock.Provider);
        Receive<ShowAlerts>(OnShow);
        Receive<Beat>(_ => Send());
        Receive<Answered>(OnAnswered);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(AlertmanagerTarget target, RouterClock clock) =>
        Akka.Actor.Props.Create(() => new AlertmanagerActor(target, clock));

    protected override void PreStart() =>
        Timers.StartPeriodicTimer(nameof(Beat), Beat.Instance, _target.HeartbeatEvery);

    protected override void PostStop()
    {
        _stopped.Cancel();
        _client.Dispose();
    }

    private void OnShow(ShowAlerts shown)
    {
        _active = shown.Active;
        _resolved = _resolved.AddRange(shown.Resolved);
        if (_resolved.Count > MostResolved)
        {
            // Alertmanager resolves by itself what is not repeated.
            _resolved = _resolved.RemoveRange(0, _resolved.Count - MostResolved);
        }

        if (shown.IsNews)
        {
            Send();
        }
    }

    private void Send()
    {
        if (_isBusy)
        {
            _isDue = true;
            return;
        }

        (_isBusy, _isDue) = (true, false);
        var resolved = _resolved;
        var body = _target.Body.Of(_active, resolved, _clock.Utc).ToJsonString();
        _client.PostAsync(
            () => new HttpRequestMessage(HttpMethod.Post, _target.Url)
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
            },
            static _ => null, _stopped.Token).PipeTo(
            Self, Self,
            fault => new Answered(fault, resolved.Count),
            _ => new Answered("the delivery broke", resolved.Count));
    }

    private void OnAnswered(Answered answered)
    {
        _isBusy = false;
        Context.Parent.Tell(new TargetAnswered(_target.Name, answered.Fault, []));
        if (answered.Fault is not null)
        {
            Timers.StartSingleTimer(nameof(RetryAfter), Beat.Instance, RetryAfter);
            return;
        }

        _resolved = _resolved.RemoveRange(0, Math.Min(answered.Resolved, _resolved.Count));
        if (_isDue)
        {
            Send();
        }
    }

    /// <param name="Resolved">How many resolved alerts were sent, the oldest first.</param>
    private sealed record Answered(string? Fault, int Resolved) : INoSerializationVerificationNeeded;

    private sealed record Beat : INoSerializationVerificationNeeded
    {
        public static readonly Beat Instance = new();
    }
}
