using Akka.Actor;
using Akka.Event;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Alerts.Delivery;

/// <summary>
/// Tells one robot, one call at a time; messages that wait meanwhile go together, because groups take only a few calls a
/// minute. A robot that fails is tried again after growing pauses.
/// </summary>
internal sealed class RobotActor : ReceiveActor, IWithTimers
{
    private const int MostWaiting = 256;
    private const int MostTogether = 10;

    private static readonly TimeSpan[] Pauses =
        [.. new[] { 1, 2, 5, 15, 30, 60 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    private readonly string _name;
    private readonly IRobot _robot;
    private readonly RouterClock _clock;
    private readonly AlertClient _client;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopped = new();
    private readonly List<RobotMessage> _waiting = [];
    private int _failures;
    private bool _isBusy;

    public RobotActor(string name, IRobot robot, RouterClock clock)
    {
        (_name, _robot, _clock) = (name, robot, clock);
        _client = new AlertClient(clock.Provider);
        Receive<TellRobot>(told => Take(told.Messages));
        Receive<TryAgain>(_ => Send());
        Receive<Answered>(OnAnswered);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(string name, IRobot robot, RouterClock clock) =>
        Akka.Actor.Props.Create(() => new RobotActor(name, robot, clock));

    protected override void PostStop()
    {
        _stopped.Cancel();
        _client.Dispose();
    }

    private void Take(IEnumerable<RobotMessage> messages)
    {
        _waiting.AddRange(messages.Where(message => _waiting.All(known => known.Id != message.Id)));
        var tooMany = _waiting.Count - MostWaiting;
        if (tooMany > 0)
        {
            // The oldest news is worth the least; the first in the list may be on their way.
            _log.Warning("{Count} messages to the robot {Robot} are dropped: it does not take them", tooMany, _name);
            _waiting.RemoveRange(MostTogether, tooMany);
        }

        if (_failures == 0)
        {
            Send();
        }
    }

    private void Send()
    {
        if (_isBusy || _waiting.Count == 0)
        {
            return;
        }

        _isBusy = true;
        var together = _waiting.Take(MostTogether).ToList();
        var now = _clock.Utc;
        _client.PostAsync(
            () => _robot.Request([.. together.Select(message => message.Announcement)], now), _robot.FaultOf, _stopped.Token)
            .PipeTo(
                Self, Self,
                fault => new Answered(fault, together),
                _ => new Answered("the delivery broke", together));
    }

    private void OnAnswered(Answered answered)
    {
        _isBusy = false;
        if (answered.Fault is not null)
        {
            Context.Parent.Tell(new TargetAnswered(_name, answered.Fault, []));
            Timers.StartSingleTimer(nameof(TryAgain), TryAgain.Instance, Pauses[Math.Min(_failures, Pauses.Length - 1)]);
            _failures++;
            return;
        }

        _failures = 0;
        _waiting.RemoveAll(answered.Messages.Contains);
        Context.Parent.Tell(new TargetAnswered(_name, null, [.. answered.Messages.Select(message => message.Id)]));
        Send();
    }

    private sealed record Answered(string? Fault, IReadOnlyCollection<RobotMessage> Messages)
        : INoSerializationVerificationNeeded;

    private sealed record TryAgain : INoSerializationVerificationNeeded
    {
        public static readonly TryAgain Instance = new();
    }
}
